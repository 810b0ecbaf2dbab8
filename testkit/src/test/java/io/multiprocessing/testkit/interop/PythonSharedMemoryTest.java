package io.multiprocessing.testkit.interop;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Context;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.ShareableList;
import io.multiprocessing.SharedMemory;
import io.multiprocessing.testkit.jvm.Await;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Blocks and lists that a stock CPython shares, which has nothing of ours: whoever makes them, both see both's changes. */
class PythonSharedMemoryTest {
    /** Attaches, and lets no resource tracker take the name away at the end. */
    private static final String ATTACH = """
        import sys
        from _posixshmem import shm_unlink
        from multiprocessing.resource_tracker import unregister
        from multiprocessing.shared_memory import ShareableList, SharedMemory
        name = sys.argv[1]
        def attach():
            if sys.version_info >= (3, 13):
                return SharedMemory(name, track=False)
            block = SharedMemory(name)
            unregister(block._name, "shared_memory")
            return block
        def attach_list():
            block = ShareableList(name=name)
            unregister(block.shm._name, "shared_memory")
            return block
        def say(what):
            print(what, flush=True)
            return sys.stdin.readline()
        """;

    /** What Java makes, and what Python makes of it. */
    private static final String VALUES =
            "[1, 2.5, True, None, '', '12345678', '\\xe4\\xf6', b'', b'1234567', -1, False]";

    private static final String OTHER_VALUES =
            "[-9223372036854775808, -0.5, False, 'eight by', None, 2, b'\\xe4\\xf6', True, 9.75, b'12345678', '']";

    private final String name = "test-" + UUID.randomUUID();
    private Context mp;

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static List<Object> values() {
        return Arrays.asList(
                1,
                2.5,
                true,
                null,
                "",
                "12345678",
                "äö",
                bytes(),
                "1234567".getBytes(StandardCharsets.UTF_8),
                -1,
                false);
    }

    private static Object[] otherValues() {
        return new Object[] {
            Long.MIN_VALUE,
            -0.5,
            false,
            "eight by",
            null,
            2L,
            bytes(0xe4, 0xf6),
            true,
            9.75,
            "12345678".getBytes(StandardCharsets.UTF_8),
            ""
        };
    }

    @BeforeEach
    void open() {
        mp = Multiprocessing.open();
    }

    @AfterEach
    void close() {
        mp.close();
        assertThat(Path.of("/dev/shm", name)).doesNotExist();
    }

    @Test
    void pythonAttachesToOurBlock() throws Exception {
        SharedMemory memory = mp.sharedMemory(name, 1000);
        memory.segment().setAtIndex(JAVA_DOUBLE, 100, 1.25);
        try (PythonScript python = PythonScript.start(ATTACH + """
            block = attach()
            numbers = block.buf.cast("d")
            assert block.size == 1000, block.size
            assert numbers[100] == 1.25, "first"
            numbers[101] = 2.5
            say("ready")
            assert numbers[102] == 3.75, "second"
            numbers.release()
            block.close()
            """, name)) {
            assertThat(python.line()).isEqualTo("ready");
            assertThat(memory.segment().getAtIndex(JAVA_DOUBLE, 101)).isEqualTo(2.5);
            memory.segment().setAtIndex(JAVA_DOUBLE, 102, 3.75);
            python.tell("go on");
            assertThat(python.end()).isEmpty();
        }
        mp.sharedMemory(name).close();
    }

    @Test
    void weAttachToABlockOfPython_andLeaveItsNameAlone() throws Exception {
        try (PythonScript python = PythonScript.start(ATTACH + """
            block = SharedMemory(name, create=True, size=1000)
            block.buf[999] = 7
            say("ready")
            assert block.buf[0] == 42
            SharedMemory(name).close()
            block.close()
            block.unlink()
            """, name)) {
            assertThat(python.line()).isEqualTo("ready");
            try (Context another = Multiprocessing.open()) {
                SharedMemory memory = another.sharedMemory(name);
                assertThat(memory.size()).isEqualTo(1000);
                assertThat(memory.segment().get(JAVA_BYTE, 999)).isEqualTo((byte) 7);
                memory.segment().set(JAVA_BYTE, 0, (byte) 42);
            }
            python.tell("go on");
            assertThat(python.end()).isEmpty();
        }
        assertThatThrownBy(() -> mp.sharedMemory(name)).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void eachUnlinksWhatTheOtherHasMade() throws Exception {
        SharedMemory ours = mp.sharedMemory(name, 8);
        try (PythonScript python = PythonScript.start(ATTACH + """
            attach()
            shm_unlink("/" + name)
            SharedMemory(name, create=True, size=8)
            unregister("/" + name, "shared_memory")
            say("made")
            try:
                attach()
            except FileNotFoundError:
                print("gone")
            """, name)) {
            assertThat(python.line()).isEqualTo("made");
            assertThatThrownBy(ours::unlink).isInstanceOf(NoSuchElementException.class);
            mp.sharedMemory(name).unlink();
            python.tell("go on");
            assertThat(python.end()).isEqualTo("gone");
        }
    }

    @Test
    void pythonAttachesToOurList() throws Exception {
        ShareableList list = mp.shareableList(name, values());
        try (PythonScript python =
                PythonScript.start(ATTACH + """
            block = attach_list()
            assert repr(list(block)) == repr(VALUES), block
            assert block.format == "qdxxxxxxx?xxxxxx?x8s16s8s8s8sqxxxxxxx?", block.format
            assert block.index("12345678") == 5
            for index, value in enumerate(OTHER):
                block[index] = value
            say("changed")
            assert repr(list(block)) == repr(VALUES), block
            """.replace("VALUES", VALUES).replace("OTHER", OTHER_VALUES), name)) {
            assertThat(python.line()).isEqualTo("changed");
            assertThat(list.toArray()).containsExactly(otherValues());
            for (int i = 0; i < values().size(); i++) {
                list.set(i, values().get(i));
            }
            python.tell("go on");
            assertThat(python.end()).isEmpty();
        }
    }

    @Test
    void weAttachToAListOfPython() throws Exception {
        try (PythonScript python =
                PythonScript.start(ATTACH + """
            block = ShareableList(VALUES, name=name)
            say("ready")
            assert repr(list(block)) == repr(OTHER), block
            block.shm.close()
            block.shm.unlink()
            """.replace("VALUES", VALUES).replace("OTHER", OTHER_VALUES), name)) {
            assertThat(python.line()).isEqualTo("ready");
            try (ShareableList list = mp.shareableList(name)) {
                assertThat(list.toArray())
                        .containsExactly(
                                1L,
                                2.5,
                                true,
                                null,
                                "",
                                "12345678",
                                "äö",
                                bytes(),
                                "1234567".getBytes(StandardCharsets.UTF_8),
                                -1L,
                                false);
                for (int i = 0; i < list.size(); i++) {
                    list.set(i, otherValues()[i]);
                }
            }
            python.tell("go on");
            assertThat(python.end()).isEmpty();
        }
    }

    @Test
    void whatATrackerTakesAwayStaysWithThoseWhoHaveIt() throws Exception {
        SharedMemory memory = mp.sharedMemory(name, 8);
        try (PythonScript python = PythonScript.start(ATTACH + """
            block = SharedMemory(name)
            block.buf[0] = 42
            """, name)) {
            python.end();
        }
        Await.until("the tracker, a process that outlives its parent, takes the name away", () -> !isThere(name));
        assertThat(memory.segment().get(JAVA_BYTE, 0)).isEqualTo((byte) 42);
    }

    private boolean isThere(String name) {
        try {
            mp.sharedMemory(name).close();
            return true;
        } catch (NoSuchElementException gone) {
            return false;
        }
    }
}
