package io.multiprocessing.pool;

import io.multiprocessing.codec.ValueCodec;
import java.io.NotSerializableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The chunks that no worker has, in the order in which they are to be handed out. All under the pool's lock. */
final class Backlog {
    private static final long MOST_BYTES_TOGETHER = 256 << 10;

    private final ArrayDeque<Chunk> chunks = new ArrayDeque<>();
    private final ClassLoader loader;
    private long lastChunk;
    private int units;

    Backlog(ClassLoader loader) {
        this.loader = loader;
    }

    void addLoose(Job job, long offset, byte[][] inputs) {
        addLast(Chunk.loose(++lastChunk, job, offset, inputs, 0));
    }

    void addBound(Job job, long offset, int count, byte[] inputs) {
        addLast(Chunk.bound(++lastChunk, job, offset, count, inputs));
    }

    private void addLast(Chunk chunk) {
        chunks.add(chunk);
        units += chunk.units();
    }

    /** Puts chunks that were handed out before in front of all others. */
    void addFirst(List<Chunk> again) {
        for (Chunk chunk : again.reversed()) {
            addFirst(chunk);
        }
    }

    private void addFirst(Chunk chunk) {
        chunks.addFirst(chunk);
        units += chunk.units();
    }

    /** The next whose results somebody wants; null if there is none. It stays. */
    @Nullable
    Chunk peek() {
        while (!chunks.isEmpty() && chunks.element().job.isAbandoned()) {
            remove();
        }
        return chunks.peek();
    }

    private Chunk remove() {
        Chunk chunk = chunks.remove();
        units -= chunk.units();
        return chunk;
    }

    /** Takes the next chunk, one of at most so many inputs if they are loose, to which those that follow it are added. */
    Chunk take(int mostUnits) {
        Chunk first = remove();
        if (!first.isLoose() || (first.count() == 1 && (mostUnits == 1 || !isFollowed(first, 1)))) {
            return first;
        }
        List<byte[]> inputs = new ArrayList<>();
        long bytes = 0;
        Chunk from = first;
        while (true) {
            int used = 0;
            for (byte[] input : from.inputs(0, Math.min(from.count(), mostUnits - inputs.size()))) {
                if (bytes > 0 && bytes + input.length > MOST_BYTES_TOGETHER) {
                    break;
                }
                inputs.add(input);
                bytes += input.length;
                used++;
            }
            if (used < from.count()) {
                addFirst(part(from, used, from.count(), from.deaths));
                break;
            }
            if (inputs.size() == mostUnits || !isFollowed(first, inputs.size())) {
                break;
            }
            from = remove();
        }
        return Chunk.loose(++lastChunk, first.job, first.offset, inputs.toArray(byte[][]::new), first.deaths);
    }

    /** Whether the next chunk has the inputs after so many from that one on, and nobody died of either. */
    private boolean isFollowed(Chunk first, int count) {
        Chunk next = chunks.peek();
        return next != null
                && next.isLoose()
                && next.isOf(first.job)
                && next.offset == first.offset + count
                && first.job.id != 0
                && first.deaths == 0
                && next.deaths == 0;
    }

    void removeAll(Job job) {
        chunks.removeIf(chunk -> {
            boolean isRemoved = chunk.isOf(job);
            units -= isRemoved ? chunk.units() : 0;
            return isRemoved;
        });
    }

    boolean isEmpty() {
        return chunks.isEmpty();
    }

    /** How many loose inputs and bound chunks there are. */
    int units() {
        return units;
    }

    /** Forgets all; says whose they were. */
    List<Job> clear() {
        List<Job> jobs = new ArrayList<>();
        chunks.forEach(chunk -> jobs.add(chunk.job));
        chunks.clear();
        units = 0;
        return jobs;
    }

    /**
     * The inputs of a chunk from that one on as one or two chunks, which are not added.
     *
     * @throws RuntimeException if they can't be read here, so they can't be parted
     */
    List<Chunk> halves(Chunk whole, int from) {
        int half = (from + whole.count()) / 2;
        List<Chunk> halves = new ArrayList<>();
        if (half > from) {
            halves.add(part(whole, from, half, 0));
        }
        halves.add(part(whole, half, whole.count(), 0));
        return halves;
    }

    /**
     * Some inputs of a chunk as a chunk of their own, which is not added.
     *
     * @throws RuntimeException if they can't be read here, so they can't be parted
     */
    Chunk part(Chunk whole, int from, int to, int deaths) {
        if (whole.isLoose()) {
            return Chunk.loose(++lastChunk, whole.job, whole.offset + from, whole.inputs(from, to), deaths);
        }
        List<?> inputs = (List<?>) Objects.requireNonNull(Wire.value(whole.payload(), 0, loader));
        try {
            if (to - from == 1) {
                byte[][] only = {ValueCodec.encode(inputs.get(from))};
                return Chunk.loose(++lastChunk, whole.job, whole.offset + from, only, deaths);
            }
            byte[] some = ValueCodec.encode(new ArrayList<Object>(inputs.subList(from, to)));
            return Chunk.bound(++lastChunk, whole.job, whole.offset + from, to - from, some);
        } catch (NotSerializableException impossible) {
            throw new IllegalStateException("what came by serialization does not go by it", impossible);
        }
    }
}
