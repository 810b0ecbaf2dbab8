package io.multiprocessing.sqlite;

/**
 * A message that was received from a {@link DurableQueue} and is to be acknowledged. Until then it is in the queue, and
 * nobody else gets it, unless this process ends: then it is delivered again.
 *
 * <p>{@snippet :
 * try (var delivery = queue.receive()) {
 *     work(delivery.message());
 *     delivery.acknowledge();
 * } // if work() has thrown, the message is given back
 * }
 *
 * @param <E> what the message is
 */
public interface Delivery<E> extends AutoCloseable {
    /** The message. */
    E message();

    /**
     * Says that the message has been dealt with: it is removed. Doing it again does nothing.
     *
     * @throws IllegalStateException if the message was given back, or taken away by hand
     */
    void acknowledge();

    /** Gives the message back, to be delivered again before all later ones; does nothing if it was acknowledged. */
    @Override
    void close();
}
