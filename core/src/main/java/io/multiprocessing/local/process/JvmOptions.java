package io.multiprocessing.local.process;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * The options of this JVM that its children get too: those that say which code may do what, and what the language
 * means. Not inherited is what only one process can have, such as a debugger's or a management port, an agent, or a log
 * file, and what a child may want otherwise, such as the choice of a garbage collector.
 */
final class JvmOptions {
    private static final List<String> INHERITED = List.of(
            "--add-opens",
            "--add-exports",
            "--add-reads",
            "--add-modules",
            "--limit-modules",
            "--enable-native-access",
            "--illegal-native-access",
            "--enable-preview",
            "--sun-misc-unsafe-memory-access",
            "-ea",
            "-da",
            "-esa",
            "-dsa",
            "-enableassertions",
            "-disableassertions",
            "-enablesystemassertions",
            "-disablesystemassertions",
            "-Xmx",
            "-Xss",
            "-XX:MaxRAM",
            "-XX:+EnableDynamicAgentLoading",
            "-XX:-EnableDynamicAgentLoading",
            "-D");
    private static final List<String> NOT_INHERITED = List.of(
            "-Dcom.sun.management.",
            "-Djava.rmi.server.",
            "-Dsun.java.",
            "-Djava.class.path",
            "-Djdk.module.",
            "-Dmultiprocessing.crashAt");

    private JvmOptions() {}

    /** Asking the JVM for its options is slow, so it is done once, and children are told. */
    static List<String> inherited() {
        return Inherited.OPTIONS;
    }

    static List<String> filter(List<String> options) {
        List<String> inherited = new ArrayList<>();
        for (String option : options) {
            if (INHERITED.stream().anyMatch(option::startsWith)
                    && NOT_INHERITED.stream().noneMatch(option::startsWith)) {
                inherited.add(option);
            }
        }
        return inherited;
    }

    private static final class Inherited {
        static final List<String> OPTIONS = ThisProcess.jvmOptions()
                .orElseGet(() -> filter(ManagementFactory.getRuntimeMXBean().getInputArguments()));
    }
}
