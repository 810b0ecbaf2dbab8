package io.multiprocessing.pool;

import org.jspecify.annotations.Nullable;

/** Some inputs of a {@link Job} that are given to a worker at once; the unit of handing out, of losing and of repeating. */
final class Chunk {
    final long id;
    final Job job;

    /** The number of its first input in the job. */
    final long offset;

    final int count;

    /** What is sent: see {@link Wire}. */
    final byte[] message;

    /** How often a worker died of it. */
    final int deaths;

    Chunk(long id, Job job, long offset, int count, byte[] payload, int deaths) {
        this.id = id;
        this.job = job;
        this.offset = offset;
        this.count = count;
        this.message = Wire.chunk(id, job.id, count, payload);
        this.deaths = deaths;
    }

    @SuppressWarnings("ReferenceEquality") // a job is itself
    boolean isOf(Job other) {
        return job == other;
    }

    String describe(int index) {
        return job.describe(offset + index);
    }

    @Nullable
    Object input(int index, ClassLoader loader) {
        Object payload = Wire.value(message, Wire.CHUNK_HEADER, loader);
        return count == 1 || !(payload instanceof java.util.List<?> inputs) ? payload : inputs.get(index);
    }
}
