package io.multiprocessing.pool;

import io.multiprocessing.ByteArray;
import io.multiprocessing.LongArray;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The results of loose inputs that workers have not sent yet, in shared memory, from where the pool takes them when a worker has
 * died: so what was done is not done again.
 *
 * <p>Each worker has a part of the bytes, and a word that says which input the first result there is of. A worker writes a
 * result, and then sets the mark DONE at its {@link Position}, which is the commit. When it has put a message with all results
 * it stores the word for those to come, and writes over the old ones.
 *
 * <p>Dying before the mark: the input is the one that was worked on. Between the mark and the message: the result is
 * found here. Between the message and the word: all that is found here has been reported. After the word, while the first result is
 * written over: no mark says that there is one.
 *
 * <p>Memory order: the mark is set and read volatile, so who sees it sees the result.
 *
 * @param bytes the results, as they are in a report of form EACH
 * @param begins the words, each a position without marks
 */
record Journal(ByteArray bytes, LongArray begins) {
    /** How many bytes each worker has. */
    static final int BYTES = 1 << 16;

    private static final int HEADER = 1 + 4;

    /** By a worker: the next results are those of inputs from that one on. */
    void begin(int worker, long chunk, int first) {
        begins.set(worker, Position.of(chunk, first));
    }

    /** By a worker: another result, at the same place as in the message that is to come. */
    void write(int worker, byte[] message, int from, int count) {
        bytes.copyFrom(message, from, worker * BYTES + from, count);
    }

    /**
     * By the pool, when the worker is dead: results of its chunk that it had not reported.
     *
     * @param reported how many it had reported
     * @param position what its word says
     * @return null if there are none
     */
    @Nullable
    Report take(int worker, Chunk chunk, int reported, long position) {
        long begin = begins.get(worker);
        if (!chunk.isSentInParts() || !Position.isOf(position, chunk.id) || !Position.isOf(begin, chunk.id)) {
            return null;
        }
        int to = Position.index(position) + (Position.isDone(position) ? 1 : 0);
        if (to <= reported) {
            return null;
        }
        byte[] part = new byte[BYTES];
        bytes.copyTo(worker * BYTES, part, 0, BYTES);
        ByteBuffer in = ByteBuffer.wrap(part);
        int start = 0;
        for (int index = Position.index(begin); index < to; index++) {
            start = index == reported ? in.position() : start;
            in.get();
            in.position(in.position() + 4 + in.getInt(in.position()));
        }
        return new Report(
                chunk.id, 0, 0, 0, -1, reported, to, false, Wire.EACH, false, part, start, in.position() - start);
    }

    static int length(byte[] result) {
        return HEADER + result.length;
    }
}
