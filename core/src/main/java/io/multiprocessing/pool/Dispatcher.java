package io.multiprocessing.pool;

import io.multiprocessing.BrokenPoolException;
import io.multiprocessing.Context;
import io.multiprocessing.PoolInsights;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.spi.CurrentWorker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands chunks out to workers and takes their results.
 *
 * <p><b>How.</b> Each worker has an inbox, a queue that the pool puts into and the worker gets from; all workers
 * put what they have done into one queue of results, from which a thread of the pool gets. The pool remembers what
 * it has put into each inbox and not been told the end of: {@link Workplace#assigned}. A worker gets one chunk,
 * works on it, puts its results (of a chunk that takes long, some at a time), and only then gets the next. How
 * many chunks lie in an inbox at once is what {@link Balance} says. Both ends of an inbox are queue ends: when
 * somebody is idle, the pool gets back out of an inbox what its worker has not begun. If a function lay there
 * before a chunk that the worker gets in the same moment, the worker says that it lacks it.
 *
 * <p><b>Loose inputs</b>, those of chunks of one, are many to a message, because a message costs more than a small
 * task; their results come many to a message too. Still each is handed out by itself: the worker moves from one to
 * the next by compare-and-set of its word, so the pool takes back those that it has not begun by marking that
 * word, see {@link Position}. It is in the word which of them has begun, not in a message.
 *
 * <p><b>Death.</b> When a worker is dead, the one who has waited for that puts a message of it into the queue of
 * results. All that the worker has put lies before it, for it is dead. So when the pool gets to that message, the
 * chunks of that worker which are not reported are those that are still in its inbox, from where the pool gets
 * them for others, and at most one more: the one that the worker had got. That one is lost with it. Nothing else
 * can be, and nothing can be reported twice: a chunk is handed out anew only when it came back out of the inbox,
 * so nobody else had got it, or when the worker that had got it is dead and has not reported it.
 *
 * <p>Which of its inputs a worker works on stands in one word of shared memory. If that names an input of the lost
 * chunk, this input has failed, and those around it become chunks again: see {@link Loss}. If not (the worker died
 * while it read the inputs or wrote the results) what is left of the chunk is halved, and each half is a chunk
 * again, so what kills workers is alone at last. The death of a chunk of one input is that input's; it fails, or
 * is handed out again as often as the options say.
 *
 * <p><b>Ending a task.</b> First the inbox is emptied, so that nothing else can begin. Then the worker is told to
 * interrupt just this input, or is killed. A result that it had put before comes before the message of its death,
 * so it counts.
 *
 * <p>Kill points of a worker, which are those of the queues it uses: queue-K4 the chunk is not taken, another gets
 * it. queue-K5 it is taken, nothing is done: it is lost, as the worker's word does not name it. Between them and
 * queue-K1: it is lost, the word names the input. queue-K1 the results are written and not put: it is lost, the
 * word says that all inputs were done. queue-K2 and queue-K3 they are put: it is done. The producers' and
 * consumers' locks of the queues are handed on.
 *
 * <p>When the pool's process dies, its workers, which are daemons, end by themselves.
 *
 * <p>Memory order: that of queues; the word is written before the input is begun and read when its writer is dead.
 *
 * <p>Source: the lost task of Python's {@code Pool} (gh-66587) and the broken pool of its {@code
 * ProcessPoolExecutor} are what this avoids; restart intensity is that of supervisors in Erlang/OTP.
 */
@SuppressWarnings("ReferenceEquality") // a job is itself
final class Dispatcher {
    private static final int BATCH = 1_000;

    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final PoolOptions options;
    private final ClassLoader loader;
    private final Runnable atEnd;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private final Crew crew;
    private final Backlog backlog;
    private final Life life = new Life();
    private final Handout handout;
    private final Reports reports;
    private final Upkeep upkeep;
    private long lastJob;

    Dispatcher(Context context, PoolOptions options, Runnable atEnd) {
        this.options = options;
        this.atEnd = atEnd;
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        this.loader = ofThread == null ? ClassLoader.getSystemClassLoader() : ofThread;
        this.crew = new Crew(context, options);
        this.backlog = new Backlog(loader);
        Balance balance = new Balance(crew.places, options);
        this.handout = new Handout(crew, balance, backlog, life, this::forgetIfDone);
        this.reports = new Reports(crew, backlog, life, options, loader, this::forgetIfDone);
        this.upkeep = new Upkeep(options, crew, balance, backlog, life, reports);
    }

    void start() {
        lock.lock();
        try {
            crew.start();
        } finally {
            lock.unlock();
        }
        Thread.ofPlatform().daemon().name("multiprocessing-pool").start(this::run);
    }

    long newJob() {
        lock.lock();
        try {
            return ++lastJob;
        } finally {
            lock.unlock();
        }
    }

    /** @throws RejectedExecutionException if nothing more is accepted, or not from a task of this pool */
    void requireOpen() {
        if (CurrentWorker.get() instanceof ThisWorker worker && worker.pool() == crew.pool) {
            throw new RejectedExecutionException(
                    "a task can't use the pool that it runs in, for it could wait for itself;"
                            + " it may have a pool of its own");
        }
        lock.lock();
        try {
            life.checkTakesJobs();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes inputs of a job that was begun while the pool was open, each encoded by itself.
     *
     * @throws RejectedExecutionException if the pool has ended
     */
    void submitLoose(Job job, long offset, byte[][] inputs) {
        for (byte[] input : inputs) {
            Wire.checkLength(input);
        }
        submit(job, () -> backlog.addLoose(job, offset, inputs));
    }

    /** As {@link #submitLoose}, of inputs that are to stay together and are encoded as a list. */
    void submitBound(Job job, long offset, int count, byte[] inputs) {
        Wire.checkLength(inputs);
        submit(job, () -> backlog.addBound(job, offset, count, inputs));
    }

    private void submit(Job job, Runnable add) {
        lock.lock();
        try {
            life.checkTakesInputsOf(job);
            add.run();
            handout.assign();
        } finally {
            lock.unlock();
        }
    }

    // ---- the pool's thread

    private void run() {
        List<byte[]> messages = new ArrayList<>();
        List<Runnable> news = new ArrayList<>();
        boolean isOver = false;
        try {
            while (!isOver) {
                receive(messages);
                try {
                    isOver = handle(messages, news);
                } finally {
                    news.forEach(Runnable::run);
                }
                // Until the next message comes nothing of them is kept: results are the user's.
                messages.clear();
                news.clear();
            }
        } catch (InterruptedException | IllegalStateException contextIsClosed) {
            breakPool("the context that the pool lives in is closed", contextIsClosed);
        } catch (RestartIntensity.Exceeded exceeded) {
            stop(exceeded.broken());
        } catch (RuntimeException | Error defect) {
            breakPool("the pool failed: " + defect, defect);
        }
        finish();
    }

    /** Waits for messages, but no longer than until something else has to be done. */
    private void receive(List<byte[]> messages) throws InterruptedException {
        long nanos = patienceNanos();
        byte[] first = nanos == Long.MAX_VALUE ? crew.results.get() : crew.results.poll(nanos, TimeUnit.NANOSECONDS);
        if (first != null) {
            messages.add(first);
            crew.results.drainTo(messages, BATCH);
        }
    }

    private long patienceNanos() {
        lock.lock();
        try {
            return upkeep.patienceNanos();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Does what messages and time bring.
     *
     * @param news to which is added what jobs are to be told without the lock
     * @return whether the pool is at its end
     */
    private boolean handle(List<byte[]> messages, List<Runnable> news) {
        lock.lock();
        try {
            for (byte[] message : messages) {
                reports.handle(message, news);
            }
            upkeep.tick(System.nanoTime());
            handout.assign();
            handout.report(news);
            return isOver();
        } finally {
            lock.unlock();
        }
    }

    // ---- the end of jobs

    /** Nobody wants the results: what has not begun is dropped; what runs is ended if that is wanted. */
    void abandon(Job job, boolean isEnded) {
        job.abandon();
        lock.lock();
        try {
            if (life.hasEnded()) {
                return;
            }
            for (Workplace place : crew.places) {
                if (place.assigned.stream().anyMatch(chunk -> chunk.isOf(job))) {
                    place.giveBack(backlog);
                    Chunk held = place.assigned.peek();
                    if (isEnded && held != null && held.isOf(job) && place.doom == null && place.isAlive()) {
                        long position = Position.of(held.id, Position.WHOLE_CHUNK);
                        place.doom = new Workplace.Doom(
                                Workplace.Reason.CANCELLED, held.id, position, System.nanoTime() + GRACE_NANOS, "");
                        place.interrupt(position);
                    }
                }
            }
            backlog.removeAll(job);
            forget(job);
            crew.wake();
        } catch (IllegalStateException contextIsClosed) {
            // So is the pool, then.
        } finally {
            lock.unlock();
        }
    }

    void forgetIfDone(Job job) {
        if (job.function != null && job.isDone()) {
            job.endGauge();
            lock.lock();
            try {
                forget(job);
            } catch (IllegalStateException contextIsClosed) {
                // So is the pool, then.
            } finally {
                lock.unlock();
            }
        }
    }

    private void forget(Job job) {
        if (!life.hasEnded()) {
            crew.places.forEach(place -> place.forget(job));
        }
    }

    // ---- the end of the pool

    void shutDown() {
        lock.lock();
        try {
            if (life.shutDown()) {
                handout.assign();
                crew.wake();
            }
        } finally {
            lock.unlock();
        }
    }

    /** @return the jobs of which nothing has begun */
    List<Job> terminate() {
        return stop(new CancellationException("the pool was terminated"));
    }

    private List<Job> stop(RuntimeException reason) {
        List<Job> unbegun;
        List<Job> jobs = new ArrayList<>();
        lock.lock();
        try {
            if (!life.terminate(reason)) {
                return List.of();
            }
            upkeep.terminated();
            for (Workplace place : crew.places) {
                giveBackQuietly(place);
                place.assigned.forEach(chunk -> jobs.add(chunk.job));
                if (place.process != null) {
                    place.isEnding = true;
                    place.process.terminate();
                }
            }
            unbegun = backlog.clear();
            crew.wake();
        } finally {
            lock.unlock();
        }
        jobs.addAll(unbegun);
        jobs.stream().distinct().forEach(job -> job.end(Life.again(reason)));
        return unbegun;
    }

    private void giveBackQuietly(Workplace place) {
        try {
            place.giveBack(backlog);
        } catch (IllegalStateException contextIsClosed) {
            // What is assigned stays so, which is as good now.
        }
    }

    private void breakPool(String message, Throwable cause) {
        stop(new BrokenPoolException(message, cause));
    }

    private boolean isOver() {
        return !life.isOpen() && (life.isTerminated() || backlog.isEmpty()) && !crew.isAnyAlive();
    }

    private void finish() {
        lock.lock();
        try {
            life.end();
            crew.close();
        } finally {
            lock.unlock();
            atEnd.run();
            ended.countDown();
        }
    }

    // ---- questions

    boolean isShutDown() {
        lock.lock();
        try {
            return !life.isOpen();
        } finally {
            lock.unlock();
        }
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    boolean awaitEnd(long nanos) throws InterruptedException {
        return ended.await(nanos, TimeUnit.NANOSECONDS);
    }

    PoolInsights insights() {
        lock.lock();
        try {
            return crew.tally.snapshot(crew.places);
        } finally {
            lock.unlock();
        }
    }

    List<Long> pids() {
        lock.lock();
        try {
            return crew.pids();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        lock.lock();
        try {
            return crew.pids().size() + " of " + options.size() + " workers, " + crew.handedOut()
                    + " chunks handed out, " + backlog.units() + " waiting"
                    + life;
        } finally {
            lock.unlock();
        }
    }
}
