package io.multiprocessing.local.segment;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/**
 * Work with a file channel, which would be closed by an interrupt of the thread: it is done as if there were none, and
 * the interrupt is kept for later. An interrupt that comes in between lets the work begin anew.
 *
 * <p>A class to be extended, not a function to be given: a fresh JVM need not link a lambda.
 *
 * @param <T> what comes of it
 */
public abstract class ChannelWork<T> {
    /** The work. Channels that it opens it closes, also when it fails. */
    protected abstract T attempt() throws IOException;

    public final T run() throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return attempt();
                } catch (ClosedByInterruptException keptForLater) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
