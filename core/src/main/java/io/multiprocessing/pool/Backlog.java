package io.multiprocessing.pool;

import io.multiprocessing.codec.ValueCodec;
import java.io.NotSerializableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The chunks that no worker has, in the order in which they are to be handed out. All under the pool's lock. */
@SuppressWarnings("ReferenceEquality") // a job is itself
final class Backlog {
    private final ArrayDeque<Chunk> chunks = new ArrayDeque<>();
    private final ClassLoader loader;
    private long lastChunk;

    Backlog(ClassLoader loader) {
        this.loader = loader;
    }

    void add(Job job, long offset, int count, byte[] payload) {
        chunks.add(new Chunk(++lastChunk, job, offset, count, payload, 0));
    }

    /** Puts chunks that were handed out before in front of all others. */
    void addFirst(List<Chunk> again) {
        for (Chunk chunk : again.reversed()) {
            chunks.addFirst(chunk);
        }
    }

    /** The next whose results somebody wants; null if there is none. It stays. */
    @Nullable
    Chunk peek() {
        while (!chunks.isEmpty() && chunks.element().job.isAbandoned()) {
            chunks.remove();
        }
        return chunks.peek();
    }

    void remove() {
        chunks.remove();
    }

    void removeAll(Job job) {
        chunks.removeIf(chunk -> chunk.job == job);
    }

    boolean isEmpty() {
        return chunks.isEmpty();
    }

    int size() {
        return chunks.size();
    }

    /** Forgets all; says whose they were. */
    List<Job> clear() {
        List<Job> jobs = new ArrayList<>();
        chunks.forEach(chunk -> jobs.add(chunk.job));
        chunks.clear();
        return jobs;
    }

    /** Some inputs of a chunk as a chunk of their own, which is not added. */
    Chunk part(Chunk whole, int from, int to, int deaths) {
        return new Chunk(++lastChunk, whole.job, whole.offset + from, to - from, payload(whole, from, to), deaths);
    }

    private byte[] payload(Chunk whole, int from, int to) {
        if (whole.count == 1) {
            return Arrays.copyOfRange(whole.message, Wire.CHUNK_HEADER, whole.message.length);
        }
        List<?> inputs = (List<?>) Objects.requireNonNull(Wire.value(whole.message, Wire.CHUNK_HEADER, loader));
        try {
            return ValueCodec.encode(
                    to - from == 1 ? inputs.get(from) : new ArrayList<Object>(inputs.subList(from, to)));
        } catch (NotSerializableException impossible) {
            throw new IllegalStateException("what came by serialization does not go by it", impossible);
        }
    }
}
