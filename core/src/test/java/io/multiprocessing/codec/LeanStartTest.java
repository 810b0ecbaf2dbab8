package io.multiprocessing.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.Context;
import io.multiprocessing.SharedObject;
import io.multiprocessing.Task;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a fresh JVM loads to read a task of plain values and handles: the start of every process waits for that. */
class LeanStartTest {
    private record Shared(int number) implements Handle.Source, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public Handle handle() {
            return new Handle("somewhere", 1, 2, number);
        }

        @Override
        public Context context() {
            throw new UnsupportedOperationException();
        }
    }

    /** Reads a task and runs it. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws Exception {
            Handles.register("some", new java.util.function.Function<>() {
                @Override
                public SharedObject apply(Handle handle) {
                    return new Shared((int) handle.offset());
                }
            });
            System.out.println("begin");
            TaskCodec.read(HexFormat.of().parseHex(arguments[0]), ClassLoader.getSystemClassLoader());
            System.out.println("end");
        }
    }

    @Test
    void taskOfPlainValuesAndHandlesIsReadByFewClasses() throws Exception {
        int number = 1_000_000;
        String text = "a text";
        double fraction = 0.5;
        Shared shared = new Shared(7);
        Task task = () -> System.out.println(number + text + fraction + shared.number());

        List<String> loaded = loadedBy(HexFormat.of().formatHex(TaskCodec.write(task)));

        assertThat(loaded.stream().filter(name -> name.startsWith("io.multiprocessing.")))
                .isSubsetOf(
                        "io.multiprocessing.Task",
                        "io.multiprocessing.UnreadableMessageException",
                        "io.multiprocessing.codec.Decoder",
                        "io.multiprocessing.codec.Encoder",
                        "io.multiprocessing.codec.Handle",
                        "io.multiprocessing.codec.Handles",
                        "io.multiprocessing.codec.MessageInput",
                        "io.multiprocessing.codec.MessageOutput",
                        "io.multiprocessing.codec.MethodTask",
                        "io.multiprocessing.codec.TaskCodec",
                        "io.multiprocessing.SharedObject",
                        "io.multiprocessing.Context",
                        "io.multiprocessing.TaskNotSerializableException",
                        "io.multiprocessing.codec.Handle$Source",
                        LeanStartTest.class.getName(),
                        Shared.class.getName());
        assertThat(loaded)
                .noneMatch(name -> name.startsWith("java.lang.foreign.ValueLayout"))
                .noneMatch(name -> name.startsWith("java.time."))
                .noneMatch(name -> name.startsWith("java.io.Object"))
                .noneMatch(name -> name.startsWith("java.util.ServiceLoader"))
                .noneMatch(name -> name.contains("$$Lambda"))
                .noneMatch(name -> name.startsWith("java.lang.invoke.LambdaForm"));
    }

    /** The classes that the child loads between its two lines. */
    private static List<String> loadedBy(String argument) throws Exception {
        java.lang.Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:stdout",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        argument)
                .redirectErrorStream(true)
                .start();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(output).isZero();
        return output.lines()
                .dropWhile(line -> !line.equals("begin"))
                .takeWhile(line -> !line.equals("end"))
                .filter(line -> line.contains("[class,load]"))
                .map(line -> line.substring(line.indexOf("] ", line.indexOf("[class,load]")) + 2)
                        .split(" ")[0])
                .toList();
    }
}
