package io.multiprocessing.examples.ways;

import io.multiprocessing.Context;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.examples.ways.Cost.Measure;
import io.multiprocessing.examples.ways.Way.End;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Measures what the ways cost on this machine: each warmed up first, then for a while. Messages go between this process
 * and one that is started for it, which sends back those that ask for it.
 *
 * @param warmUp how long each is done before it is measured
 * @param measure how long it is measured
 */
public record Costs(Duration warmUp, Duration measure) {
    private static final byte ANSWER = 1;
    private static final int EXCHANGE_BYTES = 16;
    private static final int SMALL_BYTES = 100;
    private static final int LARGE_BYTES = 1 << 20;
    private static final int EXCHANGES_AT_ONCE = 10;
    private static final int SMALL_AT_ONCE = 200;
    private static final int LARGE_AT_ONCE = 4;
    private static final int COUNTS_AT_ONCE = 20;

    /** Some operations in a row, after which the clock is asked. */
    private interface Batch {
        void run() throws Exception;
    }

    /** Measures all that a way is made for. */
    public Cost of(Way way) throws Exception {
        Map<Measure, Double> figures = new EnumMap<>(Measure.class);
        try (var folder = new WaysFolder();
                var mp = Multiprocessing.open(way.place())) {
            if (way.messages() != null) {
                measureMessages(mp, way.messages().between(mp, folder.path()), figures);
            }
            if (way.writing() != null) {
                measureWriting(way.writing().at(folder.path()), figures);
            }
            if (way.counting() != null) {
                try (Way.Counter counter = way.counting().in(mp, folder.path())) {
                    figures.put(Measure.COUNTER, nanos(COUNTS_AT_ONCE, () -> {
                        for (int i = 0; i < COUNTS_AT_ONCE; i++) {
                            counter.addOne();
                        }
                    }));
                }
            }
        }
        return new Cost(way.name(), figures);
    }

    /** The other process: ends by a message of one byte. */
    private static void answer(Way.Opening opening) throws Exception {
        try (End end = opening.open()) {
            for (byte[] message = end.receive(); message.length > 1; message = end.receive()) {
                if (message[0] == ANSWER) {
                    end.send(message);
                }
            }
        }
    }

    private void measureMessages(Context mp, Way.Ends ends, Map<Measure, Double> figures) throws Exception {
        Way.Opening far = ends.far();
        var echo = mp.process(() -> answer(far)).daemon().start();
        Thread self = Thread.currentThread();
        var isMeasured = new AtomicBoolean();
        var _ = echo.onExit().thenRun(() -> {
            if (!isMeasured.get()) {
                self.interrupt(); // nobody answers any more
            }
        });
        try (End near = ends.near().open()) {
            measureMessages(near, figures);
            isMeasured.set(true);
            near.send(new byte[1]);
            echo.join();
        }
    }

    private void measureMessages(End near, Map<Measure, Double> figures) throws Exception {
        byte[] question = new byte[EXCHANGE_BYTES];
        question[0] = ANSWER;
        figures.put(Measure.EXCHANGE, nanos(EXCHANGES_AT_ONCE, () -> {
            for (int i = 0; i < EXCHANGES_AT_ONCE; i++) {
                near.send(question);
                near.receive();
            }
        }));
        figures.put(
                Measure.SMALL, 1e9 / nanos(SMALL_AT_ONCE, () -> sendAll(near, SMALL_BYTES, SMALL_AT_ONCE, question)));
        double large = nanos(LARGE_AT_ONCE, () -> sendAll(near, LARGE_BYTES, LARGE_AT_ONCE, question));
        figures.put(Measure.LARGE, 1e9 * LARGE_BYTES / large);
    }

    /** Sends messages; all have come when the question at the end is answered. */
    private static void sendAll(End near, int bytes, int count, byte[] question) throws Exception {
        byte[] message = new byte[bytes];
        for (int i = 0; i < count; i++) {
            near.send(message);
        }
        near.send(question);
        near.receive();
    }

    private void measureWriting(Way.Pen pen, Map<Measure, Double> figures) throws Exception {
        byte[] record = new byte[SMALL_BYTES];
        figures.put(
                Measure.SMALL,
                1e9
                        / nanos(SMALL_AT_ONCE, () -> {
                            for (int i = 0; i < SMALL_AT_ONCE; i++) {
                                pen.add(record);
                            }
                        }));
        byte[] content = new byte[LARGE_BYTES];
        figures.put(Measure.LARGE, 1e9 * LARGE_BYTES / nanos(1, () -> pen.replace(content)));
    }

    private double nanos(int operations, Batch batch) throws Exception {
        repeat(warmUp, batch);
        return repeat(measure, batch) / operations;
    }

    /** The nanoseconds of a batch. */
    private static double repeat(Duration time, Batch batch) throws Exception {
        long batches = 0;
        long begin = System.nanoTime();
        long elapsed;
        do {
            batch.run();
            batches++;
            elapsed = System.nanoTime() - begin;
        } while (elapsed < time.toNanos());
        return (double) elapsed / batches;
    }
}
