package io.multiprocessing.local.process;

import io.multiprocessing.Task;
import io.multiprocessing.local.os.Launch;
import io.multiprocessing.local.os.Launch.Redirect;
import io.multiprocessing.local.os.Signals;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The stand-by JVMs of one context, as its process sees them: started, with the library loaded and rehearsed, waiting for
 * a task. To start a process is then to hand its task to one of them.
 *
 * <p><b>How many.</b> None until the context starts a process after another one of its has ended: only then do processes
 * come and go. From then on one, and one more each time a process finds none, up to the most that is allowed. One less after
 * each 10 s in which no process was started, or as many milliseconds as the system property {@code
 * multiprocessing.standby.idleMillis} says. They are started one after the other, and not within 250 ms
 * of a start, or as {@code multiprocessing.standby.delayMillis} says, so that they do not take the processors from the task. A lower priority would be better, but only a
 * privileged process could give it up again.
 *
 * <p><b>For whom.</b> A stand-by JVM has the class path, options, environment and directory of its parent, so a process
 * that is to have others is started cold. Standard streams can be exchanged: the JVM opens its new ones itself.
 *
 * <p><b>The states of a stand-by JVM</b>, in the order in which it passes them:
 *
 * <pre>
 *  starting   it has answered nothing       it belongs to the stock
 *  ready      it has answered READY         it belongs to the stock
 *  ordered    the order is written          it belongs to a start() that waits for the answer
 *  taken      it has answered TAKEN         it is the process
 * </pre>
 *
 * <p>The answer TAKEN commits: the JVM writes it when it has its place in the context, and before it reads the task. So
 * when it is gone without this answer nothing of the task was run, and {@code start()} goes to the next one or starts
 * cold; once the answer was given, the JVM is the process, its end is the end of the process, and nothing is tried again.
 * A task is never run twice. A JVM that does not answer within 5 s, because it is stopped, is killed first; {@code
 * multiprocessing.standby.patienceMillis} says another time.
 *
 * <p>Kill points: of the parent, standby-K1 the place is reserved, the order is not written: the JVM finds the control
 * pipe ended, and ends; the place goes as after any death of a parent. standby-K2 the order is written: as
 * if the parent had died when it had started the process. Of the stand-by JVM: standby-K6 its undertaker is there, and the parent does not know of it: it ends as it
 * would, and stays in the system's list of processes, with nothing but its pid, until the parent ends. standby-K3 the order is read: the process is
 * started otherwise. standby-K4 it has its place, and has not answered: the same, with another place; this one's member is dead
 * and held nothing. standby-K5 it has answered: the process was killed before its task began.
 *
 * <p>No stand-by JVM survives its parent: it reads the control pipe, which ends with the parent, however that went.
 *
 * <p>Memory order: the two pipes order all; what the parent wrote to files and memory before the order is seen by who has
 * read it.
 *
 * <p>Source: CPython, {@code Lib/multiprocessing/forkserver.py}, for the idea of a process that was prepared.
 */
public final class StandBy {
    private static final String DELAY_PROPERTY = "multiprocessing.standby.delayMillis";
    private static final long DELAY_MILLIS = 250;
    private static final String IDLE_PROPERTY = "multiprocessing.standby.idleMillis";
    private static final long IDLE_MILLIS = 10_000;
    private static final int FAILURES_TO_GIVE_UP = 3;

    private static final int MOST_ORIGINS = 16;
    private static final Redirect.Inherit INHERIT = new Redirect.Inherit();

    private final ProcessHost host;
    private final int most;
    private final long delayNanos = nanos(DELAY_PROPERTY, DELAY_MILLIS);
    private final long idleNanos = nanos(IDLE_PROPERTY, IDLE_MILLIS);

    // Guarded by this.
    private final Deque<Spare> ready = new ArrayDeque<>();
    private final List<ChildJvm> dying = new ArrayList<>();
    private final List<ChildJvm> handedOver = new ArrayList<>();
    private final SequencedSet<String> origins = new LinkedHashSet<>();
    private List<String> preloaded = List.of();
    private @Nullable Spare starting;
    private @Nullable Thread keeper;
    private int wanted;
    private int failures;
    private boolean hasTurnover;
    private boolean isClosed;
    private long lastStartNanos;
    private long lastIdleNanos;

    /** @param most how many there are at most; none if 0 */
    public StandBy(ProcessHost host, int most) {
        this.host = host;
        this.most = most;
    }

    private static long nanos(String property, long millis) {
        return TimeUnit.MILLISECONDS.toNanos(Math.max(0, Long.getLong(property, millis)));
    }

    public int most() {
        return most;
    }

    /** The classes that are loaded ahead, from now on. */
    public synchronized void preload(List<String> classes) {
        preloaded = List.copyOf(classes);
        dropTheUnfit();
        notifyAll();
    }

    /** A process of the context has ended. */
    synchronized void processEnded() {
        hasTurnover = true;
    }

    private void noteOrigin(Task task) {
        origins.addLast(Ahead.origin(task));
        if (origins.size() > MOST_ORIGINS) {
            origins.removeFirst();
        }
    }

    /**
     * One that is ready; null if there is none. A process is about to be started, which is noted for how many are kept.
     */
    synchronized @Nullable Spare take(Task task) {
        noteOrigin(task);
        if (most == 0 || isClosed) {
            return null;
        }
        dropTheUnfit();
        Spare taken = ready.pollFirst();
        lastStartNanos = System.nanoTime();
        lastIdleNanos = lastStartNanos;
        if (hasTurnover && failures < FAILURES_TO_GIVE_UP) {
            wanted = Math.clamp(taken == null ? wanted + 1L : wanted, 1, most);
            keep();
        }
        return taken;
    }

    /** Those that have died, and those that were started where the settings that all children inherit were others. */
    void dropTheUnfit() {
        Surroundings now = null;
        for (var all = ready.iterator(); all.hasNext(); ) {
            Spare spare = all.next();
            now = now == null ? Surroundings.now(preloaded) : now;
            if (!spare.isFit(now)) {
                all.remove();
                drop(spare.jvm());
            }
        }
    }

    /** Ends one that nobody needs. */
    synchronized void drop(ChildJvm jvm) {
        if (dying.contains(jvm)) {
            return;
        }
        dying.removeIf(ChildJvm::isBuried);
        dying.add(jvm);
        jvm.signal(Signals.SIGKILL);
        jvm.whenEnded(Understudy.ARGUMENT, status -> {
            jvm.closeChannels();
            jvm.bury();
        });
    }

    /** It is a process of the user's now. */
    synchronized void handedOver(ChildJvm jvm) {
        handedOver.removeIf(ChildJvm::isBuried);
        handedOver.add(jvm);
    }

    private void keep() {
        if (keeper == null) {
            keeper = Thread.ofPlatform()
                    .daemon()
                    .name("multiprocessing-stand-by")
                    .start(this::work);
        } else {
            notifyAll();
        }
    }

    private void work() {
        try {
            for (Spare next = nextToStart(); next != null; next = nextToStart()) {
                started(next, next.awaitReady());
            }
        } catch (InterruptedException nobodyDoes) {
            close();
        }
    }

    /** Waits until one more is to be started, and starts it; null if there is nothing left to do. */
    private synchronized @Nullable Spare nextToStart() throws InterruptedException {
        while (!isClosed && (wanted > 0 || !ready.isEmpty())) {
            long now = System.nanoTime();
            long untilIdle = lastIdleNanos + idleNanos - now;
            long untilStart = lastStartNanos + delayNanos - now;
            dropTheUnfit();
            if (untilIdle <= 0) {
                lastIdleNanos = now;
                wanted = Math.max(0, wanted - 1);
                while (ready.size() > wanted) {
                    drop(ready.removeLast().jvm());
                }
            } else if (ready.size() >= wanted) {
                TimeUnit.NANOSECONDS.timedWait(this, untilIdle);
            } else if (untilStart > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, untilStart);
            } else {
                Spare spare = start();
                if (spare != null) {
                    return spare;
                }
            }
        }
        keeper = null;
        return null;
    }

    private @Nullable Spare start() {
        try {
            Surroundings surroundings = Surroundings.now(preloaded);
            List<String> arguments = new ArrayList<>();
            arguments.add(host.registry().folder().toString());
            arguments.add(Understudy.ARGUMENT);
            arguments.addAll(preloaded);
            arguments.add(Understudy.MAY_COME);
            arguments.addAll(origins);
            var launch = new Launch(
                    CommandLine.of(host.bootstrap(), List.of(), System.getenv(), arguments),
                    null,
                    null,
                    new Redirect.Discard(),
                    INHERIT,
                    INHERIT,
                    true,
                    true);
            starting = new Spare(this, ChildJvm.start(launch, Understudy.ARGUMENT), surroundings);
        } catch (IOException | RuntimeException refused) {
            failed(refused);
        }
        return starting;
    }

    private synchronized void started(Spare spare, boolean isReady) {
        starting = null;
        if (isClosed || !isReady) {
            drop(spare.jvm());
            if (!isClosed) {
                failed(null);
            }
        } else {
            failures = 0;
            lastIdleNanos = System.nanoTime(); // it came as it was wanted: it has its time to be asked for
            ready.addLast(spare);
        }
    }

    /** They are never needed: who starts a process that can't be started is told so. */
    private void failed(@Nullable Exception cause) {
        failures++;
        if (failures == FAILURES_TO_GIVE_UP) {
            wanted = 0;
            // Not a constant: every child has a stock, and a logger costs a fresh JVM 15 ms.
            Logger logger = System.getLogger("io.multiprocessing");
            logger.log(Level.WARNING, "this context keeps no stand-by JVMs any more: they do not come up", cause);
        }
    }

    /**
     * Ends all of them. From now on there are none. Waits until nothing is left of them, nor of the processes that they became
     * and that have ended.
     */
    public void close() {
        List<ChildJvm> ending;
        synchronized (this) {
            isClosed = true;
            Spare one = starting;
            if (one != null) {
                drop(one.jvm());
            }
            for (Spare spare : ready) {
                drop(spare.jvm());
            }
            ready.clear();
            ending = List.copyOf(dying);
            notifyAll();
        }
        for (ChildJvm jvm : ending) {
            jvm.awaitEnd();
            jvm.buryNow();
        }
        buryTheEnded();
    }

    /** Waits until nothing is left of the processes that were on stand-by and have ended. */
    public void buryTheEnded() {
        List<ChildJvm> all;
        synchronized (this) {
            all = List.copyOf(handedOver);
        }
        for (ChildJvm jvm : all) {
            if (jvm.hasEnded()) {
                jvm.buryNow();
            }
        }
    }

    /** How many there are that could take a task now; nothing if there are none. */
    @Override
    public synchronized String toString() {
        dropTheUnfit();
        return ready.isEmpty() ? "" : ", " + ready.size() + " on stand-by";
    }
}
