package io.multiprocessing.benchmarks;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.benchmarks.harness.Benchmark;
import io.multiprocessing.benchmarks.harness.Effort;
import io.multiprocessing.benchmarks.harness.Peer;
import io.multiprocessing.sqlite.SharedDatabase;
import java.nio.file.Path;

/**
 * One process puts texts into a durable queue, one by one; another receives them and acknowledges each. The time is from the
 * first put to the last acknowledgement. A message out of order fails the row. The standard library of Python has nothing
 * of the kind.
 */
final class DurableQueueRow implements Benchmark {
    private static final int MESSAGES = 20_000;
    private static final int WARM_UP = 5_000;

    @Override
    public String name() {
        return "durable-queue";
    }

    @Override
    public String description() {
        return "put by one process, received and acknowledged by another, in SQLite";
    }

    @Override
    public String unit() {
        return "messages/s";
    }

    @Override
    public boolean isMoreBetter() {
        return true;
    }

    @Override
    public double ours(Effort effort) throws Exception {
        try (var folder = BenchFolder.create();
                var mp = Multiprocessing.open();
                var database =
                        SharedDatabase.at(folder.file("queue.db")).context(mp).open()) {
            database.durableQueue("messages", String.class);
            String path = database.path().toString();
            int warmUp = effort.operations(WARM_UP);
            int messages = effort.operations(MESSAGES);
            var began = mp.longValue(0);
            var ended = mp.longValue(0);
            var warm = mp.barrier(2);
            var done = mp.semaphore(0);
            var producer = mp.process(() -> {
                        var queue = SharedDatabase.at(Path.of(path))
                                .context(began.context())
                                .open()
                                .durableQueue("messages", String.class);
                        for (int i = 0; i < warmUp; i++) {
                            queue.put(Integer.toString(i));
                        }
                        warm.await();
                        began.set(System.nanoTime());
                        for (int i = 0; i < messages; i++) {
                            queue.put(Integer.toString(i));
                        }
                        done.release();
                    })
                    .daemon()
                    .start();
            var consumer = mp.process(() -> {
                        var queue = SharedDatabase.at(Path.of(path))
                                .context(began.context())
                                .open()
                                .durableQueue("messages", String.class);
                        for (int i = 0; i < warmUp + messages; i++) {
                            if (i == warmUp) {
                                warm.await();
                            }
                            try (var delivery = queue.receive()) {
                                int expected = i < warmUp ? i : i - warmUp;
                                if (!delivery.message().equals(Integer.toString(expected))) {
                                    throw new IllegalStateException(
                                            "message " + expected + " is " + delivery.message());
                                }
                                delivery.acknowledge();
                            }
                        }
                        ended.set(System.nanoTime()); // one clock for all processes of the machine
                        done.release();
                    })
                    .daemon()
                    .start();
            Race.awaitAll(done, 2, effort.roundLimit(), "come to the end");
            producer.join();
            consumer.join();
            return messages / ((ended.get() - began.get()) / 1e9);
        }
    }

    @Override
    public Peer peer() {
        return new Peer.Nobody();
    }
}
