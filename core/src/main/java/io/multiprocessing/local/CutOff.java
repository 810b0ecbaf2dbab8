package io.multiprocessing.local;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.concurrent.CancellationException;

/**
 * A signal ends this process, so its pools are terminated and its contexts closed. Threads that wait for them are told so by an
 * exception; where nobody catches it, there is nothing to print: who has pressed Ctrl-C knows.
 */
final class CutOff implements UncaughtExceptionHandler {
    private CutOff() {}

    /** From now on. Where the user has said what is to be done with uncaught exceptions, that is done. */
    static void saysNothing() {
        if (Thread.getDefaultUncaughtExceptionHandler() == null) {
            Thread.setDefaultUncaughtExceptionHandler(new CutOff());
        }
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        if (!isByUs(thrown)) {
            System.err.print("Exception in thread \"" + thread.getName() + "\" ");
            thrown.printStackTrace();
        }
    }

    /** Whether it says that a pool was terminated or a context closed, or passes that on, as futures do. */
    static boolean isByUs(Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if ((each instanceof CancellationException || each instanceof IllegalStateException)
                    && isThrownByUs(each)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isThrownByUs(Throwable thrown) {
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (frame.getClassName().startsWith("io.multiprocessing.")) {
                return true;
            }
        }
        return false;
    }
}
