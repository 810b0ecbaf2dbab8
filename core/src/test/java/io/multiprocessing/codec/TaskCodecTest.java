package io.multiprocessing.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Task;
import io.multiprocessing.TaskNotSerializableException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks to bytes and back, here within one process. */
class TaskCodecTest {
    /** What the tasks of a test have said. */
    private static final List<String> SAID = new ArrayList<>();

    @BeforeEach
    void forget() {
        SAID.clear();
    }

    @Test
    void lambdaIsCalledWithWhatItCaptured() throws Exception {
        byte small = 1;
        char letter = 'é';
        long large = Long.MIN_VALUE;
        float third = 1 / 3f;
        double none = Double.NaN;
        boolean truth = false;
        short less = -2;
        String text = "a\0b\uD83D\uDE00";
        int[] numbers = {1, 2};
        var list = List.of(Map.of("k", new Point(1, 2)));
        Object nothing = null;
        run(() -> say(small, letter, large, third, none, truth, less, text, Arrays.toString(numbers), list, nothing));
        assertThat(SAID)
                .containsExactly("[1, é, -9223372036854775808, 0.33333334, NaN, false, -2, a\0b\uD83D\uDE00, [1, 2],"
                        + " [{k=Point[x=1, y=2]}], null]");
    }

    private record Point(int x, int y) implements Serializable {}

    @Test
    void methodReferencesAreCalled() throws Exception {
        run(TaskCodecTest::sayHello);
        run(new Named("Ada")::sayName);
        run(Named::new);
        run(new StringBuilder("text")::reverse);
        assertThat(SAID).containsExactly("hello", "Ada", "made");
    }

    private static void sayHello() {
        SAID.add("hello");
    }

    private static void say(Object... things) {
        SAID.add(Arrays.toString(things));
    }

    private static final class Named implements Serializable {
        private static final long serialVersionUID = 1L;
        private final String name;

        Named() {
            this("");
            SAID.add("made");
        }

        Named(String name) {
            this.name = name;
        }

        private void sayName() {
            SAID.add(name);
        }
    }

    @Test
    void objectIsSentWithItsFields() throws Exception {
        run(new Saying("something"));
        assertThat(SAID).containsExactly("something");
    }

    private record Saying(String text) implements Task {
        @Override
        public void run() {
            SAID.add(text);
        }
    }

    @Test
    void whatWasReadCanBeWrittenAgain() throws Exception {
        String text = "carried on";
        Task task = () -> SAID.add(text);
        for (int i = 0; i < 3; i++) {
            byte[] bytes = TaskCodec.write(task);
            task = read(bytes);
            assertThat(TaskCodec.write(task)).isEqualTo(bytes);
        }
        task.run();
        assertThat(SAID).containsExactly("carried on");
    }

    @Test
    void whatWasReadCanBeCaptured() throws Exception {
        Task inner = read(TaskCodec.write(() -> SAID.add("inner")));
        run(() -> inner.run());
        run(new Wrapping(inner));
        assertThat(SAID).containsExactly("inner", "inner");
    }

    private record Wrapping(Task inner) implements Task {
        @Override
        public void run() throws Exception {
            inner.run();
        }
    }

    @Test
    void exceptionIsThatOfTheTask() throws Exception {
        Task failing = read(TaskCodec.write(() -> {
            throw new IOException("as it was");
        }));
        assertThatThrownBy(failing::run).isExactlyInstanceOf(IOException.class).hasMessage("as it was");
        Task broken = read(TaskCodec.write(() -> {
            throw new StackOverflowError("as it was");
        }));
        assertThatThrownBy(broken::run)
                .isExactlyInstanceOf(StackOverflowError.class)
                .hasMessage("as it was");
        Task constructing = read(TaskCodec.write(Unmakeable::new));
        assertThatThrownBy(constructing::run).isExactlyInstanceOf(IllegalStateException.class);
    }

    private static final class Unmakeable {
        Unmakeable() {
            throw new IllegalStateException("not today");
        }
    }

    @Test
    void refusalNamesTheCapturedVariable() {
        Object bare = new Object();
        long before = 1;
        double between = 2;
        assertThatThrownBy(() -> TaskCodec.write(() -> say(before, between, bare)))
                .isInstanceOf(TaskNotSerializableException.class)
                .hasMessage("the task can't be sent to another process: the captured variable \"bare\" is a"
                        + " java.lang.Object, which is not Serializable. Capture a shared object or plain data instead,"
                        + " or make it in the task");
    }

    @Test
    void refusalNamesTheCulpritInside() {
        var list = new ArrayList<>(List.of(1, new Thread()));
        assertThatThrownBy(() -> TaskCodec.write(() -> say(list)))
                .isInstanceOf(TaskNotSerializableException.class)
                .hasMessageContaining("the captured variable \"list\" is a java.util.ArrayList, which holds a"
                        + " java.lang.Thread, and that is not Serializable");
    }

    @Test
    void refusalNamesThis() {
        assertThatThrownBy(() -> TaskCodec.write(() -> say(this)))
                .isInstanceOf(TaskNotSerializableException.class)
                .hasMessageContaining("the captured \"this\" is a " + TaskCodecTest.class.getName());
        var notSerializable = new Object();
        assertThatThrownBy(() -> TaskCodec.write(notSerializable::notify))
                .isInstanceOf(TaskNotSerializableException.class)
                .hasMessageContaining("java.lang.Object");
    }

    @Test
    void refusalNamesTheClassOfATask() {
        assertThatThrownBy(() -> TaskCodec.write(new WithAField()))
                .isInstanceOf(TaskNotSerializableException.class)
                .hasMessageContaining("the task is a " + WithAField.class.getName())
                .hasMessageContaining("which holds a java.lang.Object");
    }

    private static final class WithAField implements Task {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial")
        private final Object field = new Object();

        @Override
        public void run() {
            say(field);
        }
    }

    @Test
    void anonymousClassTakesItsSurroundingsAlong() {
        assertThatThrownBy(() -> TaskCodec.write(new Task() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public void run() {
                        say(TaskCodecTest.this);
                    }
                }))
                .isInstanceOf(TaskNotSerializableException.class)
                .hasMessageContaining(TaskCodecTest.class.getName());
    }

    @Test
    void nullIsRefused() {
        assertThatThrownBy(() -> TaskCodec.write(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void methodThatIsNotThereIsNamed() throws Exception {
        byte[] bytes = TaskCodec.write(TaskCodecTest::sayHello);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Task task = read(text.replace("sayHello", "sayHullo").getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(task::run)
                .isInstanceOf(NoSuchMethodException.class)
                .hasMessageContaining("TaskCodecTest.sayHullo")
                .hasMessageContaining("another version of this class");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 127, 255})
    void unknownFormsAreRefused(int form) {
        assertThatThrownBy(() -> read(new byte[] {(byte) form, 0, 0, 0, 1, 'x'}))
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 2_000_000_000})
    void absurdLengthsAreRefused_withoutTakingTheMemory(int length) {
        byte[] bytes = ByteBuffer.allocate(20).put((byte) 1).putInt(length).array();
        assertThatThrownBy(() -> read(bytes)).isInstanceOf(IOException.class);
    }

    @Test
    void absurdArraysAreRefused_withoutTakingTheMemory() {
        int[] captured = new int[0x1234];
        byte[] bytes = TaskCodec.write(() -> say(captured));
        int count = indexOf(bytes, new byte[] {(byte) 0xb4, 0x24}); // 0x1234, seven bits to a byte
        bytes[count + 1] |= (byte) 0x80;
        bytes[count + 2] = (byte) 0xff;
        bytes[count + 3] = (byte) 0xff;
        bytes[count + 4] = 0x07;
        assertThatThrownBy(() -> read(bytes)).isInstanceOf(IOException.class);
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i + part.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new AssertionError("not there");
    }

    @Test
    void cutBytesAreRefused() {
        int number = 5;
        byte[] bytes = TaskCodec.write(() -> say(number, "text", List.of(1)));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void damagedBytesAreRefused_orRead() {
        List<Object> captured = List.of("text", 1, new Point(3, 4));
        byte[] bytes = TaskCodec.write(() -> say(captured, "more"));
        var random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = bytes.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            try {
                Objects.requireNonNull(read(damaged));
            } catch (IOException | ClassNotFoundException refused) {
                // As it should be.
            }
        }
    }

    private static void run(Task task) throws Exception {
        read(TaskCodec.write(task)).run();
    }

    private static Task read(byte[] bytes) throws IOException, ClassNotFoundException {
        return TaskCodec.read(bytes, TaskCodecTest.class.getClassLoader());
    }
}
