package io.multiprocessing.local;

import io.multiprocessing.SegmentException;
import io.multiprocessing.codec.TaskCodec;
import io.multiprocessing.local.member.Seat;
import io.multiprocessing.local.process.Ahead;
import io.multiprocessing.local.process.AotTraining;
import io.multiprocessing.local.process.Order;
import io.multiprocessing.local.process.ParentWatch;
import io.multiprocessing.local.process.Payload;
import io.multiprocessing.local.process.ThisProcess;
import io.multiprocessing.local.process.Understudy;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What a child process runs: takes its seat in the context of its parent, watches over its parent's life, and does its
 * task.
 *
 * <p>All this is on the path of every start, so it avoids what a fresh JVM must first link: mapped memory, native
 * functions, Java serialization, loggers.
 */
public final class ChildMain {
    private ChildMain() {}

    /**
     * Called by the JVM.
     *
     * <p>It trains as well, see {@link AotTraining#run}.
     *
     * @param arguments the context's folder, the place in it that is reserved for this process, the process's name, which is
     *     there for those who look at a list of processes, and the class that its task comes from; or the folder, {@link Understudy#ARGUMENT}, and what
     *     {@link Understudy#prepare} is to know
     */
    public static void main(String[] arguments) throws Throwable {
        Path folder = Path.of(arguments[0]);
        if (arguments[1].equals(Understudy.ARGUMENT)) {
            standBy(folder, arguments);
        } else if (arguments[1].equals(AotTraining.ARGUMENT)) {
            AotTraining.run(arguments, here -> Rehearsal.run(((LocalContext) here).folder()));
        } else {
            Ahead.begin(arguments[3]);
            int owner = Integer.parseUnsignedInt(arguments[1], 16);
            Payload payload = Payload.take(folder, owner);
            ThisProcess.isChild(payload);
            if (LocalRuntime.get().adopt(Seat.open(folder), owner, payload.standBy())) {
                run(payload, ParentWatch.prepare());
            }
        }
    }

    private static void standBy(Path folder, String[] arguments) throws Throwable {
        Understudy understudy = Understudy.begin();
        Payload payload;
        ParentWatch watch;
        try {
            Rehearsal.run(folder);
            Understudy.prepare(arguments);
            watch = ParentWatch.prepare();
            Seat seat = Seat.open(folder);
            Order order = understudy.awaitOrder();
            payload = Payload.read(order.payload());
            ThisProcess.isChild(payload);
            if (!LocalRuntime.get().adopt(seat, order.owner(), payload.standBy())) {
                return;
            }
            understudy.take();
        } catch (IOException | SegmentException notNeeded) {
            // The parent is gone, or starts the process otherwise, and then it can say why.
            Runtime.getRuntime().halt(1);
            return;
        }
        run(payload, watch);
    }

    @SuppressWarnings("CatchAndPrintStackTrace") // as the JVM does for an uncaught exception
    private static void run(Payload payload, ParentWatch watch) throws Throwable {
        watch.begin(Thread.currentThread(), payload.isDaemon());
        try {
            TaskCodec.read(payload.task(), ClassLoader.getSystemClassLoader()).run();
        } catch (Throwable uncaught) {
            if (!LocalRuntime.get().isEndingBySignal() || !CutOff.isByUs(uncaught)) {
                System.err.println("Process " + payload.name() + ", pid "
                        + ProcessHandle.current().pid() + ", ended by an uncaught exception:");
                uncaught.printStackTrace();
            }
            // Thrown on, it makes the exit code 1, and other threads go on to their end; but it has been printed.
            Thread.currentThread().setUncaughtExceptionHandler((thread, printed) -> {});
            throw uncaught;
        } finally {
            System.out.flush();
            System.err.flush();
        }
    }
}
