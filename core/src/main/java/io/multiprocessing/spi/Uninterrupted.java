package io.multiprocessing.spi;

/** Work that an interrupt must not keep from being done: it begins anew, and the interrupt is kept for later. */
public final class Uninterrupted {
    private Uninterrupted() {}

    /**
     * Does its work, or is interrupted before it has begun.
     *
     * @param <T> what comes of it
     * @param <X> how else it fails
     */
    public interface Work<T, X extends Exception> {
        T run() throws X, InterruptedException;
    }

    /** As {@link Work}, if nothing comes of it. */
    public interface Action<X extends Exception> {
        void run() throws X, InterruptedException;
    }

    public static <T, X extends Exception> T get(Work<T, X> work) throws X {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return work.run();
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

    public static <X extends Exception> void run(Action<X> action) throws X {
        Uninterrupted.<Boolean, X>get(() -> {
            action.run();
            return true;
        });
    }
}
