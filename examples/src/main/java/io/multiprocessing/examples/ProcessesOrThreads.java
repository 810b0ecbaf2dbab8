package io.multiprocessing.examples;

import io.multiprocessing.Context;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import io.multiprocessing.Task;
import java.util.ArrayList;
import java.util.List;

/**
 * Processes or threads? One program, and only the name that opens the context says which: threads, virtual threads or
 * processes. Four workers share one job, once work that computes and once work that waits, as for a disk or a server. Both
 * times the result is the same everywhere; the times are those of this machine. What waits is as fast everywhere, and
 * threads start sooner; what computes is as fast in threads, for a JVM's threads use all cores, but only processes can be
 * killed, have a heap of their own, and don't take the others along when they crash.
 *
 * <p>The Python idea: {@code multiprocessing} and {@code multiprocessing.dummy}.
 */
public final class ProcessesOrThreads {
    private static final int WORKERS = 4;
    private static final int NUMBERS_EACH = 50_000;
    private static final int WAITS_EACH = 5;
    private static final long WAIT_MILLIS = 4;

    private ProcessesOrThreads() {}

    public static void main(String[] args) throws InterruptedException {
        for (var place : List.of("threads:", "threads:?virtual=true", "local:")) {
            try (var mp = Multiprocessing.open(place)) {
                computes(place, mp);
                waits(place, mp);
            }
        }
    }

    /** How many primes are there below 200,000? Each worker looks at a quarter of the numbers. */
    private static void computes(String place, Context mp) throws InterruptedException {
        var primes = mp.intValue(0);
        long millis = time(mp, worker -> () -> {
            int found = 0;
            for (int i = 0; i < NUMBERS_EACH; i++) {
                if (isPrime(i * WORKERS + worker)) {
                    found++;
                }
            }
            primes.add(found);
        });
        System.out.println(place + " computes: " + primes.get() + " primes in " + millis + " ms");
    }

    /** Each worker gets five answers, and waits for each. */
    private static void waits(String place, Context mp) throws InterruptedException {
        var answers = mp.intValue(0);
        long millis = time(mp, worker -> () -> {
            for (int i = 0; i < WAITS_EACH; i++) {
                Thread.sleep(WAIT_MILLIS);
                answers.increment();
            }
        });
        System.out.println(place + " waits: " + answers.get() + " answers in " + millis + " ms");
    }

    private static long time(Context mp, Job job) throws InterruptedException {
        long begin = System.nanoTime();
        var workers = new ArrayList<Process>();
        for (int worker = 0; worker < WORKERS; worker++) {
            workers.add(mp.process(job.of(worker)).start());
        }
        for (var worker : workers) {
            worker.join();
        }
        return (System.nanoTime() - begin) / 1_000_000;
    }

    private static boolean isPrime(int number) {
        for (int divisor = 2; (long) divisor * divisor <= number; divisor++) {
            if (number % divisor == 0) {
                return false;
            }
        }
        return number > 1;
    }

    /** What each worker does. */
    private interface Job {
        Task of(int worker);
    }
}
