package io.multiprocessing.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.Context;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import io.multiprocessing.testkit.jvm.JavaProgram;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A program's children find the library and the program, wherever those lie; and if they have gone it is told. */
@ExtendWith(OwnFolder.class)
class LocalInstallationTest {
    private static final List<String> QUIET = List.of("-Dmultiprocessing.aot=off");

    @TempDir
    Path folder;

    @Test
    void childrenRun_fromFolders() throws Exception {
        assertCounts(new JavaProgram.Launch()
                .path("-cp", Installation.ofFolders(folder, Counts.class).classPath()));
    }

    @Test
    void childrenRun_fromJars() throws Exception {
        assertCounts(new JavaProgram.Launch()
                .path("-cp", Installation.ofJars(folder, Counts.class).classPath()));
    }

    @Test
    void childrenRun_fromFoldersWithUnusualNames() throws Exception {
        Path unusual = Files.createDirectory(folder.resolve("a b%20c+d'e"));
        assertCounts(new JavaProgram.Launch()
                .path("-cp", Installation.ofJars(unusual, Counts.class).classPath()));
    }

    @Test
    void childrenRun_elsewhereThanTheirParent_whenTheClassPathIsRelative() throws Exception {
        Installation.ofJars(folder, Counts.class);
        assertCounts(new JavaProgram.Launch().path("-cp", "*").directory(folder));
        assertCounts(new JavaProgram.Launch()
                .path("-cp", "library.jar:unpacked/programs")
                .directory(folder));
        // An empty entry is the directory that the program runs in.
        assertCounts(new JavaProgram.Launch()
                .path("-cp", ":" + folder.resolve("library.jar"))
                .directory(folder.resolve("unpacked/programs")));
    }

    @Test
    void childrenRun_fromTheModulePath() throws Exception {
        assertRunsAsModule("", """
                package app;
                import io.multiprocessing.Multiprocessing;
                public class Main {
                    public static void main(String[] arguments) throws Exception {
                        try (var mp = Multiprocessing.open()) {
                            var count = mp.intValue(41);
                            int[] numbers = {1};
                            var child = mp.process(() -> count.add(numbers[0])).start();
                            child.join();
                            System.out.println(count.get() + " " + child.exitCode().getAsInt());
                        }
                    }
                }
                """, "42 0");
    }

    @Test
    void managersServeInterfacesThatAreTheModulesOwn() throws Exception {
        assertRunsAsModule("opens app to io.multiprocessing;", """
                package app;
                import io.multiprocessing.Multiprocessing;
                interface Counter {
                    int add(int number);
                }
                class Counting implements Counter {
                    private int sum;
                    public synchronized int add(int number) {
                        return sum += number;
                    }
                }
                public class Main {
                    public static void main(String[] arguments) throws Exception {
                        try (var mp = Multiprocessing.open(); var manager = mp.manager()) {
                            manager.register("counter", Counter.class, Counting::new);
                            var counter = manager.create("counter", Counter.class);
                            var child = mp.process(() -> counter.add(1)).start();
                            child.join();
                            System.out.println(counter.add(41) + " " + child.exitCode().getAsInt());
                        }
                    }
                }
                """, "42 0");
    }

    private void assertRunsAsModule(String directives, String source, String output) throws Exception {
        Path library = Installation.ofFolders(folder).library();
        Path sources = Files.createDirectories(folder.resolve("sources/app"));
        Path module = sources.resolveSibling("module-info.java");
        Path main = sources.resolve("Main.java");
        Files.writeString(module, "module app { requires io.multiprocessing; " + directives + " }");
        Files.writeString(main, source);
        Path classes = folder.resolve("classes");
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-p",
                        library.toString(),
                        "-d",
                        classes.toString(),
                        module.toString(),
                        main.toString());
        assertThat(result).as("result of javac").isZero();

        JavaProgram program = new JavaProgram.Launch()
                .path("-p", library + ":" + classes, "--enable-native-access=io.multiprocessing")
                .start(List.of("-m", "app/app.Main"));
        assertEnded(program, 0, output);
    }

    @Test
    void optionsThatMatterAreInherited_byGrandchildrenToo() throws Exception {
        String classPath = Installation.ofFolders(folder, Options.class).classPath();
        JavaProgram program = new JavaProgram.Launch()
                .path("-cp", classPath)
                .options("-ea", "-Xmx77m", "-Xss600k", "-Dmine=a b", "--add-opens=java.base/java.util=ALL-UNNAMED")
                .options("--enable-preview", "-XX:MaxRAMPercentage=50", "-Xlog:disable")
                .start(Options.class);
        JavaProgram.Ended ended = program.end();
        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        String[] generations = ended.output().split("\n");
        assertThat(generations).hasSize(2);
        assertThat(generations[0])
                .contains("-ea", "-Xmx77m", "-Xss600k", "-Dmine=a b", "--add-opens=java.base/java.util=ALL-UNNAMED")
                .contains("--enable-preview", "-XX:MaxRAMPercentage=50")
                .doesNotContain("Xlog:disable");
        assertThat(generations[1]).isEqualTo(generations[0]);
    }

    @Test
    void startIsRefused_whenTheLibraryHasGone() throws Exception {
        for (boolean asJars : List.of(true, false)) {
            Path parent = Files.createDirectory(folder.resolve("jars-" + asJars));
            Installation installation = asJars
                    ? Installation.ofJars(parent, StartsWhenTold.class)
                    : Installation.ofFolders(parent, StartsWhenTold.class);
            try (JavaProgram program = new JavaProgram.Launch()
                    .path("-cp", installation.classPath())
                    .options(QUIET.toArray(String[]::new))
                    .start(StartsWhenTold.class)) {
                program.awaitLine("ready");
                installation.remove();
                program.tell("start");
                // It may complain about more that has gone, when it ends.
                JavaProgram.Ended ended = program.end();
                assertThat(ended.exitCode()).isZero();
                assertThat(ended.output())
                        .isEqualTo("ready\nio.multiprocessing.ProcessStartException: a process can't be started: "
                                + installation.library() + " was on the class path of this process and is gone\n");
            }
        }
    }

    @Test
    void startIsRefused_whenTheProgramHasGone() throws Exception {
        Installation installation = Installation.ofFolders(folder, StartsWhenTold.class);
        try (JavaProgram program =
                new JavaProgram.Launch().path("-cp", installation.classPath()).start(StartsWhenTold.class)) {
            program.awaitLine("ready");
            Installation.remove(installation.programs());
            program.tell("start");
            assertEnded(
                    program,
                    0,
                    "ready\nio.multiprocessing.ProcessStartException: a process can't be started: "
                            + installation.programs() + " was on the class path of this process and is gone");
        }
    }

    @Test
    void startIsRefused_andCanBeRepeated_whenThereIsNoJava() throws Exception {
        Installation installation = Installation.ofFolders(folder, WithoutJava.class);
        try (JavaProgram program =
                new JavaProgram.Launch().path("-cp", installation.classPath()).start(WithoutJava.class)) {
            assertEnded(
                    program,
                    0,
                    "the process Process-1 can't be started: can't start /no/such/java/bin/java: no such file or"
                            + " directory\n0 0");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-Dos.name=Plan 9, 'shared memory contexts need Linux; this is Plan 9 '",
        "-Dos.arch=riscv64, 'need Linux on x86-64 or aarch64; this is Linux on riscv64'"
    })
    void openIsRefused_sayingWhatIsMissing_whereSharedMemoryCanNotWork(String option, String reason) throws Exception {
        assertRefusesToOpen(new JavaProgram.Launch().options(option), reason);
    }

    @Test
    void openIsRefused_sayingWhatIsMissing_withoutNativeAccess() throws Exception {
        assertRefusesToOpen(new JavaProgram.Launch().withoutNativeAccess(), "--enable-native-access=ALL-UNNAMED");
    }

    private static void assertRefusesToOpen(JavaProgram.Launch launch, String reason) throws Exception {
        try (JavaProgram program = launch.start(OpensWhereItCanNot.class)) {
            JavaProgram.Ended ended = program.end();
            List<String> lines = ended.output().lines().toList();
            assertThat(lines).as(program.toString()).hasSize(3);
            assertThat(lines.get(0)).contains(reason);
            assertThat(lines.get(1)).contains(reason);
            assertThat(lines.get(2)).isEqualTo("42");
            assertThat(ended.exitCode()).isZero();
        }
    }

    private static void assertCounts(JavaProgram.Launch launch) throws Exception {
        try (JavaProgram program = launch.options(QUIET.toArray(String[]::new)).start(Counts.class)) {
            assertEnded(program, 0, "42 0");
        }
    }

    static void assertEnded(JavaProgram program, int exitCode, String output) throws InterruptedException {
        JavaProgram.Ended ended = program.end();
        assertThat(ended.output().strip()).as(program.toString()).isEqualTo(output);
        assertThat(ended.errors()).isEmpty();
        assertThat(ended.exitCode()).isEqualTo(exitCode);
    }

    /** A child counts, in another directory. */
    static final class Counts {
        private Counts() {}

        public static void main(String[] arguments) throws Exception {
            try (Context mp = Multiprocessing.open()) {
                var count = mp.intValue(41);
                Process child =
                        mp.process(count::increment).directory(Path.of("/")).start();
                child.join();
                System.out.println(count.get() + " " + child.exitCode().getAsInt());
            }
        }
    }

    /** A child and a grandchild print the options of their JVMs. */
    static final class Options {
        private Options() {}

        public static void main(String[] arguments) throws Exception {
            try (Context mp = Multiprocessing.open()) {
                var value = mp.intValue(0);
                Process child = mp.process(() -> {
                            print();
                            value.context().process(Options::print).start().join();
                        })
                        .start();
                child.join();
                System.exit(child.exitCode().getAsInt());
            }
        }

        private static void print() {
            List<String> options =
                    new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
            System.out.println(String.join(" ", options));
        }
    }

    /** Starts a child when there is something to read. */
    static final class StartsWhenTold {
        private StartsWhenTold() {}

        public static void main(String[] arguments) throws Exception {
            try (Context mp = Multiprocessing.open()) {
                mp.process(() -> {}).start().join();
                Process late = mp.process(() -> {});
                System.out.println("ready");
                System.in.read();
                try {
                    late.start().join();
                    System.out.println("started, and ended with " + late.exitCode());
                } catch (IllegalStateException refused) {
                    System.out.println(refused);
                }
            }
        }
    }

    /** Is told so twice, and does without shared memory then. */
    static final class OpensWhereItCanNot {
        private OpensWhereItCanNot() {}

        public static void main(String[] arguments) {
            for (int i = 0; i < 2; i++) {
                try (Context mp = Multiprocessing.open()) {
                    System.out.println("open " + mp);
                } catch (UnsupportedOperationException missing) {
                    System.out.println(missing.getMessage());
                }
            }
            try (Context mp = Multiprocessing.open("threads:")) {
                System.out.println(mp.intValue(42).get());
            }
        }
    }

    /** Loses its JDK, and finds it again. */
    static final class WithoutJava {
        private WithoutJava() {}

        public static void main(String[] arguments) throws Exception {
            try (Context mp = Multiprocessing.open()) {
                Process process = mp.process(() -> {});
                String home = System.setProperty("java.home", "/no/such/java");
                try {
                    process.start();
                } catch (IllegalStateException refused) {
                    System.out.println(refused.getMessage());
                }
                System.setProperty("java.home", home);
                process.start().join();
                System.out.println(process.exitCode().getAsInt() + " "
                        + Multiprocessing.activeChildren().size());
            }
        }
    }
}
