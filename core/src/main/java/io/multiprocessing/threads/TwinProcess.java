package io.multiprocessing.threads;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import io.multiprocessing.ProcessStartException;
import io.multiprocessing.Task;
import io.multiprocessing.Waitable;
import io.multiprocessing.codec.Departures;
import io.multiprocessing.codec.TaskCodec;
import io.multiprocessing.spi.Completion;
import io.multiprocessing.spi.ForeignProcess;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A process that is a thread. It has contexts of its own, by which it sees all that is shared; its end is that of its
 * contexts.
 *
 * <p>No thread can be ended from outside. To terminate or kill one is to cut it off: its contexts are closed, so it can't
 * change what is shared any more, and others take over what it held, as from a process that died; for them it has ended.
 * Then it is interrupted. Until it heeds that its thread still runs, can change what is not shared, and memory that it
 * got from {@code segment()}. {@code finally} blocks run, but what is shared refuses to work in them.
 *
 * <p>{@code System.exit} ends the JVM and all that is in it.
 */
final class TwinProcess extends TwinDescription {
    private static final int TERMINATED = -15;
    private static final int KILLED = -9;

    /** Also in the threads that the task starts. */
    private static final InheritableThreadLocal<@Nullable TwinProcess> CURRENT = new InheritableThreadLocal<>();

    private static final AtomicInteger CHILDREN_OF_THE_PROGRAM = new AtomicInteger();

    private final TwinContext parent;
    private final boolean virtual;
    private final String identity;
    private final AtomicInteger children = new AtomicInteger();
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();

    // Guarded by this.
    private @Nullable Task task;
    private @Nullable Thread thread;
    private @Nullable Process parentAsSeen;
    private @Nullable Departures unread;
    private boolean ending;
    private boolean closed;

    TwinProcess(TwinContext parent, Task task, boolean virtual) {
        this(parent, Objects.requireNonNull(task, "task"), virtual, identityIn(parent.process()));
    }

    private TwinProcess(TwinContext parent, Task task, boolean virtual, String identity) {
        super("Process-" + identity, isDaemon(parent.process()));
        this.parent = parent;
        this.task = task;
        this.virtual = virtual;
        this.identity = identity;
    }

    private static boolean isDaemon(@Nullable TwinProcess creator) {
        return creator != null && creator.isDaemon();
    }

    /** Which child of which child of the program, as Python counts them. */
    private static String identityIn(@Nullable TwinProcess creator) {
        return creator == null
                ? String.valueOf(CHILDREN_OF_THE_PROGRAM.incrementAndGet())
                : creator.identity + ":" + creator.children.incrementAndGet();
    }

    /** The process whose task runs in this thread, or started it; null if that is none, or has ended. */
    static @Nullable TwinProcess current() {
        TwinProcess current = CURRENT.get();
        return current == null || current.hasEnded() ? null : current;
    }

    /** This process as it sees itself. */
    Process self() {
        return new ForeignProcess(name(), ProcessHandle.current().pid(), isDaemon(), null);
    }

    /** The process that started this one, as this one sees it. */
    synchronized Process parent() {
        return Objects.requireNonNull(parentAsSeen);
    }

    boolean hasEnded() {
        return ended.isDone();
    }

    @Override
    public synchronized Process start() {
        if (closed) {
            throw new IllegalStateException("the process is closed: " + this);
        }
        parent.checkOpen();
        Task toRun = task;
        if (toRun == null) {
            throw new IllegalStateException("a process can be started only once: " + this);
        }
        try (Departures departures = Departures.begin()) {
            boolean isStarted = false;
            try {
                start(work(toRun), departures);
                isStarted = true;
            } finally {
                if (!isStarted) {
                    departures.lost();
                }
            }
        }
        task = null; // what it captured need not stay
        return this;
    }

    private synchronized void start(Work work, Departures departures) {
        TwinProcess creator = parent.process();
        parentAsSeen = creator == null
                ? new ForeignProcess(
                        Multiprocessing.currentProcess().name(),
                        ProcessHandle.current().pid(),
                        false,
                        new CompletableFuture<>())
                : new ForeignProcess(creator.name(), ProcessHandle.current().pid(), creator.isDaemon(), creator.ended);
        TwinContext own = TwinRuntime.get().openFor(this, parent);
        unread = departures;
        parent.started(this);
        Thread.Builder builder =
                virtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon(isDaemon());
        Thread unstarted = builder.name(name()).unstarted(() -> run(own, work));
        thread = unstarted;
        try {
            unstarted.start();
        } catch (OutOfMemoryError refused) {
            thread = null;
            parent.ended(this);
            own.cutOff(false);
            throw new ProcessStartException(
                    "the process " + name() + " can't be started: " + refused.getMessage(), refused);
        }
    }

    private Work work(Task toRun) {
        if (!parent.space().copies()) {
            return own -> toRun.run();
        }
        byte[] encoded = TaskCodec.write(toRun);
        return own -> TwinRuntime.<Task, Exception>readFor(
                        own, () -> TaskCodec.read(encoded, ClassLoader.getSystemClassLoader()))
                .run();
    }

    private void run(TwinContext own, Work work) {
        CURRENT.set(this);
        int exitCode = 0;
        try {
            work.run(own);
        } catch (Throwable uncaught) {
            exitCode = 1;
            if (!isEnding()) {
                print(uncaught);
            }
        }
        if (isEnding()) {
            return; // cut off
        }
        // As a JVM at its end: waits for its children, and leaves what it has not left.
        TwinRuntime.get().contextsOf(this).forEach(TwinContext::close);
        end(exitCode);
    }

    private synchronized boolean isEnding() {
        return ending;
    }

    @SuppressWarnings("CatchAndPrintStackTrace") // as the JVM does for an uncaught exception
    private void print(Throwable uncaught) {
        synchronized (System.err) {
            System.err.println("Process " + name() + ", pid "
                    + ProcessHandle.current().pid() + ", ended by an uncaught exception:");
            uncaught.printStackTrace();
        }
    }

    /** Ends the process for all others, and what is left of it. Who comes first says how it ended. */
    private void end(int exitCode) {
        Thread toInterrupt;
        Departures left;
        synchronized (this) {
            if (ending) {
                return;
            }
            ending = true;
            toInterrupt = thread;
            left = Objects.requireNonNull(unread);
        }
        TwinRuntime.get().contextsOf(this).forEach(context -> context.cutOff(exitCode == KILLED));
        parent.ended(this);
        left.lost(); // what it ended too early to read
        ended.complete(exitCode);
        if (exitCode < 0 && toInterrupt != null) {
            toInterrupt.interrupt();
        }
    }

    @Override
    public void interrupt() {
        Thread running = requireStarted();
        if (!hasEnded()) {
            running.interrupt();
        }
    }

    @Override
    public void terminate() {
        requireStarted();
        end(TERMINATED);
    }

    @Override
    public void kill() {
        requireStarted();
        end(KILLED);
    }

    void terminateIfAlive() {
        end(TERMINATED);
    }

    @Override
    public void join() throws InterruptedException {
        requireNotSelf();
        Completion.await(ended);
    }

    @Override
    public boolean join(Duration timeout) throws InterruptedException {
        requireNotSelf();
        return Completion.await(ended, timeout);
    }

    /** Waits for the end, or until the waiter need not wait any more; an interrupt is kept for later. */
    void joinUninterruptibly(BooleanSupplier isEnough) {
        boolean interrupted = false;
        try {
            while (!isEnough.getAsBoolean()) {
                try {
                    Completion.await(ended);
                    return;
                } catch (InterruptedException keptForLater) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public synchronized boolean isAlive() {
        requireNotClosed();
        return thread != null && !ended.isDone();
    }

    @Override
    public synchronized OptionalInt exitCode() {
        requireNotClosed();
        return ended.isDone() ? OptionalInt.of(ended.join()) : OptionalInt.empty();
    }

    /** That of the JVM, as soon as it is started. */
    @Override
    public synchronized OptionalLong pid() {
        requireNotClosed();
        return thread == null
                ? OptionalLong.empty()
                : OptionalLong.of(ProcessHandle.current().pid());
    }

    @Override
    public CompletableFuture<Integer> onExit() {
        requireStarted();
        return ended.copy();
    }

    @Override
    public Waitable sentinel() {
        requireStarted();
        return new Completion(ended);
    }

    @Override
    public synchronized void close() {
        if (thread != null && !ended.isDone()) {
            throw new IllegalStateException(
                    "a running process can't be closed; join, terminate or kill it first: " + this);
        }
        closed = true;
        task = null;
    }

    @SuppressWarnings("ReferenceEquality") // a thread is itself
    private void requireNotSelf() {
        if (Thread.currentThread() == requireStarted()) {
            throw new IllegalStateException("a process can't join itself: " + this);
        }
    }

    @Override
    synchronized Thread requireStarted() {
        requireNotClosed();
        if (thread == null) {
            throw new IllegalStateException("the process has not been started: " + this);
        }
        return thread;
    }

    private void requireNotClosed() {
        if (closed) {
            throw new IllegalStateException("the process is closed: " + this);
        }
    }

    @Override
    synchronized void requireNotStarted() {
        requireNotClosed();
        if (thread != null) {
            throw new IllegalStateException("a process is described before it is started: " + this);
        }
    }

    @Override
    public synchronized String toString() {
        String state;
        if (closed) {
            state = "closed";
        } else if (thread == null) {
            state = "initial";
        } else {
            state = "pid " + ProcessHandle.current().pid()
                    + (ended.isDone() ? ", stopped with exit code " + ended.join() : ", started");
        }
        return "Process[" + name() + ", parent " + ProcessHandle.current().pid() + ", " + state
                + (isDaemon() ? ", daemon" : "") + (virtual ? ", virtual thread]" : ", thread]");
    }

    /** What the thread does in its own context. */
    private interface Work {
        void run(TwinContext own) throws Exception;
    }
}
