package io.multiprocessing.pool;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some inputs of a {@link Job} that are given to a worker at once; the unit of handing out, of losing and of repeating.
 *
 * <p>If the user said how many belong together, they are bound: encoded as one list. Otherwise they are loose: each is encoded by itself, so
 * that a chunk can be made smaller or larger at any time, and its end be taken from a worker that has not got so far.
 */
final class Chunk {
    final long id;
    final Job job;

    /** The number of its first input in the job. */
    final long offset;

    /** How often a worker died of it. */
    final int deaths;

    private final byte[][] parts;
    private final boolean isLoose;
    private int count;

    private Chunk(long id, Job job, long offset, int count, byte[][] parts, int deaths) {
        this.id = id;
        this.job = job;
        this.offset = offset;
        this.count = count;
        this.parts = parts;
        this.isLoose = parts.length == count;
        this.deaths = deaths;
    }

    static Chunk loose(long id, Job job, long offset, byte[][] inputs, int deaths) {
        return new Chunk(id, job, offset, inputs.length, inputs, deaths);
    }

    static Chunk bound(long id, Job job, long offset, int count, byte[] inputs) {
        return new Chunk(id, job, offset, count, new byte[][] {inputs}, 0);
    }

    int count() {
        return count;
    }

    boolean isLoose() {
        return isLoose;
    }

    /** What it is as work: so many inputs if they are loose, else one thing. */
    int units() {
        return isLoose ? count : 1;
    }

    long bytes() {
        long bytes = 0;
        for (int i = 0; i < parts.length && i < count; i++) {
            bytes += parts[i].length;
        }
        return bytes;
    }

    /** How many bytes have to go to a worker at least. */
    int firstBytes() {
        return parts[0].length;
    }

    /** Inputs of a loose one, encoded. */
    byte[][] inputs(int from, int to) {
        return Arrays.copyOfRange(parts, from, to);
    }

    /** All inputs, encoded as what they are: one by itself, or a list. */
    byte[] payload() {
        return parts[0];
    }

    /** Leaves so many inputs at the beginning. */
    void cut(int newCount) {
        count = newCount;
    }

    /** Whether it was sent with its inputs one by one, whose results go through the {@link Journal}. */
    boolean isSentInParts() {
        return isLoose && parts.length > 1;
    }

    /** What is sent: see {@link Wire}. */
    byte[] message() {
        return isSentInParts() ? Wire.loose(id, job.id, parts) : Wire.chunk(id, job.id, count, parts[0]);
    }

    @SuppressWarnings("ReferenceEquality") // a job is itself
    boolean isOf(Job other) {
        return job == other;
    }

    /** Tells the job that all inputs from that one on failed. */
    void failFrom(int index, Throwable failure) {
        for (int i = index; i < count; i++) {
            job.fail(offset + i, failure);
        }
    }

    String describe(int index) {
        return job.describe(offset + index);
    }

    @Nullable
    Object input(int index, ClassLoader loader) {
        byte[] payload = isLoose ? parts[index] : parts[0];
        Object value = Wire.value(payload, 0, loader);
        return isLoose || !(value instanceof List<?> inputs) ? value : inputs.get(index);
    }
}
