package io.multiprocessing.pool;

import io.multiprocessing.Context;
import io.multiprocessing.PoolInsights;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.spi.CurrentWorker;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

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
 * <p><b>Where what is.</b> This is what the pool's users reach. {@link PoolThread} does what messages and time bring, by {@link
 * Reports}, {@link Upkeep} and {@link Handout}; {@link JobEnd} and {@link PoolEnd} are the ends of a job and of the pool.
 *
 * <p>Memory order: that of queues; the word is written before the input is begun and read when its writer is dead.
 *
 * <p>Source: the lost task of Python's {@code Pool} (gh-66587) and the broken pool of its {@code
 * ProcessPoolExecutor} are what this avoids; restart intensity is that of supervisors in Erlang/OTP.
 */
final class Dispatcher {
    private final PoolOptions options;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private final Crew crew;
    private final Backlog backlog;
    private final Streams streams = new Streams();
    private final Life life = new Life();
    private final Handout handout;
    private long lastJob;

    private final Telling telling = new Telling();

    // These take it themselves.
    private final JobEnd jobEnd;
    private final PoolEnd end;
    private final PoolThread thread;

    /** @param atEnd is told of this when all workers have ended */
    Dispatcher(Context context, PoolOptions options, Consumer<Dispatcher> atEnd) {
        this.options = options;
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = ofThread == null ? ClassLoader.getSystemClassLoader() : ofThread;
        this.crew = new Crew(context, options);
        this.backlog = new Backlog(loader);
        this.jobEnd = new JobEnd(lock, crew, backlog, streams, life);
        Balance balance = new Balance(crew.places, options);
        this.handout = new Handout(crew, balance, backlog, streams, life, jobEnd::forgetIfDone);
        Reports reports = new Reports(crew, backlog, life, options, loader, jobEnd::forgetIfDone);
        Upkeep upkeep = new Upkeep(options, crew, balance, backlog, life, reports);
        this.end = new PoolEnd(lock, crew, backlog, streams, life, handout, upkeep, telling, () -> atEnd.accept(this));
        this.thread = new PoolThread(lock, crew.results, reports, upkeep, handout, end);
    }

    void start() {
        lock.lock();
        try {
            crew.start();
        } finally {
            lock.unlock();
        }
        thread.start();
    }

    /** By which results are told. */
    Telling telling() {
        return telling;
    }

    // ---- what is to be done

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
     * Of a job whose inputs are read while it goes on, until {@link #allRead} or {@link #abandon}.
     *
     * @throws RejectedExecutionException if nothing more is accepted
     */
    void begin(StreamJob<?> job) {
        lock.lock();
        try {
            life.checkTakesJobs();
            streams.add(job);
        } finally {
            lock.unlock();
        }
    }

    void allRead(StreamJob<?> job) {
        jobEnd.allRead(job);
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
            if (life.isShutDown()) {
                crew.wake(); // a worker that has died since was not replaced
            }
        } finally {
            lock.unlock();
        }
    }

    /** Nobody wants the results: what has not begun is dropped; what runs is ended if that is wanted. */
    void abandon(Job job, boolean isEnded) {
        jobEnd.abandon(job, isEnded);
    }

    void forgetIfDone(Job job) {
        jobEnd.forgetIfDone(job);
    }

    // ---- the end

    void shutDown() {
        end.shutDown();
    }

    /** @return the jobs of which nothing has begun */
    List<Job> terminate() {
        return end.stop(new CancellationException("the pool was terminated"));
    }

    boolean hasEnded() {
        return end.isReached();
    }

    void awaitEnd() throws InterruptedException {
        end.await();
    }

    boolean awaitEnd(long nanos) throws InterruptedException {
        return end.await(nanos);
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
