package io.multiprocessing.benchmarks;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import io.multiprocessing.Queue;
import io.multiprocessing.benchmarks.harness.Benchmark;
import io.multiprocessing.benchmarks.harness.Effort;
import io.multiprocessing.benchmarks.harness.Peer;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Messages of 8 bytes from a producer to a consumer, beside a ring buffer that has none of a queue's duties: no objects,
 * no waiting, no second consumer, and nobody may die. Both sides write messages one by one, each at once visible, and
 * read as many as are there at a time. Ours are arrays of 8 bytes, which a queue takes as they are; the consumer is given an array
 * of its own for each.
 */
final class QueueRing implements Benchmark {
    private static final int CAPACITY = 1 << 16;
    private static final int RECORD_BYTES = 16;
    private static final int BATCH = 50;
    private static final int MOST_AT_ONCE = 1_000;
    private static final long BEYOND_INT = 1L << 40;
    private static final int MESSAGE = 1;
    private static final VarHandle NUMBER = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    @Override
    public String name() {
        return "queue-ring";
    }

    @Override
    public String description() {
        return "8-byte messages, 1 producer, 1 consumer";
    }

    @Override
    public String unit() {
        return "msg/s";
    }

    @Override
    public boolean isMoreBetter() {
        return true;
    }

    @Override
    public double ours(Effort effort) throws Exception {
        return new QueueTraffic(1, CAPACITY).perSecond(effort, QueueRing::put, QueueRing::getAll);
    }

    @Override
    public Peer peer() {
        return new Peer.Library("Agrona 2.6.0 ManyToOneRingBuffer", QueueRing::theirs);
    }

    private static long put(Queue<byte[]> queue, long nanos) throws InterruptedException {
        byte[] message = new byte[Long.BYTES];
        long number = 0;
        long start = System.nanoTime();
        do {
            for (int i = 0; i < BATCH; i++) {
                NUMBER.set(message, 0, BEYOND_INT + number++);
                queue.put(message);
            }
        } while (System.nanoTime() - start < nanos);
        NUMBER.set(message, 0, -1L);
        queue.put(message);
        return number;
    }

    private static long getAll(Queue<byte[]> queue) throws InterruptedException {
        long messages = 0;
        List<byte[]> batch = new ArrayList<>();
        while (true) {
            batch.add(queue.get());
            queue.drainTo(batch, MOST_AT_ONCE);
            for (byte[] message : batch) {
                if ((long) NUMBER.get(message, 0) < 0) {
                    return messages;
                }
                messages++;
            }
            batch.clear();
        }
    }

    private static double theirs(Effort effort) throws Exception {
        Path file = Files.createTempFile(sharedMemory(), "mp-bench-", ".ring");
        file.toFile().deleteOnExit();
        try (var mp = Multiprocessing.open()) {
            long warmUp = Course.warmUp(effort, 1).toNanos();
            long measure = effort.measure().toNanos();
            String name = file.toString();
            Queue<Long> counts = mp.queue();
            Course course = new Course(mp, 1);
            String[] options = {
                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"
            };
            List<Process> processes = List.of(
                    course.start(
                            () -> write(ring(name), warmUp), () -> counts.put(write(ring(name), measure)), options),
                    course.start(() -> readAll(ring(name)), () -> counts.put(-readAll(ring(name))), options));
            long elapsed = course.run(effort);
            long one = counts.get(effort.roundLimit());
            long other = counts.get(effort.roundLimit());
            if (one != -other) {
                throw new IllegalStateException("what was read is not what was written: " + one + " and " + other);
            }
            course.end(processes, effort);
            return Math.abs(one) * 1e9 / elapsed;
        } finally {
            Files.delete(file);
        }
    }

    /** Where our own segments are. */
    private static Path sharedMemory() {
        Path linux = Path.of("/dev/shm");
        return Files.isDirectory(linux) ? linux : Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static ManyToOneRingBuffer ring(String file) throws IOException {
        try (var channel = FileChannel.open(Path.of(file), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer mapped =
                    channel.map(MapMode.READ_WRITE, 0, CAPACITY * RECORD_BYTES + RingBufferDescriptor.TRAILER_LENGTH);
            mapped.order(ByteOrder.nativeOrder());
            return new ManyToOneRingBuffer(new UnsafeBuffer(mapped));
        }
    }

    private static long write(ManyToOneRingBuffer ring, long nanos) {
        var message = new UnsafeBuffer(new byte[Long.BYTES]);
        long number = 0;
        long start = System.nanoTime();
        do {
            for (int i = 0; i < BATCH; i++) {
                write(ring, message, BEYOND_INT + number++);
            }
        } while (System.nanoTime() - start < nanos);
        write(ring, message, -1);
        return number;
    }

    private static void write(ManyToOneRingBuffer ring, UnsafeBuffer message, long value) {
        message.putLong(0, value);
        while (!ring.write(MESSAGE, message, 0, Long.BYTES)) {
            Thread.onSpinWait();
        }
    }

    private static long readAll(ManyToOneRingBuffer ring) {
        long[] tally = new long[2];
        while (tally[1] == 0) {
            int read = ring.read(
                    (_, buffer, index, _) -> {
                        if (buffer.getLong(index) < 0) {
                            tally[1] = 1;
                        } else {
                            tally[0]++;
                        }
                    },
                    MOST_AT_ONCE);
            if (read == 0) {
                Thread.onSpinWait();
            }
        }
        return tally[0];
    }
}
