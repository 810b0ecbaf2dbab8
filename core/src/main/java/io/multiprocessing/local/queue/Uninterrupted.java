package io.multiprocessing.local.queue;

/** For what does not wait, and so must not be kept from working by an interrupt, which is kept for later. */
final class Uninterrupted {
    private Uninterrupted() {}

    /** Does its work, or throws before it has begun. */
    interface Work<T> {
        T run() throws InterruptedException;
    }

    static <T> T get(Work<T> work) {
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
}
