/** Contract suites that every context has to pass, and the harness that kills processes. */
module io.multiprocessing.testkit {
    requires static org.jspecify;
    requires java.logging;
    requires java.management;
    requires jdk.jfr;
    requires transitive io.multiprocessing;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires transitive org.junit.jupiter.params;

    exports io.multiprocessing.testkit.crash;
    exports io.multiprocessing.testkit.junit;
    exports io.multiprocessing.testkit.jvm;
}
