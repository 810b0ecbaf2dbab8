package io.multiprocessing.pool;

import io.multiprocessing.BrokenPoolException;
import io.multiprocessing.Context;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.ProcessStartException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hands chunks out to workers and takes their results.
 *
 * <p><b>How.</b> Each worker has an inbox, a queue that the pool puts into and the worker gets from; all workers put what
 * they have done into one queue of results, from which a thread of the pool gets. The pool remembers what it has put into
 * each inbox and not been told the end of: {@link Workplace#assigned}. A worker gets one chunk, works on it, puts its
 * results (of a chunk that takes long, some at a time), and only then gets the next. How many chunks lie in an inbox at once is what
 * {@link Balance} says. Both ends of an inbox are queue ends: when somebody is idle, the pool gets back out of an inbox what
 * its worker has not begun.
 *
 * <p><b>Death.</b> When a worker is dead, the one who has waited for that puts a message of it into the queue of results. All that the worker
 * has put lies before it, for it is dead. So when the pool gets to that message, the chunks of that worker which are not
 * reported are those that are still in its inbox, from where the pool gets them for others, and at most one more: the
 * one that the worker had got. That one is lost with it. Nothing else can be, and nothing can be reported twice: a chunk is
 * handed out anew only when it came back out of the inbox, so nobody else had got it, or when the worker that had got it is dead
 * and has not reported it.
 *
 * <p>Which of its inputs a worker works on stands in one word of shared memory. If that names an input of the lost chunk, this
 * input has failed, and those around it become chunks again: see {@link Loss}. If not (the worker died while it read the inputs or wrote the results)
 * what is left of the chunk is halved, and each half is a chunk again, so what kills workers is alone at last. The death of a chunk of
 * one input is that input's; it fails, or is handed out again as often as the options say.
 *
 * <p><b>Ending a task.</b> First the inbox is emptied, so that nothing else can begin. Then the worker is told to interrupt just this
 * input, or is killed. A result that it had put before comes before the message of its death, so it counts.
 *
 * <p>Kill points of a worker, which are those of the queues it uses: queue-K4 the chunk is not taken, another gets it. queue-K5
 * it is taken, nothing is done: it is lost, as the worker's word does not name it. Between them and queue-K1: it is lost, the word
 * names the input. queue-K1 the results are written and not put: it is lost, the word says that all inputs were done.
 * queue-K2 and queue-K3 they are put: it is done. The producers' and consumers' locks of the queues are handed on.
 *
 * <p>When the pool's process dies, its workers, which are daemons, end by themselves.
 *
 * <p>Memory order: that of queues; the word is written before the input is begun and read when its writer is dead.
 *
 * <p>Source: the lost task of Python's {@code Pool} (gh-66587) and the broken pool of its {@code ProcessPoolExecutor} are
 * what this avoids; restart intensity is that of supervisors in Erlang/OTP.
 */
@SuppressWarnings("ReferenceEquality") // a job is itself
final class Dispatcher {
    /** What ends a pool. */
    private enum State {
        OPEN,
        SHUT_DOWN,
        TERMINATED,
        ENDED
    }

    private static final int LARGEST_MESSAGE = 1 << 29;
    private static final int BATCH = 1_000;

    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long END_GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final PoolOptions options;
    private final ClassLoader loader;
    private final Runnable atEnd;
    private final long tickNanos;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private final Crew crew;
    private final Balance balance;
    private final Backlog backlog;
    private final Limits limits;
    private final RestartIntensity restarts;
    private State state = State.OPEN;
    private @Nullable RuntimeException breakReason;
    private long lastJob;
    private long killAllAtNanos;

    Dispatcher(Context context, PoolOptions options, Runnable atEnd) {
        this.options = options;
        this.atEnd = atEnd;
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        this.loader = ofThread == null ? ClassLoader.getSystemClassLoader() : ofThread;
        this.crew = new Crew(context, options);
        this.balance = new Balance(crew.places, options);
        this.backlog = new Backlog(loader);
        this.limits = new Limits(options, backlog);
        this.restarts = new RestartIntensity(options);
        this.tickNanos = limits.tickNanos();
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

    /** @throws RejectedExecutionException if nothing more is accepted */
    void requireOpen() {
        lock.lock();
        try {
            checkAccepts();
        } finally {
            lock.unlock();
        }
    }

    private void checkAccepts() {
        if (breakReason instanceof BrokenPoolException broken) {
            throw new BrokenPoolException(
                    Objects.requireNonNullElse(broken.getMessage(), ""),
                    Objects.requireNonNullElse(broken.getCause(), broken));
        }
        if (state != State.OPEN) {
            throw new RejectedExecutionException("the pool is "
                    + (state == State.SHUT_DOWN ? "shut down" : "terminated") + ": it takes no more tasks");
        }
    }

    /**
     * Takes a chunk of a job that was begun while the pool was open.
     *
     * @throws RejectedExecutionException if the pool has ended
     */
    void submit(Job job, long offset, int count, byte[] payload) {
        if (payload.length > LARGEST_MESSAGE) {
            throw new IllegalArgumentException("inputs of " + payload.length
                    + " bytes are too large to be sent at once, which takes at most " + LARGEST_MESSAGE
                    + "; use a shared array");
        }
        lock.lock();
        try {
            if (breakReason != null) {
                throw again(breakReason);
            }
            if (state == State.ENDED || (state == State.SHUT_DOWN && job instanceof StreamJob)) {
                checkAccepts(); // inputs that had not been read were not submitted
            }
            backlog.add(job, offset, count, payload);
            assign();
        } finally {
            lock.unlock();
        }
    }

    /** Puts what waits into inboxes, as far as there is room. */
    private void assign() {
        for (Chunk next = backlog.peek(); next != null; next = backlog.peek()) {
            Workplace place = balance.leastBusy(next.message.length);
            if (place == null || !place.hand(next)) {
                break;
            }
            backlog.remove();
            if (balance.isSpent(place)) {
                place.finish();
            }
        }
        if (state == State.SHUT_DOWN && backlog.isEmpty()) {
            endIdle();
        }
    }

    private void endIdle() {
        for (Workplace place : crew.places) {
            if (place.assigned.isEmpty() && place.doom == null) {
                place.finish();
            }
        }
    }

    // ---- the pool's thread

    private void run() {
        List<byte[]> messages = new ArrayList<>();
        List<Runnable> news = new ArrayList<>();
        try {
            while (true) {
                messages.clear();
                byte[] first = receive();
                if (first != null) {
                    messages.add(first);
                    crew.results.drainTo(messages, BATCH);
                }
                news.clear();
                lock.lock();
                try {
                    for (byte[] message : messages) {
                        handle(message, news);
                    }
                    tick(System.nanoTime());
                    assign();
                    if (isOver()) {
                        break;
                    }
                } finally {
                    lock.unlock();
                }
                news.forEach(Runnable::run);
            }
            news.forEach(Runnable::run);
        } catch (InterruptedException | IllegalStateException contextIsClosed) {
            breakPool("the context that the pool lives in is closed", contextIsClosed);
        } catch (RuntimeException | Error defect) {
            breakPool("the pool failed: " + defect, defect);
        }
        finish();
    }

    private byte @Nullable [] receive() throws InterruptedException {
        long nanos = patience();
        return nanos == Long.MAX_VALUE ? crew.results.get() : crew.results.poll(nanos, TimeUnit.NANOSECONDS);
    }

    /** How long nothing has to be looked at but messages. */
    private long patience() {
        lock.lock();
        try {
            boolean isIdle = false;
            boolean isAhead = false;
            boolean isDoomed = state == State.TERMINATED;
            for (Workplace place : crew.places) {
                isDoomed |= place.doom != null || place.isEnding;
                isIdle |= place.isReady && place.assigned.isEmpty() && !place.isEnding;
                isAhead |= place.assigned.size() > 1;
            }
            if (isIdle && isAhead) {
                return Balance.STEAL_NANOS;
            }
            boolean isAnyToReplace = crew.isAnyMissing() && (state == State.OPEN || !backlog.isEmpty());
            return isDoomed || limits.isAny() || isAnyToReplace ? tickNanos : Long.MAX_VALUE;
        } finally {
            lock.unlock();
        }
    }

    private void handle(byte[] message, List<Runnable> news) {
        ByteBuffer in = ByteBuffer.wrap(message);
        byte kind = in.get();
        if (kind == Wire.WAKE) {
            return;
        }
        Workplace place = crew.places.get(in.getInt());
        if (in.getInt() != place.generation || !place.isAlive()) {
            return;
        }
        place.heardNanos = System.nanoTime();
        switch (kind) {
            case Wire.READY -> place.isReady = true;
            case Wire.DONE -> done(place, in, message, news);
            case Wire.UNFIT ->
                place.unfit = Failures.decode(message, Wire.UNFIT_HEADER, message.length - Wire.UNFIT_HEADER, loader);
            case Wire.DIED -> died(place, in.getInt(), news);
            default -> throw new AssertionError("a worker sent a message of an unknown kind: " + kind);
        }
    }

    private void done(Workplace place, ByteBuffer in, byte[] message, List<Runnable> news) {
        long id = in.getLong();
        long workedNanos = in.getLong();
        in.getLong();
        int from = in.getInt();
        int to = in.getInt();
        Chunk chunk = place.assigned.peek();
        if (chunk == null || chunk.id != id || from != place.reported) {
            throw new AssertionError("a worker reported inputs from " + from + " of chunk " + id);
        }
        Set<Integer> interrupted = place.interrupted.isEmpty() ? Set.of() : Set.copyOf(place.interrupted);
        boolean isAll = place.report(chunk, to, workedNanos);
        news.add(() -> {
            new Delivery(
                            chunk,
                            from,
                            to,
                            message,
                            loader,
                            (index, failure) -> judge(interrupted, chunk, index, failure))
                    .deliver();
            if (isAll) {
                forgetIfDone(chunk.job);
            }
        });
    }

    private Throwable judge(Set<Integer> interrupted, Chunk chunk, int index, Throwable failure) {
        return interrupted.contains(index)
                ? Deaths.outOfTime(chunk, index, options.softTimeLimit().orElseThrow(), failure, loader)
                : failure;
    }

    private void died(Workplace place, int exitCode, List<Runnable> news) {
        boolean wasReady = place.isReady;
        boolean wasAsked = place.isEnding || place.isKilled;
        long position = place.position();
        Deaths death = crew.bury(place, exitCode);
        backlog.addFirst(place.takeBack());
        Chunk lost = place.assigned.poll();
        int reported = place.reported;
        place.reported = 0;
        if (state == State.TERMINATED) {
            return;
        }
        if (lost != null && !lost.job.isAbandoned()) {
            lose(new Loss(lost, reported, position, death), news);
        }
        if (!wasReady && !wasAsked) {
            startFailed(Objects.requireNonNullElse(
                    place.unfit,
                    new IllegalStateException("the worker " + death.name() + ", pid " + death.pid()
                            + ", ended with exit code " + exitCode + " before it was ready")));
        }
        replace(place);
    }

    private void lose(Loss loss, List<Runnable> news) {
        Chunk lost = loss.chunk();
        backlog.addFirst(loss.remains(
                backlog,
                options.retries(),
                index -> news.add(() -> {
                    Throwable failure = loss.death().exception(lost, index, loss.position(), options, loader);
                    lost.job.failed(lost.offset + index, failure);
                    forgetIfDone(lost.job);
                })));
    }

    private void replace(Workplace place) {
        boolean isNeeded =
                state == State.OPEN || (state == State.SHUT_DOWN && !backlog.isEmpty() && !crew.isAnyAtWork());
        if (!isNeeded || breakReason != null) {
            return;
        }
        try {
            crew.start(place);
        } catch (ProcessStartException refused) {
            startFailed(refused);
        }
    }

    private void startFailed(Throwable cause) {
        if (restarts.isExceeded()) {
            breakPool("the pool has given up: " + restarts + "; the last because of " + cause, cause);
        }
    }

    // ---- what time brings

    private void tick(long now) {
        if (state == State.TERMINATED && now - killAllAtNanos > 0) {
            crew.kill();
        }
        for (Workplace place : crew.places) {
            if (!place.isAlive()) {
                replace(place);
            } else if (!place.isKilled) {
                look(place, now);
            }
        }
        limits.look(crew.places, now);
        if (backlog.isEmpty()) {
            share(now);
        }
    }

    /** Kills who was to end and does not. */
    private void look(Workplace place, long now) {
        Workplace.Doom doom = place.doom;
        if (doom != null) {
            if (place.assigned.isEmpty()) {
                place.doom = null;
            } else if (now - doom.killAtNanos() > 0) {
                place.kill();
            }
        } else if (place.isEnding && place.assigned.isEmpty() && now - place.heardNanos > END_GRACE_NANOS) {
            if (options.exitHook().isEmpty()) {
                place.kill(); // a thread that a task has left behind keeps it
            }
        }
    }

    /** Gets back what lies before a worker that takes its time, for those who have nothing to do. */
    private void share(long now) {
        Workplace busiest = balance.isAnyIdle() ? balance.busiest(now) : null;
        if (busiest != null) {
            backlog.addFirst(busiest.takeBack());
            busiest.heardNanos = now;
        }
    }

    // ---- the end of jobs

    /** Nobody wants the results: what has not begun is dropped; what runs is ended if that is wanted. */
    void abandon(Job job, boolean isEnded) {
        job.abandon();
        lock.lock();
        try {
            if (state == State.ENDED) {
                return;
            }
            for (Workplace place : crew.places) {
                if (place.assigned.stream().anyMatch(chunk -> chunk.isOf(job))) {
                    backlog.addFirst(place.takeBack());
                    Chunk held = place.assigned.peek();
                    if (isEnded && held != null && held.isOf(job) && place.doom == null && place.isAlive()) {
                        long position = Wire.position(held.id, CurrentTask.WHOLE_CHUNK);
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
        if (state != State.ENDED) {
            crew.places.forEach(place -> place.forget(job));
        }
    }

    // ---- the end of the pool

    void shutDown() {
        lock.lock();
        try {
            if (state == State.OPEN) {
                state = State.SHUT_DOWN;
                assign();
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
            if (state == State.TERMINATED || state == State.ENDED) {
                return List.of();
            }
            state = State.TERMINATED;
            breakReason = reason;
            killAllAtNanos = System.nanoTime() + END_GRACE_NANOS;
            for (Workplace place : crew.places) {
                backlog.addFirst(takeBackQuietly(place));
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
        jobs.stream().distinct().forEach(job -> job.ended(again(reason)));
        return unbegun;
    }

    private static List<Chunk> takeBackQuietly(Workplace place) {
        try {
            return place.takeBack();
        } catch (IllegalStateException contextIsClosed) {
            return List.of(); // what is assigned stays so, which is as good now
        }
    }

    private static RuntimeException again(RuntimeException reason) {
        return reason instanceof BrokenPoolException broken
                ? new BrokenPoolException(
                        Objects.requireNonNullElse(broken.getMessage(), ""),
                        Objects.requireNonNullElse(broken.getCause(), broken))
                : new CancellationException(reason.getMessage());
    }

    private void breakPool(String message, Throwable cause) {
        stop(new BrokenPoolException(message, cause));
    }

    private boolean isOver() {
        return state != State.OPEN && (state == State.TERMINATED || backlog.isEmpty()) && !crew.isAnyAlive();
    }

    private void finish() {
        lock.lock();
        try {
            state = State.ENDED;
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
            return state != State.OPEN;
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
                    + " chunks handed out, " + backlog.size() + " waiting"
                    + switch (state) {
                        case OPEN -> "";
                        case SHUT_DOWN -> ", shut down";
                        case TERMINATED -> ", terminated";
                        case ENDED -> ", ended";
                    };
        } finally {
            lock.unlock();
        }
    }
}
