package io.multiprocessing.testkit.contract;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Context;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import io.multiprocessing.Queue;
import io.multiprocessing.SegmentException;
import io.multiprocessing.SharedMemory;
import io.multiprocessing.SharedMemoryExistsException;
import io.multiprocessing.UnreadableMessageException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.Charset;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What blocks of shared memory with flat names do in every kind of context. */
public abstract class SharedMemoryContract extends ProcessSuite {
    private final String name = "test-" + UUID.randomUUID();

    @Test
    void newBlockIsZero_andHasTheSizeAsked() {
        try (SharedMemory memory = mp.sharedMemory(name, 1001)) {
            assertThat(memory.name()).isEqualTo(name);
            assertThat(memory.size()).isEqualTo(1001);
            assertThat(memory.segment().byteSize()).isEqualTo(1001);
            assertThat(memory.segment().toArray(JAVA_BYTE)).containsOnly(0);
            assertThat(memory.context()).isEqualTo(mp);
            assertThat(memory).hasToString("SharedMemory[" + name + ", 1001 bytes]");
        }
    }

    @Test
    void randomNamesAreThoseOfPython_andDiffer() {
        SharedMemory one = mp.sharedMemory(1);
        SharedMemory another = mp.sharedMemory(1);
        assertThat(one.name()).matches("psm_[0-9a-f]{8}").isNotEqualTo(another.name());
        assertThat(one).isNotEqualTo(another);
    }

    @Test
    void whoAttachesSharesTheMemory() {
        SharedMemory made = mp.sharedMemory(name, 100);
        SharedMemory attached = mp.sharedMemory(name);
        assertThat(attached.size()).isEqualTo(100);
        made.segment().set(JAVA_BYTE, 99, (byte) 7);
        assertThat(attached.segment().get(JAVA_BYTE, 99)).isEqualTo((byte) 7);
        attached.close();
        assertThat(made.segment().get(JAVA_BYTE, 99)).isEqualTo((byte) 7);
    }

    @Test
    void anotherContextFindsIt_andItGoesWithItsMaker() {
        SharedMemory attached;
        try (Context maker = Multiprocessing.open(uri())) {
            maker.sharedMemory(name, 8).segment().set(JAVA_LONG, 0, 42);
            attached = mp.sharedMemory(name);
            assertThat(attached.segment().get(JAVA_LONG, 0)).isEqualTo(42);
        }
        assertThat(attached.segment().get(JAVA_LONG, 0)).isEqualTo(42);
        assertThatThrownBy(() -> mp.sharedMemory(name)).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(attached::unlink).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void contextThatOnlyAttachedLeavesItAlone() {
        SharedMemory memory = mp.sharedMemory(name, 8);
        try (Context another = Multiprocessing.open(uri())) {
            another.sharedMemory(name).segment().set(JAVA_LONG, 0, 1);
        }
        assertThat(mp.sharedMemory(name).segment().get(JAVA_LONG, 0)).isEqualTo(1);
        memory.unlink();
    }

    @Test
    void takenNameIsRefused_andTheBlockStaysAsItIs() {
        SharedMemory memory = mp.sharedMemory(name, 8);
        memory.segment().set(JAVA_LONG, 0, 42);
        assertThatThrownBy(() -> mp.sharedMemory(name, 8))
                .isInstanceOfSatisfying(
                        SharedMemoryExistsException.class,
                        taken -> assertThat(taken.name()).isEqualTo(name))
                .hasMessageContaining(name)
                .hasMessageContaining("attaches");
        assertThat(mp.sharedMemory(name).segment().get(JAVA_LONG, 0)).isEqualTo(42);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "/a", "a\0b"})
    void whatIsNoNameIsRefused(String noName) {
        assertRefused(noName);
    }

    @Test
    void nameThatIsTooLongIsRefused() {
        assertRefused("ä".repeat(116));
        mp.sharedMemory("x".repeat(230 - name.length()) + name, 1).unlink();
    }

    private void assertRefused(String noName) {
        List<ThrowingCallable> uses = List.of(
                () -> mp.sharedMemory(noName, 8),
                () -> mp.sharedMemory(noName),
                () -> mp.shareableList(noName),
                () -> mp.shareableList(noName, List.of(1)));
        assertThat(uses)
                .allSatisfy(use -> assertThatThrownBy(use)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("1 to 230 bytes"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"with: colon", "with\nline", ".hidden", "-"})
    void anyOtherNameIsOne(String prefix) {
        String odd = prefix + name;
        mp.sharedMemory(odd, 8).segment().set(JAVA_LONG, 0, 42);
        SharedMemory attached = mp.sharedMemory(odd);
        assertThat(attached.segment().get(JAVA_LONG, 0)).isEqualTo(42);
        attached.unlink();
        assertThatThrownBy(() -> mp.sharedMemory(odd)).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void nameMayHaveAnyLettersOfTheLocale() {
        String letters = "äé" + name;
        boolean isPossible = Charset.forName(System.getProperty("sun.jnu.encoding"))
                .newEncoder()
                .canEncode(letters);
        if (isPossible || !isEachProcessAJvm()) {
            mp.sharedMemory(letters, 8).segment().set(JAVA_LONG, 0, 42);
            assertThat(mp.sharedMemory(letters).segment().get(JAVA_LONG, 0)).isEqualTo(42);
        } else {
            assertThatThrownBy(() -> mp.sharedMemory(letters, 8))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("LC_ALL=C.UTF-8");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void sizeBelowOneIsRefused(long size) {
        assertThatThrownBy(() -> mp.sharedMemory(name, size))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(size + " bytes")
                .hasMessageContaining("1 or more");
        assertThatThrownBy(() -> mp.sharedMemory(size)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> mp.sharedMemory(name)).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void sizeThatCanNotBeHadIsRefused_andLeavesNothing() {
        assertThatThrownBy(() -> mp.sharedMemory(name, Long.MAX_VALUE))
                .isInstanceOf(SegmentException.class)
                .hasMessageContaining("no room");
        assertThatThrownBy(() -> mp.sharedMemory(name)).isInstanceOf(NoSuchElementException.class);
        mp.sharedMemory(name, 1);
    }

    @Test
    void unknownNameIsNotFound() {
        assertThatThrownBy(() -> mp.sharedMemory(name))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("\"" + name + "\"");
    }

    @Test
    void unlinkTakesTheName_onceAndForAll() {
        SharedMemory memory = mp.sharedMemory(name, 8);
        SharedMemory attached = mp.sharedMemory(name);
        memory.unlink();
        assertThatThrownBy(() -> mp.sharedMemory(name)).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(memory::unlink).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(attached::unlink).isInstanceOf(NoSuchElementException.class);
        memory.segment().set(JAVA_LONG, 0, 42);
        assertThat(attached.segment().get(JAVA_LONG, 0))
                .as("those who have it go on")
                .isEqualTo(42);
    }

    @Test
    void nameOfAnUnlinkedBlockMayBeGivenAgain_andTheOldOneHasNothingToDoWithIt() {
        SharedMemory old = mp.sharedMemory(name, 8);
        old.unlink();
        SharedMemory fresh = mp.sharedMemory(name, 16);
        assertThatThrownBy(old::unlink).isInstanceOf(NoSuchElementException.class);
        old.segment().set(JAVA_LONG, 0, 42);
        assertThat(mp.sharedMemory(name).size()).isEqualTo(16);
        assertThat(fresh.segment().get(JAVA_LONG, 0)).isZero();
        assertThat(fresh).isNotEqualTo(old);
    }

    @Test
    void closedHandleRefusesToWork_andTheNameStays() {
        SharedMemory memory = mp.sharedMemory(name, 8);
        memory.close();
        memory.close();
        assertThatThrownBy(memory::segment)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThat(memory.name()).isEqualTo(name);
        assertThat(memory.size()).isEqualTo(8);
        assertThat(memory).hasToString("SharedMemory[closed]");
        mp.sharedMemory(name).close();
        memory.unlink();
        assertThatThrownBy(() -> mp.sharedMemory(name)).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void nothingWorks_whenTheContextIsClosed() {
        SharedMemory memory = mp.sharedMemory(name, 8);
        mp.close();
        List<ThrowingCallable> tooLate = List.of(
                memory::segment,
                memory::unlink,
                () -> mp.sharedMemory(1),
                () -> mp.sharedMemory("other", 1),
                () -> mp.sharedMemory(name),
                () -> mp.shareableList(List.of(1)),
                () -> mp.shareableList(name));
        assertThat(tooLate)
                .allSatisfy(use -> assertThatThrownBy(use)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("closed"));
        memory.close();
        assertThat(memory).hasToString("SharedMemory[closed]");
    }

    @Test
    void handleTravelsInATask() throws Exception {
        SharedMemory memory = mp.sharedMemory(16);
        memory.segment().set(JAVA_LONG, 0, 20);
        Process child = mp.process(() -> {
                    MemorySegment segment = memory.segment();
                    segment.set(JAVA_LONG, 8, segment.get(JAVA_LONG, 0) + memory.size());
                    memory.close();
                })
                .start();
        join(child);
        assertThat(child.exitCode()).hasValue(0);
        assertThat(memory.segment().get(JAVA_LONG, 8)).isEqualTo(36);
    }

    @Test
    void blockOfAChildStays_whenTheChildHasEnded() throws Exception {
        String ofChild = name;
        var made = mp.booleanValue(false);
        Process child = mp.process(() -> {
                    made.context().sharedMemory(ofChild, 8).segment().set(JAVA_LONG, 0, 42);
                    made.set(true);
                })
                .start();
        join(child);
        assertThat(made.get()).isTrue();
        assertThat(mp.sharedMemory(name).segment().get(JAVA_LONG, 0)).isEqualTo(42);
    }

    @Test
    void handleInAMessageIsTheOneThatIsOpen_orAttachesAnew() throws Exception {
        Queue<SharedMemory> queue = mp.queue();
        SharedMemory memory = mp.sharedMemory(8);
        queue.put(memory);
        assertThat(queue.get()).isSameAs(memory);
        queue.put(memory);
        memory.close();
        SharedMemory again = queue.get();
        assertThat(again).isEqualTo(memory).hasSameHashCodeAs(memory).isNotSameAs(memory);
        again.segment().set(JAVA_LONG, 0, 1);
        assertThat(Travel.copyOf(again)).isEqualTo(memory);
    }

    @Test
    void handleOfAnAttachedBlockTravels() throws Exception {
        try (Context maker = Multiprocessing.open(uri())) {
            SharedMemory made = maker.sharedMemory(name, 8);
            SharedMemory attached = mp.sharedMemory(name);
            SharedMemory copy = Travel.copyOf(attached);
            assertThat(copy).isEqualTo(attached).isNotEqualTo(made);
            copy.segment().set(JAVA_LONG, 0, 5);
            assertThat(made.segment().get(JAVA_LONG, 0)).isEqualTo(5);
        }
    }

    @Test
    void handleOfAnUnlinkedBlockIsNotFound() throws Exception {
        Queue<SharedMemory> queue = mp.queue();
        SharedMemory memory = mp.sharedMemory(name, 8);
        queue.put(memory);
        memory.unlink();
        memory.close();
        mp.sharedMemory(name, 8); // of the same name, and another one
        assertThatThrownBy(queue::get)
                .isInstanceOf(UnreadableMessageException.class)
                .hasCauseInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("no block of shared memory named \"" + name + "\"");
        assertThat(queue.isEmpty()).isTrue();
    }
}
