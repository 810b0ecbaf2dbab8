package io.multiprocessing.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.Context;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import io.multiprocessing.testkit.jvm.Await;
import io.multiprocessing.testkit.jvm.JavaProgram;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Classes that children find prepared, when they come from jars. Without them all works, only slower, so nothing else would tell. */
@ExtendWith(OwnFolder.class)
class LocalPreparedClassesTest {
    private static final String PROGRAM = "-Dmultiprocessing.aot=program";

    @TempDir
    Path folder;

    /** One test, for each training takes seconds. */
    @Test
    void thoseOfTheLibraryAreKept_andThoseOfTheProgramToo_whereThatIsAskedFor() throws Exception {
        Installation installation = Installation.ofJars(folder, Counts.class, StartsUntilPrepared.class);
        theLibrarysAreKept(installation);
        theProgramsAreKept(installation);
        thoseOfAProgramThatHasChangedAreNotUsed(installation);
    }

    private void theLibrarysAreKept(Installation installation) throws Exception {
        // In the smaller heap there is no room for the objects of the cache.
        for (String heap : List.of("-Xmx64m", "-Xmx2m")) {
            try (JavaProgram program =
                    launch(installation).options("-Dmultiprocessing.aot=now").start(Counts.class, heap)) {
                LocalInstallationTest.assertEnded(program, 0, "42 0");
            }
        }
        assertThat(caches()).singleElement().asString().endsWith(".aot").doesNotStartWith(".");
    }

    /** Trained with what the first child has loaded. */
    private void theProgramsAreKept(Installation installation) throws Exception {
        try (JavaProgram program = launch(installation).options(PROGRAM).start(StartsUntilPrepared.class)) {
            LocalInstallationTest.assertEnded(program, 0, "prepared");
        }
        // A training takes away last what says that it is under way.
        Await.until("both are there, and nothing else", () -> caches().size() == 2);
        assertThat(caches()).allMatch(name -> name.endsWith(".aot") && !name.startsWith("."));
    }

    /** Of which it would run the old classes. */
    private void thoseOfAProgramThatHasChangedAreNotUsed(Installation installation) throws Exception {
        installation.programs().toFile().setLastModified(1_000_000_000_000L);
        try (JavaProgram program = launch(installation).options(PROGRAM).start(StartsUntilPrepared.class, "once")) {
            LocalInstallationTest.assertEnded(program, 0, "not prepared");
        }
    }

    private List<String> caches() {
        return List.of(folder.resolve("io.multiprocessing").toFile().list());
    }

    private JavaProgram.Launch launch(Installation installation) {
        return new JavaProgram.Launch()
                .path("-cp", installation.classPath())
                .environment(Map.of("XDG_CACHE_HOME", folder.toString()));
    }

    /** A child counts, with JVM options as the arguments say. */
    static final class Counts {
        private Counts() {}

        public static void main(String[] arguments) throws Exception {
            try (Context mp = Multiprocessing.open()) {
                var count = mp.intValue(41);
                Process child =
                        mp.process(count::increment).jvmOptions(arguments).start();
                child.join();
                System.out.println(count.get() + " " + child.exitCode().getAsInt());
            }
        }
    }

    /** Starts children until one has a cache of this program's classes, and leaves time to make it; or once. */
    static final class StartsUntilPrepared {
        private StartsUntilPrepared() {}

        public static void main(String[] arguments) throws Exception {
            try (Context mp = Multiprocessing.open("local:?standby=0")) {
                var prepared = mp.intValue(0);
                do {
                    Thread.sleep(200);
                    mp.process(() -> {
                                List<String> options =
                                        ManagementFactory.getRuntimeMXBean().getInputArguments();
                                prepared.set(options.stream().anyMatch(o -> o.endsWith("-program.aot")) ? 1 : 0);
                            })
                            .start()
                            .join();
                } while (prepared.get() == 0 && arguments.length == 0);
                System.out.println(prepared.get() == 1 ? "prepared" : "not prepared");
            }
        }
    }
}
