package io.multiprocessing.pool;

import io.multiprocessing.RemoteFunction;
import io.multiprocessing.Task;
import io.multiprocessing.spi.CurrentWorker;
import io.multiprocessing.spi.LiveThreads;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a worker process does: gets a chunk, works on it, puts the results, and so on. One thread does that; the main thread
 * takes the pool's interrupts, and hands them on if what they mean still runs. The protocol is in {@link Dispatcher}, the work
 * itself in {@link Workbench}.
 */
final class WorkerLoop {
    private static final int OUT_OF_MEMORY = 3;

    private final Post post;
    private final Outbox outbox;
    private final byte[] setup;
    private final ClassLoader loader = ClassLoader.getSystemClassLoader();
    private final Map<Long, byte[]> unread = new HashMap<>();
    private final Map<Long, RemoteFunction<@Nullable Object, @Nullable Object>> functions = new HashMap<>();
    private final CurrentTask current;
    private final Workbench workbench;
    private final Thread thread;
    private final Thread starter = Thread.currentThread();

    private WorkerLoop(Post post, byte[] setup) {
        this.post = post;
        this.outbox = new Outbox(post);
        this.setup = setup;
        this.thread = new Thread(this::run, "multiprocessing-worker");
        thread.setDaemon(true);
        this.current = new CurrentTask(post, thread);
        this.workbench = new Workbench(current, outbox, loader);
    }

    /** What the worker's process is started with. */
    static Task task(Post post, byte[] setup) {
        List<Object> parts = post.toParts();
        return () -> new WorkerLoop(Post.of(parts), setup).start();
    }

    private void start() {
        thread.start();
        try {
            while (thread.isAlive()) {
                try {
                    outbox.sendLate();
                    thread.join();
                } catch (InterruptedException order) {
                    current.obey();
                }
            }
        } catch (IllegalStateException isCutOff) {
            thread.interrupt(); // if it is not the end of the JVM, but of a process that is a thread
        }
    }

    private void run() {
        try {
            long begin = System.nanoTime();
            Setup ready;
            try {
                ready = begin();
            } catch (Throwable unfit) {
                outbox.unfit(unfit);
                return;
            }
            outbox.ready(System.nanoTime() - begin);
            while (!workbench.isSpent() && serve(post.inbox().get())) {
                // the next one
            }
            end(ready.exitHook());
            outbox.over(areThreadsLeft());
        } catch (IllegalStateException | InterruptedException poolIsGone) {
            // Nobody is left to work for.
        } catch (OutOfMemoryError full) {
            if (post.isInProcessOfItsOwn()) {
                try {
                    outbox.full();
                } finally {
                    Runtime.getRuntime().halt(OUT_OF_MEMORY);
                }
            }
            throw full;
        } finally {
            outbox.close();
        }
    }

    /** Whether the process would go on without us; else it is ending, which may take the time that shutdown hooks need. */
    private boolean areThreadsLeft() {
        if (!post.isInProcessOfItsOwn()) {
            return false;
        }
        for (Thread other : LiveThreads.all()) {
            if (!other.isDaemon() && !other.equals(starter)) {
                return true;
            }
        }
        return false;
    }

    private static void end(@Nullable Task exitHook) {
        if (exitHook != null) {
            try {
                exitHook.run();
            } catch (Exception failure) {
                System.getLogger("io.multiprocessing")
                        .log(System.Logger.Level.WARNING, "the exit hook of a worker failed", failure);
            }
        }
    }

    private Setup begin() throws Exception {
        Setup told = Setup.read(setup, loader);
        if (told.initializer() != null) {
            told.initializer().run();
        }
        Object state = told.state() == null ? null : told.state().call();
        CurrentWorker.set(new ThisWorker(post.pool(), post.number(), state));
        return told;
    }

    private boolean serve(byte[] message) throws InterruptedException {
        ByteBuffer in = ByteBuffer.wrap(message);
        switch (in.get()) {
            case Wire.CHUNK -> work(in.getLong(), in.getLong(), in.getInt(), message, null);
            case Wire.LOOSE -> work(in.getLong(), in.getLong(), in.getInt(), message, in);
            case Wire.JOB -> unread.put(in.getLong(), message);
            case Wire.FORGET -> {
                long job = in.getLong();
                unread.remove(job);
                functions.remove(job);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** @param loose where the inputs begin if they are loose */
    private void work(long chunk, long job, int count, byte[] message, @Nullable ByteBuffer loose)
            throws InterruptedException {
        outbox.begin(chunk);
        if (job != 0 && !functions.containsKey(job) && !unread.containsKey(job)) {
            outbox.lacks();
            return;
        }
        try {
            var function = job == 0 ? null : function(job);
            if (function == null || count == 1) {
                workbench.one(chunk, function, message);
            } else if (loose == null) {
                workbench.bound(chunk, function, count, message);
            } else {
                workbench.loose(chunk, function, count, message, loose);
            }
        } catch (Throwable failure) {
            workbench.failed(failure);
            outbox.failRest(count, failure);
        }
    }

    @SuppressWarnings("unchecked") // the pool's own
    private RemoteFunction<@Nullable Object, @Nullable Object> function(long job) {
        var function = functions.get(job);
        if (function == null) {
            byte[] message = Objects.requireNonNull(unread.get(job));
            function = (RemoteFunction<@Nullable Object, @Nullable Object>)
                    Objects.requireNonNull(Wire.value(message, Wire.JOB_HEADER, loader));
            functions.put(job, function);
            unread.remove(job);
        }
        return function;
    }
}
