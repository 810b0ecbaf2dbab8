package io.multiprocessing.local.process;

import io.multiprocessing.local.os.Os;
import io.multiprocessing.local.os.Signals;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Reads the control pipe of a child in a thread of its own: what the parent orders, and the end of the pipe when the
 * parent is gone, however it went. A daemon ends then.
 *
 * <p>A JVM that ends waits 0.3 s for threads in native calls, so what is done at the end closes the channel first, which
 * wakes the reader.
 */
public final class ParentWatch implements Runnable {
    /** Written to the control pipe: interrupt the task. */
    static final int INTERRUPT = 'I';

    private static final int EXIT_CODE_OF_SIGNAL = 128;
    private static final long GRACE_MILLIS = 2_000;

    // Guarded by the class.
    private static @Nullable ParentWatch current;
    private static boolean isEnding;

    private final FileChannel control;

    // Guarded by this.
    private @Nullable Thread taskThread;
    private boolean daemon;

    private ParentWatch(FileChannel control) {
        this.control = control;
    }

    /** Opens the pipe and starts the thread, which reads nothing before it {@linkplain #begin begins}. */
    public static ParentWatch prepare() throws IOException {
        ParentWatch watch = new ParentWatch(FileChannel.open(Os.CONTROL, StandardOpenOption.READ));
        Thread thread = new Thread(watch, "multiprocessing-parent-watch");
        thread.setDaemon(true);
        thread.start();
        keep(watch);
        return watch;
    }

    /**
     * Starts to watch.
     *
     * @param task what to interrupt when the parent says so
     * @param isDaemon whether to end this process when its parent has
     */
    public synchronized void begin(Thread task, boolean isDaemon) {
        daemon = isDaemon;
        taskThread = task;
        notifyAll();
    }

    private synchronized Thread awaitBegin() throws InterruptedException {
        Thread task = taskThread;
        while (task == null) {
            wait();
            task = taskThread;
        }
        return task;
    }

    private static synchronized void keep(ParentWatch watch) {
        if (isEnding) {
            watch.close();
        } else {
            current = watch;
        }
    }

    /** This process ends: nobody watches any more, and nobody will. */
    public static synchronized void end() {
        isEnding = true;
        if (current != null) {
            current.close();
        }
    }

    @Override
    public void run() {
        ByteBuffer order = ByteBuffer.allocate(1);
        try {
            Thread task = awaitBegin();
            while (control.read(order.clear()) > 0) {
                if (order.get(0) == INTERRUPT) {
                    task.interrupt();
                }
            }
            parentIsGone();
        } catch (IOException | InterruptedException closedAtTheEnd) {
            // This process ends.
        }
    }

    private synchronized boolean isDaemon() {
        return daemon;
    }

    private void parentIsGone() {
        ThisProcess.parentGone().complete(0);
        if (isDaemon()) {
            Thread.ofPlatform().daemon().start(ParentWatch::haltAfterGrace);
            System.exit(EXIT_CODE_OF_SIGNAL + Signals.SIGTERM);
        }
    }

    /** Shutdown hooks are the user's, and may never end. */
    private static void haltAfterGrace() {
        try {
            Thread.sleep(GRACE_MILLIS);
        } catch (InterruptedException endsAnyway) {
            // halts now
        }
        Runtime.getRuntime().halt(EXIT_CODE_OF_SIGNAL + Signals.SIGTERM);
    }

    private void close() {
        try {
            control.close();
        } catch (IOException nothingLost) {
            // It ends with the process.
        }
    }
}
