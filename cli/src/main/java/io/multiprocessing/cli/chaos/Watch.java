package io.multiprocessing.cli.chaos;

import io.multiprocessing.Process;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks whether the steady processes go on with everything, and now and then stops one of them for a while: a stopped
 * process is alive, and nothing may be taken from it.
 */
final class Watch implements Runnable {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Who comes so late was kept from running, and so, perhaps, was everybody else. */
    private static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long STOOD_STILL_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long LONGEST_STOP_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long COMES_TO_WORK_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int STOPS_ONE_IN = 15;

    private final Crew crew;
    private final Tally tally;
    private final List<Process> steady;
    private final List<Storm> storms;
    private final SplittableRandom random;
    private final long[][] operations;
    private final long[][] since;
    private final MachineTime time = new MachineTime();

    Watch(Crew crew, Tally tally, List<Process> steady, List<Storm> storms, SplittableRandom random) {
        this.crew = crew;
        this.tally = tally;
        this.steady = steady;
        this.storms = storms;
        this.random = random;
        this.operations = new long[steady.size()][storms.size()];
        this.since = new long[operations.length][storms.size()];
    }

    @Override
    public void run() {
        begin();
        long lookedAt = System.nanoTime();
        while (!crew.isOver()) {
            LockSupport.parkNanos(LOOK_NANOS);
            long now = System.nanoTime();
            long late = now - lookedAt - LOOK_NANOS;
            if (late > BUSY_NANOS) {
                tally.stoodStill();
            }
            if (late > STOOD_STILL_NANOS) {
                begin();
            }
            time.look();
            tally.slowness(time.slowness());
            look(time.nanos());
            lookedAt = System.nanoTime();
            if (random.nextInt(STOPS_ONE_IN) == 0) {
                Process stopped = steady.get(random.nextInt(steady.size()));
                if (stopped.isAlive()) {
                    Berth.stop(stopped, random.nextLong(LONGEST_STOP_NANOS));
                    lookedAt = System.nanoTime();
                }
            }
        }
    }

    private void begin() {
        for (long[] place : since) {
            Arrays.fill(place, time.nanos());
        }
    }

    /** @param now in the machine's time */
    private void look(long now) {
        for (int place = 0; place < operations.length; place++) {
            for (int storm = 0; storm < storms.size(); storm++) {
                long done = tally.operations(storm, place);
                if (!Worker.isAtWork(storms.get(storm), place) || done != operations[place][storm]) {
                    operations[place][storm] = done;
                    since[place][storm] = now;
                } else if (now - since[place][storm] > patienceNanos(done, storms.get(storm))) {
                    since[place][storm] = now;
                    crew.standsStill(storm, steady.get(place));
                }
            }
        }
    }

    private static long patienceNanos(long done, Storm storm) {
        return Math.max(storm.patience().toNanos(), done == 0 ? COMES_TO_WORK_NANOS : 0);
    }
}
