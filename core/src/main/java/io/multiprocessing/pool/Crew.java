package io.multiprocessing.pool;

import io.multiprocessing.Context;
import io.multiprocessing.LongArray;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.Process;
import io.multiprocessing.Queue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The workers of a pool and what they share with it: starts them, and says by a message in the queue of results when one has
 * died. All under the pool's lock.
 */
final class Crew {
    final Queue<byte[]> results;
    final List<Workplace> places = new ArrayList<>();
    final Tally tally;

    private final Context context;
    private final PoolOptions options;
    private final byte[] setup;
    private final String[] jvmOptions;
    private final Positions positions;
    private final LongArray orders;
    private final Journal journal;
    /** A number that no other pool has. */
    final long pool = ThreadLocalRandom.current().nextLong();

    private final long poolPid = ProcessHandle.current().pid();
    private int workersStarted;

    Crew(Context context, PoolOptions options) {
        this.context = context;
        this.options = options;
        this.setup = Setup.write(options);
        this.jvmOptions = jvmOptions(options);
        this.results = context.queue();
        this.tally = new Tally(options.size());
        this.positions = Positions.of(context, options.size());
        this.orders = context.raw().longArray(options.size());
        this.journal = new Journal(
                context.raw().byteArray(Math.multiplyExact(options.size(), Journal.BYTES)),
                context.raw().longArray(options.size()));
    }

    private static String[] jvmOptions(PoolOptions options) {
        List<String> all = new ArrayList<>();
        options.heapLimit().ifPresent(bytes -> all.add("-Xmx" + bytes));
        all.addAll(options.jvmOptions());
        return all.toArray(String[]::new);
    }

    /** Starts all; if one can't be started, none stays. */
    void start() {
        for (int i = 0; i < options.size(); i++) {
            places.add(new Workplace(i, context.queue(), new Parcels(context.queue()), positions, orders));
        }
        try {
            places.forEach(this::start);
        } catch (RuntimeException refused) {
            places.forEach(Workplace::kill);
            throw refused;
        }
    }

    void start(Workplace place) {
        int generation = ++place.generation;
        int number = place.number;
        long begin = System.nanoTime();
        var post = new Post(
                place.inbox,
                results,
                place.parcels.queue,
                positions,
                orders,
                journal,
                number,
                generation,
                pool,
                poolPid,
                Runtime.getRuntime().maxMemory());
        Process process = context.process(WorkerLoop.task(post, setup))
                .name(options.workerName() + "-" + ++workersStarted)
                .daemon()
                .startMethod(options.startMethod())
                .jvmOptions(jvmOptions)
                .start();
        place.begin(process, begin);
        tally.started(number);
        var _ = process.onExit().thenAccept(exitCode -> reportDeath(number, generation, exitCode));
    }

    private void reportDeath(int number, int generation, int exitCode) {
        try {
            while (!results.offer(Wire.died(number, generation, exitCode))) {
                Thread.onSpinWait(); // full for as long as the pool takes to get something
            }
        } catch (IllegalStateException contextIsClosed) {
            // So is the pool, then.
        }
    }

    /** Notes that the worker of a place is dead, and says how it ended. */
    Deaths bury(Workplace place, int exitCode) {
        String name = Objects.requireNonNull(place.process).name();
        String report = ErrorReports.take(place.pid);
        var death = new Deaths(name, place.pid, exitCode, report, place.doom, place.isHeapFull);
        place.end();
        return death;
    }

    /** What the dead worker of a place had done of its chunk and not reported; null if that is nothing. */
    @Nullable
    Report unsent(Workplace place, Chunk chunk, long position) {
        return journal.take(place.number, chunk, place.reported, position);
    }

    /** Has the pool's thread look at what there is. */
    void wake() {
        try {
            results.offer(Wire.wake());
        } catch (IllegalStateException contextIsClosed) {
            // The pool's thread has seen it too.
        }
    }

    boolean isAnyAlive() {
        return places.stream().anyMatch(Workplace::isAlive);
    }

    boolean isAnyMissing() {
        return places.stream().anyMatch(place -> !place.isAlive());
    }

    /** Whether somebody is there to whom something can be given, now or soon. */
    boolean isAnyAtWork() {
        return places.stream().anyMatch(place -> place.isAlive() && !place.isEnding);
    }

    int handedOut() {
        return places.stream().mapToInt(place -> place.assigned.size()).sum();
    }

    List<Long> pids() {
        return places.stream()
                .filter(Workplace::isAlive)
                .map(place -> place.pid)
                .toList();
    }

    void kill() {
        places.forEach(Workplace::kill);
    }

    /** Gives up what is shared with the workers. */
    void close() {
        try {
            for (Workplace place : places) {
                place.kill();
                place.inbox.close();
                place.parcels.queue.close();
            }
            results.close();
        } catch (IllegalStateException contextIsClosed) {
            // Then all that is gone already.
        }
    }
}
