package io.multiprocessing;

import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Pool} is to be. Immutable: each method gives new options.
 *
 * <p>{@snippet :
 * try (var pool = mp.pool(PoolOptions.defaults().size(4).retries(1).hardTimeLimit(Duration.ofMinutes(1)))) {
 *     var squares = pool.map(n -> n * n, List.of(1, 2, 3));
 * }
 * }
 */
@SuppressWarnings("serial") // its lists are those of List.of
public final class PoolOptions implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final PoolOptions DEFAULTS = new PoolOptions();

    private int size = Multiprocessing.cpuCount();
    private String workerName = "PoolWorker";
    private StartMethod startMethod = StartMethod.FORKSERVER;
    private List<String> jvmOptions = List.of();
    private int maxTasksPerWorker;
    private int retries;
    private long heapLimitBytes;
    private long memoryLimitBytes;
    private int restarts = 5;
    private Duration restartPeriod = Duration.ofSeconds(30);
    private @Nullable Duration softTimeLimit;
    private @Nullable Duration hardTimeLimit;
    private @Nullable Task initializer;
    private @Nullable Task exitHook;
    private @Nullable RemoteCallable<?> state;
    private transient @Nullable Consumer<PoolProgress> progress;

    private PoolOptions() {}

    private PoolOptions(PoolOptions other) {
        size = other.size;
        workerName = other.workerName;
        startMethod = other.startMethod;
        jvmOptions = other.jvmOptions;
        maxTasksPerWorker = other.maxTasksPerWorker;
        retries = other.retries;
        heapLimitBytes = other.heapLimitBytes;
        memoryLimitBytes = other.memoryLimitBytes;
        restarts = other.restarts;
        restartPeriod = other.restartPeriod;
        softTimeLimit = other.softTimeLimit;
        hardTimeLimit = other.hardTimeLimit;
        initializer = other.initializer;
        exitHook = other.exitHook;
        state = other.state;
        progress = other.progress;
    }

    /** A worker for each CPU that this process may use, no limits, no retries. */
    public static PoolOptions defaults() {
        return DEFAULTS;
    }

    /**
     * How many workers there are.
     *
     * @throws IllegalArgumentException if {@code workers} is less than 1
     */
    public PoolOptions size(int workers) {
        var changed = new PoolOptions(this);
        changed.size = atLeast(1, workers, "a pool's size");
        return changed;
    }

    /** What the workers are called, before a dash and a number. */
    public PoolOptions workerName(String name) {
        var changed = new PoolOptions(this);
        changed.workerName = Objects.requireNonNull(name, "name");
        return changed;
    }

    /**
     * How their processes are started. Those with JVM options or a heap limit of their own are started anew in any case. Where
     * workers are threads it means nothing. Source: the {@code context} and {@code mp_context} of Python's pools.
     */
    public PoolOptions startMethod(StartMethod method) {
        var changed = new PoolOptions(this);
        changed.startMethod = Objects.requireNonNull(method, "method");
        return changed;
    }

    /** Adds options for the workers' JVMs. See {@link Process#jvmOptions}. */
    public PoolOptions jvmOptions(String... options) {
        var changed = new PoolOptions(this);
        List<String> all = new ArrayList<>(jvmOptions);
        all.addAll(List.of(options));
        changed.jvmOptions = List.copyOf(all);
        return changed;
    }

    /**
     * After how many tasks a worker is replaced by a new one; a chunk of inputs is one task. Source: Python's
     * {@code maxtasksperchild}.
     *
     * @throws IllegalArgumentException if {@code tasks} is less than 1
     */
    public PoolOptions maxTasksPerWorker(int tasks) {
        var changed = new PoolOptions(this);
        changed.maxTasksPerWorker = atLeast(1, tasks, "the tasks per worker");
        return changed;
    }

    /**
     * How often a task is run again because its worker died. At first it is not: a task may have done something that must
     * not be done twice.
     *
     * @throws IllegalArgumentException if {@code times} is negative
     */
    public PoolOptions retries(int times) {
        var changed = new PoolOptions(this);
        changed.retries = atLeast(0, times, "the retries");
        return changed;
    }

    /**
     * How large the heap of each worker may become, as by {@code -Xmx}. A task that needs more, its input and its result as they
     * travel included, fails by an {@link OutOfMemoryError}, and its worker is replaced. An input for which there is no room at
     * all when it comes ends the worker, so the task fails by a {@link WorkerDiedException}.
     *
     * @throws IllegalArgumentException if {@code bytes} is less than 2 MiB, which no JVM can live with
     */
    public PoolOptions heapLimit(long bytes) {
        var changed = new PoolOptions(this);
        changed.heapLimitBytes = atLeast(2 << 20, bytes, "the heap limit");
        return changed;
    }

    /**
     * How much resident memory each worker may take, of the heap and outside of it. A worker that takes more is killed,
     * and the task that it had fails by a {@link WorkerDiedException}.
     *
     * @throws IllegalArgumentException if {@code bytes} is less than 1 MiB
     */
    public PoolOptions memoryLimit(long bytes) {
        var changed = new PoolOptions(this);
        changed.memoryLimitBytes = atLeast(1 << 20, bytes, "the memory limit");
        return changed;
    }

    /**
     * How long each task may run before its thread is interrupted. It then fails by a {@link TimeLimitExceededException}
     * if it gives up; if it returns nevertheless its result counts.
     *
     * @throws IllegalArgumentException if {@code limit} is not positive
     */
    public PoolOptions softTimeLimit(Duration limit) {
        var changed = new PoolOptions(this);
        changed.softTimeLimit = positive(limit);
        return changed;
    }

    /**
     * How long each task may run before its worker is killed. It then fails by a {@link TimeLimitExceededException}; it
     * is not run again. In a chunk of inputs the limit is that of each input.
     *
     * @throws IllegalArgumentException if {@code limit} is not positive
     */
    public PoolOptions hardTimeLimit(Duration limit) {
        var changed = new PoolOptions(this);
        changed.hardTimeLimit = positive(limit);
        return changed;
    }

    /**
     * How many workers may end within some time before they were ready for their first task, because they can't be
     * started, their initializer fails, or they take more than the memory limit already. One more, and the pool gives up with a {@link BrokenPoolException}.
     *
     * @throws IllegalArgumentException if {@code restarts} is negative or {@code period} not positive
     */
    public PoolOptions restartLimit(int restarts, Duration period) {
        var changed = new PoolOptions(this);
        changed.restarts = atLeast(0, restarts, "the restarts");
        changed.restartPeriod = positive(period);
        return changed;
    }

    /** What each worker does before its first task. */
    public PoolOptions initializer(Task initializer) {
        var changed = new PoolOptions(this);
        changed.initializer = Objects.requireNonNull(initializer, "initializer");
        return changed;
    }

    /** Makes an object in each worker, after the initializer; tasks find it by {@link PoolWorker#state}. */
    public PoolOptions state(RemoteCallable<?> maker) {
        var changed = new PoolOptions(this);
        changed.state = Objects.requireNonNull(maker, "maker");
        return changed;
    }

    /** What each worker does after its last task; not if it is killed. */
    public PoolOptions exitHook(Task hook) {
        var changed = new PoolOptions(this);
        changed.exitHook = Objects.requireNonNull(hook, "hook");
        return changed;
    }

    /**
     * Who is told how far each map of the pool is ({@code map}, {@code starmap}, {@code imap} and their like): when it
     * begins, ten times a second, and when it has ended, before its caller goes on: before {@code map} returns, or the results of
     * {@code imap} say that there are no more. For each map the listener is
     * called by one thread of its own, in this process; one that throws is told no more of that map. A pool of a manager
     * tells nobody.
     */
    public PoolOptions progress(Consumer<PoolProgress> listener) {
        var changed = new PoolOptions(this);
        changed.progress = Objects.requireNonNull(listener, "listener");
        return changed;
    }

    public int size() {
        return size;
    }

    public String workerName() {
        return workerName;
    }

    public StartMethod startMethod() {
        return startMethod;
    }

    public List<String> jvmOptions() {
        return jvmOptions;
    }

    public OptionalInt maxTasksPerWorker() {
        return maxTasksPerWorker == 0 ? OptionalInt.empty() : OptionalInt.of(maxTasksPerWorker);
    }

    public int retries() {
        return retries;
    }

    public OptionalLong heapLimit() {
        return heapLimitBytes == 0 ? OptionalLong.empty() : OptionalLong.of(heapLimitBytes);
    }

    public OptionalLong memoryLimit() {
        return memoryLimitBytes == 0 ? OptionalLong.empty() : OptionalLong.of(memoryLimitBytes);
    }

    public int restarts() {
        return restarts;
    }

    public Duration restartPeriod() {
        return restartPeriod;
    }

    public Optional<Duration> softTimeLimit() {
        return Optional.ofNullable(softTimeLimit);
    }

    public Optional<Duration> hardTimeLimit() {
        return Optional.ofNullable(hardTimeLimit);
    }

    public Optional<Task> initializer() {
        return Optional.ofNullable(initializer);
    }

    public Optional<Task> exitHook() {
        return Optional.ofNullable(exitHook);
    }

    public Optional<RemoteCallable<?>> state() {
        return Optional.ofNullable(state);
    }

    public Optional<Consumer<PoolProgress>> progress() {
        return Optional.ofNullable(progress);
    }

    /** What differs from the defaults: {@code PoolOptions[size=4, retries=1, initializer]}. */
    @Override
    public String toString() {
        var text = new StringJoiner(", ", "PoolOptions[", "]");
        text.add("size=" + size);
        differing(text, "workerName", workerName, DEFAULTS.workerName);
        differing(text, "startMethod", startMethod, DEFAULTS.startMethod);
        differing(text, "jvmOptions", jvmOptions, DEFAULTS.jvmOptions);
        differing(text, "maxTasksPerWorker", maxTasksPerWorker, DEFAULTS.maxTasksPerWorker);
        differing(text, "retries", retries, DEFAULTS.retries);
        differing(text, "heapLimit", heapLimitBytes, DEFAULTS.heapLimitBytes);
        differing(text, "memoryLimit", memoryLimitBytes, DEFAULTS.memoryLimitBytes);
        differing(text, "restarts", restarts, DEFAULTS.restarts);
        differing(text, "restartPeriod", restartPeriod, DEFAULTS.restartPeriod);
        differing(text, "softTimeLimit", softTimeLimit, null);
        differing(text, "hardTimeLimit", hardTimeLimit, null);
        given(text, "initializer", initializer);
        given(text, "state", state);
        given(text, "exitHook", exitHook);
        given(text, "progress", progress);
        return text.toString();
    }

    private static void differing(StringJoiner text, String name, @Nullable Object value, @Nullable Object usual) {
        if (!Objects.equals(value, usual)) {
            text.add(name + "=" + value);
        }
    }

    private static void given(StringJoiner text, String name, @Nullable Object function) {
        if (function != null) {
            text.add(name);
        }
    }

    private static int atLeast(int least, int value, String what) {
        return (int) atLeast((long) least, value, what);
    }

    private static long atLeast(long least, long value, String what) {
        if (value < least) {
            throw new IllegalArgumentException(what + " must be at least " + least + ", not " + value);
        }
        return value;
    }

    private static Duration positive(Duration time) {
        if (!time.isPositive()) {
            throw new IllegalArgumentException("a limit of time must be positive, not " + time);
        }
        return time;
    }
}
