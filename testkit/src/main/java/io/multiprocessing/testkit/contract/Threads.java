package io.multiprocessing.testkit.contract;

import io.multiprocessing.testkit.jvm.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Threads of a test, of one kind. Closing interrupts those that still run, and waits for them. */
final class Threads implements AutoCloseable {
    /** The kinds of threads. */
    enum Kind {
        PLATFORM,
        VIRTUAL;

        Threads open() {
            return new Threads(
                    this == VIRTUAL
                            ? Thread.ofVirtual().factory()
                            : Thread.ofPlatform().daemon().factory());
        }
    }

    private final ThreadFactory factory;
    private final List<Running<?>> all = new ArrayList<>();

    private Threads(ThreadFactory factory) {
        this.factory = factory;
    }

    <T> Running<T> start(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = factory.newThread(task);
        Running<T> running = new Running<>(thread, task);
        all.add(running);
        thread.start();
        return running;
    }

    Running<Void> run(Work work) {
        return start(() -> {
            work.run();
            return null;
        });
    }

    /** Waits until all have ended, and throws what one of them has thrown. */
    void join() throws Exception {
        for (Running<?> running : all) {
            running.get();
        }
    }

    /** What the thread that was started as this one has thrown, counted from 0. */
    Exception failure(int number) throws InterruptedException {
        return all.get(number).failure();
    }

    @Override
    public void close() {
        for (Running<?> running : all) {
            running.thread.interrupt();
        }
        try {
            for (Running<?> running : all) {
                if (!running.thread.join(Await.LIMIT)) {
                    throw new AssertionError("does not end: " + running.thread);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a thread does. */
    interface Work {
        void run() throws Exception;
    }

    /** A thread, and what becomes of it. */
    static final class Running<T> {
        private final Thread thread;
        private final FutureTask<T> task;

        private Running(Thread thread, FutureTask<T> task) {
            this.thread = thread;
            this.task = task;
        }

        /** Waits for the result; throws what the thread has thrown. */
        T get() throws Exception {
            try {
                return task.get(Await.LIMIT.toNanos(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof Exception exception) {
                    throw exception;
                }
                throw new AssertionError("in " + thread, failed.getCause());
            } catch (TimeoutException blocked) {
                throw new AssertionError("does not end: " + thread, blocked);
            }
        }

        /** Waits for the end; gives what the thread has thrown. */
        Exception failure() throws InterruptedException {
            try {
                T result = get();
                throw new AssertionError("did not fail, but gave " + result + ": " + thread);
            } catch (InterruptedException interrupted) {
                if (!task.isDone()) {
                    throw interrupted;
                }
                return interrupted;
            } catch (Exception exception) {
                return exception;
            }
        }

        boolean isDone() {
            return task.isDone();
        }

        void interrupt() {
            thread.interrupt();
        }

        /** Waits until a virtual thread is parked. */
        void awaitParked() throws Exception {
            Await.until(
                    "parks: " + thread,
                    () -> thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
        }
    }
}
