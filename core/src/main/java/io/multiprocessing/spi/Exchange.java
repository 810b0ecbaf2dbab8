package io.multiprocessing.spi;

import java.io.IOException;
import java.util.concurrent.TimeoutException;

/**
 * A message comes or goes, within a time: the form of which the others are made, without a limit and at once.
 *
 * @param <T> what comes of it
 */
@FunctionalInterface
public interface Exchange<T> {
    T run() throws IOException, InterruptedException, TimeoutException;

    /** Does what has no time limit. */
    static <T> T untimed(Exchange<T> exchange) throws IOException, InterruptedException {
        try {
            return exchange.run();
        } catch (TimeoutException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Does what does not wait, and so must not be kept from working by an interrupt, which is kept for later. */
    static <T> T now(Exchange<T> exchange) throws IOException, TimeoutException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return exchange.run();
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
