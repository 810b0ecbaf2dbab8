package io.multiprocessing.benchmarks;

import io.multiprocessing.benchmarks.harness.Benchmark;
import io.multiprocessing.benchmarks.harness.Effort;
import io.multiprocessing.benchmarks.harness.Peer;
import java.util.List;

/**
 * Arrays of 10 million ints, 40 MB each, from a producer to a consumer, of which at most two are on their way; the peer
 * sends Python's {@code array.array}. It is the same array again and again, so that making it costs nothing; the consumer
 * looks at both ends.
 */
final class QueueArray implements Benchmark {
    private static final int LENGTH = 10_000_000;
    private static final int ON_THEIR_WAY = 2;
    private static final double BYTES = 4.0 * LENGTH;

    @Override
    public String name() {
        return "queue-array";
    }

    @Override
    public String description() {
        return "int[10,000,000] through a queue";
    }

    @Override
    public String unit() {
        return "GB/s";
    }

    @Override
    public boolean isMoreBetter() {
        return true;
    }

    @Override
    public double ours(Effort effort) throws Exception {
        double perSecond = new QueueTraffic(1, ON_THEIR_WAY)
                .<int[]>perSecond(
                        effort,
                        (queue, nanos) -> {
                            int[] array = new int[LENGTH];
                            array[LENGTH - 1] = LENGTH;
                            long messages = 0;
                            long start = System.nanoTime();
                            do {
                                queue.put(array);
                                messages++;
                            } while (System.nanoTime() - start < nanos);
                            queue.put(new int[] {-1});
                            return messages;
                        },
                        queue -> {
                            long messages = 0;
                            for (int[] array = queue.get(); array[0] >= 0; array = queue.get()) {
                                if (array.length != LENGTH || array[LENGTH - 1] != LENGTH) {
                                    throw new IllegalStateException("the array is not as it was put");
                                }
                                messages++;
                            }
                            return messages;
                        });
        return perSecond * BYTES / 1e9;
    }

    @Override
    public Peer peer() {
        return new Peer.Script(
                "queue_array.py", effort -> List.of(LENGTH, ON_THEIR_WAY, effort.warmUp(), effort.measure()));
    }
}
