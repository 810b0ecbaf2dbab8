package io.multiprocessing.pool;

import io.multiprocessing.BrokenPoolException;
import io.multiprocessing.Context;
import io.multiprocessing.LongArray;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.Process;
import io.multiprocessing.ProcessStartException;
import io.multiprocessing.Queue;
import io.multiprocessing.codec.ValueCodec;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
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
 * results (of a chunk that takes long, some at a time), and only then gets the next. How many chunks lie in an inbox at once depends on how long they take: about a millisecond
 * of work, two at least, so that a worker does not wait for the pool. Both ends of an inbox are queue ends: when somebody is idle, the
 * pool gets back out of an inbox what its worker has not begun.
 *
 * <p><b>Death.</b> When a worker is dead, the one who has waited for that puts a message of it into the queue of results. All that the worker
 * has put lies before it, for it is dead. So when the pool gets to that message, the chunks of that worker which are not
 * reported are those that are still in its inbox, from where the pool gets them for others, and at most one more: the
 * one that the worker had got. That one is lost with it. Nothing else can be, and nothing can be reported twice: a chunk is
 * handed out anew only when it came back out of the inbox, so nobody else had got it, or when the worker that had got it is dead
 * and has not reported it.
 *
 * <p>Which of its inputs a worker works on stands in one word of shared memory. If that names an input of the lost chunk, this
 * input has failed, and those around it become chunks again. If not (the worker died while it read the inputs or wrote the results)
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
@SuppressWarnings("ReferenceEquality") // a job or chunk is itself
final class Dispatcher {
    /** What ends a pool. */
    private enum State {
        OPEN,
        SHUT_DOWN,
        TERMINATED,
        ENDED
    }

    private static final int LEAST_AHEAD = 2;
    private static final int MOST_AHEAD = 256;
    private static final double NANOS_AHEAD = 1e6;
    private static final long MOST_BYTES_AHEAD = 32 << 20;
    private static final int LARGEST_MESSAGE = 1 << 29;
    private static final int BATCH = 1_000;

    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long STEAL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long END_GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long MEMORY_PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Context context;
    private final PoolOptions options;
    private final byte[] setup;
    private final String[] jvmOptions;
    private final @Nullable Path reports;
    private final ClassLoader loader;
    private final Queue<byte[]> results;
    private final LongArray positions;
    private final LongArray orders;
    private final long tickNanos;
    private final Runnable atEnd;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private final List<Workplace> workplaces = new ArrayList<>();
    private final ArrayDeque<Chunk> waiting = new ArrayDeque<>();
    private final ArrayDeque<Long> failedStarts = new ArrayDeque<>();
    private State state = State.OPEN;
    private @Nullable RuntimeException breakReason;
    private long lastChunk;
    private long lastJob;
    private int workersStarted;
    private long nextMemoryLook;
    private long killAllAtNanos;

    Dispatcher(Context context, PoolOptions options, Runnable atEnd) {
        this.context = context;
        this.options = options;
        this.atEnd = atEnd;
        this.setup = Setup.write(options);
        this.reports = ErrorReports.folder();
        this.jvmOptions = jvmOptions(options, reports);
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        this.loader = ofThread == null ? ClassLoader.getSystemClassLoader() : ofThread;
        this.results = context.queue();
        this.positions = context.raw().longArray(options.size());
        this.orders = context.raw().longArray(options.size());
        long shortest = Math.min(
                options.softTimeLimit().orElse(Duration.ofDays(1)).toNanos(),
                options.hardTimeLimit().orElse(Duration.ofDays(1)).toNanos());
        this.tickNanos = Math.clamp(shortest / 20, TimeUnit.MILLISECONDS.toNanos(1), TimeUnit.MILLISECONDS.toNanos(20));
    }

    private static String[] jvmOptions(PoolOptions options, @Nullable Path reports) {
        List<String> all = new ArrayList<>();
        options.heapLimit().ifPresent(bytes -> all.add("-Xmx" + bytes));
        if (reports != null) {
            all.add(ErrorReports.option(reports));
        }
        all.addAll(options.jvmOptions());
        return all.toArray(String[]::new);
    }

    void start() {
        lock.lock();
        try {
            for (int i = 0; i < options.size(); i++) {
                workplaces.add(new Workplace(i, context.queue()));
            }
            for (Workplace workplace : workplaces) {
                startWorker(workplace);
            }
        } catch (RuntimeException refused) {
            workplaces.forEach(Workplace::kill);
            throw refused;
        } finally {
            lock.unlock();
        }
        Thread.ofPlatform().daemon().name("multiprocessing-pool").start(this::run);
    }

    private void startWorker(Workplace workplace) {
        int generation = ++workplace.generation;
        int number = workplace.number;
        Process process = context.process(
                        WorkerLoop.task(workplace.inbox, results, positions, orders, number, generation, setup))
                .name(options.workerName() + "-" + ++workersStarted)
                .daemon()
                .jvmOptions(jvmOptions)
                .start();
        workplace.begin(process, System.nanoTime());
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
            waiting.add(new Chunk(++lastChunk, job, offset, count, payload, 0));
            assign();
        } finally {
            lock.unlock();
        }
    }

    /** Puts what waits into inboxes, as far as there is room. */
    private void assign() {
        while (!waiting.isEmpty()) {
            Chunk next = waiting.peek();
            if (next.job.isAbandoned()) {
                waiting.remove();
                continue;
            }
            Workplace workplace = leastBusy(next.message.length);
            if (workplace == null || !hand(next, workplace)) {
                break;
            }
            waiting.remove();
        }
        if (state == State.SHUT_DOWN && waiting.isEmpty()) {
            endIdle();
        }
    }

    private @Nullable Workplace leastBusy(int bytes) {
        Workplace best = null;
        for (Workplace workplace : workplaces) {
            if (hasRoom(workplace, bytes) && (best == null || workplace.assigned.size() < best.assigned.size())) {
                best = workplace;
                if (best.assigned.isEmpty()) {
                    break;
                }
            }
        }
        return best;
    }

    private boolean hasRoom(Workplace workplace, int bytes) {
        if (!workplace.isAlive() || workplace.isEnding || workplace.isKilled || workplace.doom != null) {
            return false;
        }
        int size = workplace.assigned.size();
        int most = (int) Math.clamp(NANOS_AHEAD / workplace.chunkNanos, LEAST_AHEAD, MOST_AHEAD);
        if (size >= LEAST_AHEAD && System.nanoTime() - workplace.heardNanos > STEAL_NANOS) {
            most = LEAST_AHEAD; // this one takes longer than the others did
        }
        int left = options.maxTasksPerWorker().isPresent()
                ? (int) (options.maxTasksPerWorker().getAsInt() - workplace.assignedEver)
                : most;
        boolean isEmptyOrSmall = size == 0 || workplace.assignedBytes + bytes <= MOST_BYTES_AHEAD;
        return left > 0 && size < most && isEmptyOrSmall;
    }

    private boolean hand(Chunk chunk, Workplace workplace) {
        Job job = chunk.job;
        if (job.function != null && !workplace.known.contains(job.id)) {
            if (!workplace.inbox.offer(Wire.job(job.id, job.function))) {
                return false;
            }
            workplace.known.add(job.id);
        }
        if (!workplace.inbox.offer(chunk.message)) {
            return false;
        }
        if (workplace.assigned.isEmpty()) {
            workplace.heardNanos = System.nanoTime();
        }
        workplace.assigned.add(chunk);
        workplace.assignedBytes += chunk.message.length;
        workplace.assignedEver++;
        if (options.maxTasksPerWorker().isPresent()
                && workplace.assignedEver >= options.maxTasksPerWorker().getAsInt()) {
            end(workplace);
        }
        return true;
    }

    private void end(Workplace workplace) {
        if (workplace.isAlive() && !workplace.isEnding && workplace.inbox.offer(Wire.end())) {
            workplace.isEnding = true;
        }
    }

    private void endIdle() {
        for (Workplace workplace : workplaces) {
            if (workplace.assigned.isEmpty() && workplace.doom == null) {
                end(workplace);
            }
        }
    }

    /** Gets back what a worker has not begun. What it has, if anything, is what stays assigned. */
    private void takeBack(Workplace workplace) {
        List<Long> unbegun = new ArrayList<>();
        boolean ended = false;
        while (!workplace.inbox.isEmpty()) {
            byte[] message = workplace.inbox.poll();
            if (message == null && workplace.isAlive()) {
                break; // it is being got this moment, or its worker is stopped in the middle of getting
            }
            if (message == null) {
                continue; // the lock of a dead worker is handed on
            }
            ByteBuffer in = ByteBuffer.wrap(message);
            switch (in.get()) {
                case Wire.CHUNK -> unbegun.add(in.getLong());
                case Wire.JOB -> workplace.known.remove(in.getLong());
                case Wire.END -> ended = true;
                default -> {}
            }
        }
        List<Chunk> back = new ArrayList<>();
        for (Iterator<Chunk> all = workplace.assigned.iterator(); all.hasNext(); ) {
            Chunk chunk = all.next();
            if (unbegun.contains(chunk.id)) {
                all.remove();
                workplace.assignedBytes -= chunk.message.length;
                workplace.assignedEver--;
                back.add(chunk);
            }
        }
        if (ended) {
            workplace.isEnding = workplace.isAlive() && workplace.inbox.offer(Wire.end());
        }
        for (Chunk chunk : back.reversed()) {
            waiting.addFirst(chunk);
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
                    results.drainTo(messages, BATCH);
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
        return nanos == Long.MAX_VALUE ? results.get() : results.poll(nanos, TimeUnit.NANOSECONDS);
    }

    /** How long nothing has to be looked at but messages. */
    private long patience() {
        lock.lock();
        try {
            boolean isTimed = options.softTimeLimit().isPresent()
                    || options.hardTimeLimit().isPresent()
                    || options.memoryLimit().isPresent();
            boolean isIdle = false;
            boolean isAhead = false;
            boolean isDoomed = state == State.TERMINATED;
            for (Workplace workplace : workplaces) {
                isDoomed |= workplace.doom != null || workplace.isEnding;
                isIdle |= workplace.isReady && workplace.assigned.isEmpty() && !workplace.isEnding;
                isAhead |= workplace.assigned.size() > 1;
            }
            if (isIdle && isAhead) {
                return STEAL_NANOS;
            }
            return isDoomed || isTimed || anyMissing() ? tickNanos : Long.MAX_VALUE;
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
        Workplace workplace = workplaces.get(in.getInt());
        if (in.getInt() != workplace.generation || !workplace.isAlive()) {
            return;
        }
        workplace.heardNanos = System.nanoTime();
        switch (kind) {
            case Wire.READY -> workplace.isReady = true;
            case Wire.DONE -> done(workplace, in, message, news);
            case Wire.UNFIT ->
                workplace.unfit =
                        Failures.decode(message, Wire.UNFIT_HEADER, message.length - Wire.UNFIT_HEADER, loader);
            case Wire.DIED -> died(workplace, in.getInt(), news);
            default -> throw new AssertionError("a worker sent a message of an unknown kind: " + kind);
        }
    }

    private void done(Workplace workplace, ByteBuffer in, byte[] message, List<Runnable> news) {
        long id = in.getLong();
        long workedNanos = in.getLong();
        in.getLong();
        int from = in.getInt();
        int to = in.getInt();
        Chunk chunk = workplace.assigned.peek();
        if (chunk == null || chunk.id != id || from != workplace.reported) {
            throw new AssertionError("a worker reported inputs from " + from + " of chunk " + id);
        }
        Set<Integer> interrupted = workplace.interrupted.isEmpty() ? Set.of() : Set.copyOf(workplace.interrupted);
        workplace.reported = to;
        if (to == chunk.count) {
            workplace.assigned.remove();
            workplace.assignedBytes -= chunk.message.length;
            workplace.reported = 0;
            workplace.interrupted.clear();
            workplace.chunkNanos = workplace.chunkNanos == Double.MAX_VALUE
                    ? workedNanos
                    : 0.75 * workplace.chunkNanos + 0.25 * workedNanos;
            if (workplace.doom != null && workplace.doom.chunk() == id && !workplace.isKilled) {
                workplace.doom = null;
            }
        }
        news.add(() -> new Delivery(
                        chunk,
                        from,
                        to,
                        message,
                        loader,
                        (index, failure) -> interrupted.contains(index) ? outOfTime(chunk, index, failure) : failure)
                .deliver());
        if (to == chunk.count) {
            news.add(() -> forgetIfDone(chunk.job));
        }
    }

    private static void fail(Chunk chunk, int index, Throwable failure) {
        chunk.job.failed(chunk.offset + index, failure);
    }

    private Throwable outOfTime(Chunk chunk, int index, Throwable failure) {
        Duration limit = options.softTimeLimit().orElseThrow();
        return Deaths.outOfTime(chunk, index, limit, failure, loader);
    }

    private void died(Workplace workplace, int exitCode, List<Runnable> news) {
        Workplace.Doom doom = workplace.doom;
        long position = positions.get(workplace.number);
        boolean wasReady = workplace.isReady;
        boolean wasAsked = workplace.isEnding || workplace.isKilled;
        String name = Objects.requireNonNull(workplace.process).name();
        workplace.process = null;
        workplace.isReady = false;
        workplace.isEnding = false;
        takeBack(workplace);
        Chunk lost = workplace.assigned.poll();
        int reported = workplace.reported;
        workplace.reported = 0;
        workplace.assignedBytes = 0;
        workplace.doom = null;
        var death = new Deaths(name, workplace.pid, exitCode, ErrorReports.take(reports, workplace.pid), doom);
        if (lost != null && state != State.TERMINATED) {
            lose(lost, reported, position, death, news);
        }
        if (!wasReady && !wasAsked && state != State.TERMINATED) {
            startFailed(Objects.requireNonNullElse(
                    workplace.unfit,
                    new IllegalStateException("the worker " + name + ", pid " + workplace.pid
                            + ", ended with exit code " + exitCode + " before it was ready")));
        }
        replace(workplace);
    }

    private void lose(Chunk lost, int reported, long position, Deaths death, List<Runnable> news) {
        int index = lost.count == 1 ? 0 : Wire.isOf(position, lost.id) ? (int) position : -1;
        if (lost.job.isAbandoned()) {
            return;
        }
        if (index < reported || index >= lost.count) {
            int half = (reported + lost.count) / 2;
            List<Chunk> halves = new ArrayList<>();
            if (half > reported) {
                halves.add(part(lost, reported, half, 0));
            }
            halves.add(part(lost, half, lost.count, 0));
            requeue(halves);
            return;
        }
        List<Chunk> parts = new ArrayList<>();
        if (index > reported) {
            parts.add(part(lost, reported, index, 0));
        }
        boolean isRepeated = death.isRepeatable(position) && lost.deaths < options.retries();
        if (isRepeated) {
            parts.add(part(lost, index, index + 1, lost.deaths + 1));
        } else {
            news.add(() -> {
                fail(lost, index, death.exception(lost, index, position, options, loader));
                forgetIfDone(lost.job);
            });
        }
        if (index + 1 < lost.count) {
            parts.add(part(lost, index + 1, lost.count, 0));
        }
        requeue(parts);
    }

    private void requeue(List<Chunk> parts) {
        for (Chunk part : parts.reversed()) {
            waiting.addFirst(part);
        }
    }

    private Chunk part(Chunk whole, int from, int to, int deaths) {
        byte[] payload;
        if (whole.count == 1) {
            payload = java.util.Arrays.copyOfRange(whole.message, Wire.CHUNK_HEADER, whole.message.length);
        } else {
            List<?> inputs = (List<?>) Objects.requireNonNull(Wire.value(whole.message, Wire.CHUNK_HEADER, loader));
            try {
                payload = ValueCodec.encode(
                        to - from == 1 ? inputs.get(from) : new ArrayList<Object>(inputs.subList(from, to)));
            } catch (NotSerializableException impossible) {
                throw new IllegalStateException("what came by serialization does not go by it", impossible);
            }
        }
        return new Chunk(++lastChunk, whole.job, whole.offset + from, to - from, payload, deaths);
    }

    private boolean anyMissing() {
        boolean isAnyMissing = workplaces.stream().anyMatch(workplace -> !workplace.isAlive());
        return isAnyMissing && (state == State.OPEN || !waiting.isEmpty());
    }

    private void replace(Workplace workplace) {
        boolean isNeeded = state == State.OPEN
                || (state == State.SHUT_DOWN
                        && !waiting.isEmpty()
                        && workplaces.stream().noneMatch(one -> one.isAlive() && !one.isEnding));
        if (!isNeeded || breakReason != null) {
            return;
        }
        try {
            startWorker(workplace);
        } catch (ProcessStartException refused) {
            startFailed(refused);
        }
    }

    private void startFailed(Throwable cause) {
        long now = System.nanoTime();
        failedStarts.add(now);
        while (now - failedStarts.element() > options.restartPeriod().toNanos()) {
            failedStarts.remove();
        }
        if (failedStarts.size() > options.restarts()) {
            breakPool(
                    "the pool has given up: " + failedStarts.size() + " workers ended before they were ready, within "
                            + options.restartPeriod() + "; the last because of " + cause,
                    cause);
        }
    }

    // ---- what time brings

    private void tick(long now) {
        if (state == State.TERMINATED && now - killAllAtNanos > 0) {
            workplaces.forEach(Workplace::kill);
        }
        for (Workplace workplace : workplaces) {
            if (!workplace.isAlive()) {
                replace(workplace);
            } else if (!workplace.isKilled) {
                look(workplace, now);
            }
        }
        if (options.memoryLimit().isPresent() && now - nextMemoryLook > 0) {
            nextMemoryLook = now + MEMORY_PERIOD_NANOS;
            workplaces.forEach(this::lookAtMemory);
        }
        if (waiting.isEmpty()) {
            share(now);
        }
    }

    private void look(Workplace workplace, long now) {
        Workplace.Doom doom = workplace.doom;
        if (doom != null) {
            if (workplace.assigned.isEmpty()) {
                workplace.doom = null;
            } else if (now - doom.killAtNanos() > 0) {
                workplace.kill();
            }
            return;
        }
        if (workplace.isEnding && workplace.assigned.isEmpty() && now - workplace.heardNanos > END_GRACE_NANOS) {
            if (options.exitHook().isEmpty()) {
                workplace.kill(); // a thread that a task has left behind keeps it
            }
            return;
        }
        Chunk chunk = workplace.assigned.peek();
        boolean hasLimit =
                options.softTimeLimit().isPresent() || options.hardTimeLimit().isPresent();
        if (chunk == null || !hasLimit) {
            return;
        }
        long position = positions.get(workplace.number);
        if (position != workplace.seenPosition) {
            workplace.seenPosition = position;
            workplace.seenSinceNanos = now;
        } else if (Wire.isOf(position, chunk.id)) {
            overrun(workplace, chunk, position, now - workplace.seenSinceNanos);
        }
    }

    private void overrun(Workplace workplace, Chunk chunk, long position, long nanos) {
        int index = (int) position;
        if (index >= chunk.count) {
            return;
        }
        if (options.hardTimeLimit().isPresent()
                && nanos >= options.hardTimeLimit().get().toNanos()) {
            takeBack(workplace);
            if (workplace.assigned.peek() == chunk && positions.get(workplace.number) == position) {
                workplace.doom =
                        new Workplace.Doom(Workplace.Reason.TIME_LIMIT, chunk.id, position, System.nanoTime(), "");
                workplace.kill();
            }
        } else if (options.softTimeLimit().isPresent()
                && nanos >= options.softTimeLimit().get().toNanos()
                && workplace.interrupted.add(index)) {
            order(workplace, position);
        }
    }

    private void order(Workplace workplace, long position) {
        orders.set(workplace.number, position);
        if (workplace.process != null) {
            workplace.process.interrupt();
        }
    }

    private void lookAtMemory(Workplace workplace) {
        if (!workplace.isAlive() || workplace.isKilled) {
            return;
        }
        long bytes = ResidentMemory.bytes(workplace.pid);
        long limit = options.memoryLimit().orElseThrow();
        if (bytes > limit) {
            takeBack(workplace);
            Chunk chunk = workplace.assigned.peek();
            long id = chunk == null ? 0 : chunk.id;
            String text = "it took " + bytes + " bytes of memory, its limit is " + limit;
            workplace.doom = new Workplace.Doom(
                    Workplace.Reason.MEMORY_LIMIT, id, positions.get(workplace.number), System.nanoTime(), text);
            workplace.kill();
        }
    }

    /** Gets back what lies before a worker that takes its time, for those who have nothing to do. */
    private void share(long now) {
        boolean isIdle = workplaces.stream().anyMatch(one -> one.assigned.isEmpty() && hasRoom(one, 0));
        if (!isIdle) {
            return;
        }
        Workplace busiest = null;
        for (Workplace workplace : workplaces) {
            if (workplace.assigned.size() > 1
                    && now - workplace.heardNanos > STEAL_NANOS
                    && (busiest == null || workplace.assigned.size() > busiest.assigned.size())) {
                busiest = workplace;
            }
        }
        if (busiest != null) {
            takeBack(busiest);
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
            for (Workplace workplace : workplaces) {
                if (workplace.assigned.stream().anyMatch(chunk -> chunk.job == job)) {
                    takeBack(workplace);
                    Chunk held = workplace.assigned.peek();
                    if (isEnded && held != null && held.job == job && workplace.doom == null && workplace.isAlive()) {
                        long position = Wire.position(held.id, CurrentTask.WHOLE_CHUNK);
                        workplace.doom = new Workplace.Doom(
                                Workplace.Reason.CANCELLED, held.id, position, System.nanoTime() + GRACE_NANOS, "");
                        order(workplace, position);
                    }
                }
            }
            waiting.removeIf(chunk -> chunk.job == job);
            forget(job);
            results.offer(Wire.wake());
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
        if (state == State.ENDED) {
            return;
        }
        for (Workplace workplace : workplaces) {
            boolean isUsed = workplace.assigned.stream().anyMatch(chunk -> chunk.job == job);
            if (!isUsed && workplace.isAlive() && workplace.known.remove(job.id) && !workplace.isEnding) {
                workplace.inbox.offer(Wire.forget(job.id));
            }
        }
    }

    // ---- the end of the pool

    void shutDown() {
        lock.lock();
        try {
            if (state == State.OPEN) {
                state = State.SHUT_DOWN;
                assign();
                results.offer(Wire.wake());
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
        List<Job> waitingJobs = new ArrayList<>();
        List<Job> jobs = new ArrayList<>();
        lock.lock();
        try {
            if (state == State.TERMINATED || state == State.ENDED) {
                return List.of();
            }
            state = State.TERMINATED;
            breakReason = reason;
            killAllAtNanos = System.nanoTime() + END_GRACE_NANOS;
            for (Workplace workplace : workplaces) {
                takeBackQuietly(workplace);
                workplace.assigned.forEach(chunk -> jobs.add(chunk.job));
                if (workplace.process != null) {
                    workplace.isEnding = true;
                    workplace.process.terminate();
                }
            }
            waiting.forEach(chunk -> waitingJobs.add(chunk.job));
            waiting.clear();
            wakeQuietly();
        } finally {
            lock.unlock();
        }
        jobs.addAll(waitingJobs);
        jobs.stream().distinct().forEach(job -> job.ended(again(reason)));
        return waitingJobs;
    }

    private void takeBackQuietly(Workplace workplace) {
        try {
            takeBack(workplace);
        } catch (IllegalStateException contextIsClosed) {
            // What is assigned stays so, which is as good now.
        }
    }

    private void wakeQuietly() {
        try {
            results.offer(Wire.wake());
        } catch (IllegalStateException contextIsClosed) {
            // The pool's thread has seen it too.
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
        return state != State.OPEN
                && (state == State.TERMINATED || waiting.isEmpty())
                && workplaces.stream().noneMatch(Workplace::isAlive);
    }

    private void finish() {
        lock.lock();
        try {
            state = State.ENDED;
            for (Workplace workplace : workplaces) {
                workplace.kill();
                workplace.inbox.close();
            }
            results.close();
        } catch (IllegalStateException contextIsClosed) {
            // Then all that is gone already.
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
            return workplaces.stream()
                    .filter(Workplace::isAlive)
                    .map(workplace -> workplace.pid)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        lock.lock();
        try {
            int handedOut = workplaces.stream()
                    .mapToInt(workplace -> workplace.assigned.size())
                    .sum();
            return pids().size() + " of " + options.size() + " workers, " + handedOut + " chunks handed out, "
                    + waiting.size() + " waiting"
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
