package io.multiprocessing.testkit.contract;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Process;
import io.multiprocessing.Queue;
import io.multiprocessing.SegmentException;
import io.multiprocessing.ShareableList;
import io.multiprocessing.SharedMemory;
import io.multiprocessing.SharedMemoryExistsException;
import io.multiprocessing.UnreadableMessageException;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lists in blocks of shared memory do in every kind of context. */
public abstract class ShareableListContract extends ProcessSuite {
    /** Of each type, and at the limits of rooms. */
    private static final List<Object> VALUES =
            Arrays.asList(1, 2.5, true, null, "", "12345678", "äö", new byte[0], bytes("1234567"), -1L, false);

    /** What CPython 3.13 writes for {@code [1, 2.5, True, None, '', '12345678', 'äö', b'', b'1234567', -1]}. */
    private static final String OF_PYTHON = """
        0a00000000000000
        0000000000000000 0800000000000000 1000000000000000 1800000000000000 2000000000000000 2800000000000000
        3800000000000000 4000000000000000 4800000000000000 5000000000000000 5800000000000000
        0100000000000000 0000000000000440 0000000000000001 0000000000000000 0000000000000000
        3132333435363738 0000000000000000 c3a4c3b600000000 0000000000000000 3132333435363700 ffffffffffffffff
        7100000000000000 6400000000000000 787878787878783f 7878787878783f78 3873000000000000
        3136730000000000 3873000000000000 3873000000000000 3873000000000000 7100000000000000
        00000003010101020200
        """;

    /** The same of CPython 3.8, which writes widths. */
    private static final String OF_PYTHON_38 = OF_PYTHON.replaceFirst(
            "(?s)(?<=^0a00000000000000\n).*(?=0100000000000000 0000000000000440)",
            "08".concat("0".repeat(14)).repeat(5) + "10" + "0".repeat(14) + ("08" + "0".repeat(14)).repeat(4) + "\n");

    private final String name = "test-" + UUID.randomUUID();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replaceAll("\\s", ""));
    }

    private SharedMemory memoryOf(byte[] content) {
        SharedMemory memory = mp.sharedMemory(name, content.length);
        memory.segment().copyFrom(MemorySegment.ofArray(content));
        return memory;
    }

    @Test
    void holdsEachType() {
        ShareableList list = mp.shareableList(VALUES);
        assertThat(list).hasSize(VALUES.size());
        assertThat(list.toArray())
                .containsExactly(1L, 2.5, true, null, "", "12345678", "äö", new byte[0], bytes("1234567"), -1L, false);
        assertThat(list.format()).isEqualTo("qdxxxxxxx?xxxxxx?x8s16s8s8s8sqxxxxxxx?");
        assertThat(list.memory().name()).matches("psm_[0-9a-f]{8}");
        assertThat(list.context()).isEqualTo(mp);
        assertThat(list)
                .hasToString("ShareableList[" + list.memory().name()
                        + ", [1, 2.5, true, null, , 12345678, äö, [], [49, 50, 51, 52, 53, 54, 55], -1, false]]");
    }

    @Test
    void liesInMemoryByteForByteAsPythonsDoes() {
        ShareableList list = mp.shareableList(VALUES.subList(0, 10));
        assertThat(list.memory().segment().toArray(JAVA_BYTE)).isEqualTo(hex(OF_PYTHON));
    }

    @Test
    void readsAndWritesTheFormOfPython38() {
        memoryOf(hex(OF_PYTHON_38));
        ShareableList list = mp.shareableList(name);
        assertThat(list.toArray())
                .containsExactly(1L, 2.5, true, null, "", "12345678", "äö", new byte[0], bytes("1234567"), -1L);
        list.set(5, "1234567812345678");
        list.set(9, "-1");
        assertThat(list.subList(4, 7)).containsExactly("", "1234567812345678", "äö");
        assertThat(list.get(9)).isEqualTo("-1");
    }

    @Test
    void emptyListIsOne() {
        ShareableList list = mp.shareableList(name, List.of());
        assertThat(list).isEmpty();
        assertThat(list.memory().size()).isEqualTo(16);
        assertThat(mp.shareableList(name)).isEmpty();
        assertThat(list.format()).isEmpty();
    }

    @Test
    void whoAttachesSharesTheElements() {
        ShareableList list = mp.shareableList(name, Arrays.asList(1, "one", null));
        ShareableList attached = mp.shareableList(name);
        assertThat(attached.set(0, 2)).isEqualTo(1L);
        assertThat(list.set(1, "two")).isEqualTo("one");
        assertThat(attached).containsExactly(2L, "two", null).isEqualTo(list).hasSameHashCodeAs(list);
        assertThatThrownBy(() -> mp.shareableList(name, List.of())).isInstanceOf(SharedMemoryExistsException.class);
    }

    @Test
    void elementMayChangeItsType() {
        ShareableList list = mp.shareableList(List.of("a text of 20 letters"));
        for (Object value : VALUES) {
            list.set(0, value);
            Object expected = value instanceof Integer number ? (Object) (long) number : value;
            assertThat(list.toArray()).containsExactly(expected);
        }
        list.set(0, "and again a text of 24 b");
        assertThat(list).containsExactly("and again a text of 24 b");
        list.set(0, "short");
        assertThat(list).containsExactly("short");
        assertThat(list.format()).isEqualTo("24s");
    }

    @Test
    void valueThatHasNoRoomIsRefused_andChangesNothing() {
        ShareableList list = mp.shareableList(Arrays.asList("1234567", 5, "12345678"));
        list.set(0, "12345678");
        list.set(1, "12345678");
        list.set(2, "1234567812345678");
        assertThatThrownBy(() -> list.set(0, "123456789"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("element 0")
                .hasMessageContaining("room for 8 bytes, not for 9");
        assertThatThrownBy(() -> list.set(1, bytes("äöüäö"))).hasMessageContaining("not for 10");
        assertThatThrownBy(() -> list.set(2, "1234567812345678ä")).isInstanceOf(IllegalArgumentException.class);
        assertThat(list).containsExactly("12345678", "12345678", "1234567812345678");
    }

    @Test
    void textsAreNotCutOffWhenTheListIsMade_whateverLettersTheyHave() {
        String umlauts = "äöüß".repeat(5);
        assertThat(mp.shareableList(List.of(umlauts, "😀😀", "\ufffd"))).containsExactly(umlauts, "😀😀", "\ufffd");
    }

    @Test
    void zerosAtTheEndAreLost_asInPython() {
        ShareableList list = mp.shareableList(List.of("a\0b\0\0", new byte[] {0, 1, 0}, new byte[100]));
        assertThat(list.toArray()).containsExactly("a\0b", new byte[] {0, 1}, new byte[0]);
    }

    @Test
    void limitsOfNumbersAreHeld() {
        List<Object> numbers =
                List.of(Long.MIN_VALUE, Long.MAX_VALUE, Double.MIN_VALUE, Double.NaN, -0.0, Double.NEGATIVE_INFINITY);
        assertThat(mp.shareableList(numbers)).isEqualTo(numbers);
        assertThat(mp.shareableList(List.of((byte) -1, (short) -2, 1.5f))).containsExactly(-1L, -2L, 1.5);
    }

    @Test
    void valueOfAnotherTypeIsRefused() {
        ShareableList list = mp.shareableList(List.of(1));
        for (Object other : List.of(BigInteger.ONE, 'c', List.of(), new int[0], "half \ud800")) {
            assertThatThrownBy(() -> list.set(0, other)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> mp.shareableList(List.of(other))).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(list).containsExactly(1L);
        assertThatThrownBy(() -> mp.shareableList(name, List.of(1, 'c')))
                .hasMessageContaining("java.lang.Character")
                .hasMessageContaining("it can hold Long");
        assertThatThrownBy(() -> mp.sharedMemory(name)).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void textThatIsTooLongForAFormatIsRefused() {
        assertThatThrownBy(() -> mp.shareableList(List.of("x".repeat(10_000_000))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10000000 bytes");
    }

    @Test
    void elementsAreFoundByWhatWouldBeGot() {
        ShareableList list = mp.shareableList(Arrays.asList(1, 1.0, true, "1", bytes("1"), null, 1L, bytes("1\0")));
        assertThat(list.indexOf(1)).isZero();
        assertThat(list.lastIndexOf((short) 1)).isEqualTo(6);
        assertThat(list.count(1)).isEqualTo(2);
        assertThat(list.indexOf(1.0f)).isEqualTo(1);
        assertThat(list.indexOf(true)).isEqualTo(2);
        assertThat(list.indexOf("1")).isEqualTo(3);
        assertThat(list.indexOf(bytes("1"))).isEqualTo(4);
        assertThat(list.count(bytes("1"))).isEqualTo(2);
        assertThat(list.indexOf(null)).isEqualTo(5);
        assertThat(list.contains(2)).isFalse();
        assertThat(list.indexOf('1')).isEqualTo(-1);
        assertThat(list.count(BigInteger.ONE)).isZero();
    }

    @Test
    void isAListOfFixedLength() {
        ShareableList list = mp.shareableList(List.of(3, 1, 2));
        List<ThrowingCallable> changes =
                List.of(() -> list.add(1), () -> list.remove(0), list::clear, () -> list.add(0, 1));
        assertThat(changes)
                .allSatisfy(change -> assertThatThrownBy(change).isInstanceOf(UnsupportedOperationException.class));
        assertThatThrownBy(() -> list.get(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> list.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> list.set(3, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        list.sort(null);
        assertThat(list).isEqualTo(List.of(1L, 2L, 3L));
        list.replaceAll(element -> (Long) element * 2);
        Collections.swap(list, 0, 2);
        assertThat(new ArrayList<>(list)).isEqualTo(list).containsExactly(6L, 4L, 2L);
    }

    @Test
    void listOfManyElements() {
        List<Object> many = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            many.add(i % 2 == 0 ? (Object) (long) i : "text " + i);
        }
        ShareableList list = mp.shareableList(name, many);
        assertThat(mp.shareableList(name)).isEqualTo(many);
        assertThat(list.toString()).endsWith("text 99, … 10000 elements]]");
    }

    @Test
    void travelsAsAList_bothInTasksAndInMessages() throws Exception {
        ShareableList list = mp.shareableList(Arrays.asList(20, "from the parent", null));
        Queue<Object> queue = mp.queue();
        Process child = mp.process(() -> {
                    list.set(0, (Long) Objects.requireNonNull(list.get(0)) + 1);
                    list.set(1, "from the child");
                    queue.put(list);
                })
                .start();
        join(child);
        assertThat(child.exitCode()).hasValue(0);
        assertThat(list).containsExactly(21L, "from the child", null);
        assertThat(queue.get()).isInstanceOfSatisfying(ShareableList.class, same -> {
            assertThat(same).isEqualTo(list);
            assertThat(same.memory()).isEqualTo(list.memory());
            same.set(2, true);
        });
        assertThat(list.get(2)).isEqualTo(true);
        ShareableList copy = Travel.copyOf(list);
        assertThat(copy).isEqualTo(list);
    }

    @Test
    void listWhoseBlockIsUnlinkedIsNotFound() throws Exception {
        Queue<ShareableList> queue = mp.queue();
        try (ShareableList list = mp.shareableList(name, List.of(1))) {
            queue.put(list);
            list.memory().unlink();
        }
        assertThatThrownBy(queue::get)
                .isInstanceOf(UnreadableMessageException.class)
                .hasCauseInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> mp.shareableList(name)).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void closedListRefusesToWork() {
        ShareableList list = mp.shareableList(List.of(1));
        list.close();
        list.close();
        assertThatThrownBy(() -> list.get(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> list.set(0, 1)).isInstanceOf(IllegalStateException.class);
        assertThat(list).hasToString("ShareableList[closed]");
        assertThat(list.size()).isOne();
    }

    @Test
    void elementThatIsBeingChangedIsSeenToBe_untilItIsSet() {
        ShareableList list = mp.shareableList(Arrays.asList(1, "text"));
        // As a process leaves it that dies while it changes a type. The formats lie before the two codes.
        list.memory().segment().set(JAVA_LONG, list.memory().size() - 2 - 16, 0);
        assertThatThrownBy(() -> list.get(0))
                .isInstanceOf(SegmentException.class)
                .hasMessageContaining("element 0")
                .hasMessageContaining("has no type");
        assertThat(list.toString()).contains("[unreadable, text]");
        assertThat(list.format()).isEqualTo("8s");
        assertThat(list.set(0, 2.5)).isNull();
        assertThat(list).containsExactly(2.5, "text");
    }

    @Test
    void damagedElementIsRefused_andCanBeSet() {
        ShareableList list = mp.shareableList(Arrays.asList("1234567", "after"));
        long formats = list.memory().size() - 2 - 16;
        long codes = list.memory().size() - 2;
        for (String format : List.of("9s", "9999999s", "s", "-8s", "i", "qqqqqqqq", "8sx", "\0\0s")) {
            list.memory().segment().asSlice(formats, 8).fill((byte) 0);
            list.memory().segment().asSlice(formats, 8).copyFrom(MemorySegment.ofArray(bytes(format)));
            assertThatThrownBy(() -> list.get(0)).as(format).isInstanceOf(SegmentException.class);
        }
        list.set(0, "whole");
        for (int code : new int[] {0, 3, 4, -1}) {
            list.memory().segment().set(JAVA_BYTE, codes, (byte) code);
            assertThatThrownBy(() -> list.get(0)).as("code " + code).isInstanceOf(SegmentException.class);
        }
        list.set(0, bytes("\u00e4").length == 2 ? new byte[] {(byte) 0xff} : null);
        list.memory().segment().set(JAVA_BYTE, codes, (byte) 1);
        assertThatThrownBy(() -> list.get(0))
                .isInstanceOf(SegmentException.class)
                .hasMessageContaining("not UTF-8");
        list.set(0, null);
        assertThat(list).containsExactly(null, "after");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00",
                "ffffffffffffffff 0000000000000000",
                "ffffffffffffff7f 0000000000000000",
                "0100000000000000 0000000000000000",
                "0000000000000080 0000000000000000"
            })
    void blockWithoutAListIsRefused(String digits) {
        memoryOf(hex(digits));
        assertThatThrownBy(() -> mp.shareableList(name))
                .isInstanceOf(SegmentException.class)
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @ValueSource(longs = {-8, 0, 4, 7, 12, 1 << 20, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 7})
    void tableThatLeadsOutOfTheBlockIsRefused(long offset) {
        byte[] content = hex(OF_PYTHON);
        SharedMemory memory = memoryOf(content);
        memory.segment().set(JAVA_LONG, 8 + 8 * 6, offset);
        assertThatThrownBy(() -> mp.shareableList(name))
                .isInstanceOf(SegmentException.class)
                .hasMessageContaining("lies where it can't");
    }

    @Test
    void truncatedListIsRefused() {
        byte[] content = hex(OF_PYTHON);
        for (int length = 1; length < content.length; length++) {
            SharedMemory memory = memoryOf(Arrays.copyOf(content, length));
            assertThatThrownBy(() -> mp.shareableList(name))
                    .as(length + " bytes")
                    .isInstanceOf(SegmentException.class);
            memory.unlink();
            memory.close();
        }
    }

    /** Whatever lies in a block: it is a list, or SegmentException says that it or an element of it is damaged. */
    @Test
    void anyBytesAreReadOrRefused() {
        RandomGenerator random = new Random(42);
        byte[] content = hex(OF_PYTHON);
        SharedMemory memory = memoryOf(content);
        for (int round = 0; round < 5_000; round++) {
            memory.segment().copyFrom(MemorySegment.ofArray(content));
            for (int changes = random.nextInt(1, 5); changes > 0; changes--) {
                memory.segment().set(JAVA_BYTE, random.nextInt(content.length), (byte) random.nextInt());
            }
            readAll(memory);
        }
    }

    private void readAll(SharedMemory memory) {
        try (ShareableList list = mp.shareableList(memory.name())) {
            for (int i = 0; i < list.size(); i++) {
                try {
                    list.get(i);
                } catch (SegmentException damaged) {
                    assertThat(damaged).hasMessageContaining("element " + i);
                }
            }
            list.format();
            assertThat(list.toString()).isNotEmpty();
        } catch (SegmentException damaged) {
            assertThat(damaged).hasMessageContaining("ShareableList");
        }
    }
}
