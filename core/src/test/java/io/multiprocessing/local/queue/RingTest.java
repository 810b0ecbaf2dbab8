package io.multiprocessing.local.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.SegmentException;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.CellId;
import io.multiprocessing.local.segment.Words;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RingTest {
    private static final int BYTES = 64;

    private final MemorySegment memory = Arena.ofAuto().allocate(RingLayout.DATA + BYTES, Long.BYTES);
    private final Cell cell = new Cell(new CellId(1, 0), memory, 0, memory.byteSize());

    @Test
    void messagesComeOutAsTheyWerePut_alsoAroundTheEnd() {
        Ring ring = ring(BYTES);
        long at = RingLayout.word(0, 0);
        for (int i = 0; i < 20; i++) {
            byte[] message = new byte[1 + i];
            message[0] = (byte) i;
            message[i] = (byte) i;
            ring.writeMessage(at, new Outgoing.Raw(message));
            int header = ring.header(at);
            byte[] read = new byte[RingLayout.length(header)];
            ring.read(at, read, 0, read.length);
            assertThat(RingLayout.isRaw(header)).isTrue();
            assertThat(read).isEqualTo(message);
            at = ring.after(at);
        }
        assertThat(RingLayout.messages(at)).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -64, 4, 48, 128, 1L << 40, Long.MIN_VALUE})
    void refusesASizeThatItCannotHave(long bytes) {
        assertThatThrownBy(() -> ring(bytes))
                .isInstanceOf(SegmentException.class)
                .hasMessageContaining("says that it has " + bytes + " bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {BYTES + 1, 1 << 29})
    void refusesAMessageThatItCannotHold(int length) {
        Ring ring = ring(BYTES);
        Words.setIntPlain(memory, RingLayout.DATA, RingLayout.header(RingLayout.MESSAGE, length));
        assertThatThrownBy(() -> ring.header(RingLayout.word(0, 0)))
                .isInstanceOf(SegmentException.class)
                .hasMessageContaining("a message has " + length + " bytes");
    }

    private Ring ring(long bytes) {
        Words.setLongPlain(memory, RingLayout.CAPACITY, bytes);
        return new Ring(new RingMapping(), cell);
    }
}
