package io.multiprocessing.manager;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Two ends that send each other frames. One thread sends and one receives at a time. */
interface Channel extends AutoCloseable {
    /**
     * Sends a frame.
     *
     * @throws IOException if the other end is gone
     */
    void send(byte[] frame) throws IOException;

    /**
     * Waits for the next frame.
     *
     * @return null if the other end is gone, and nothing is left of what it sent
     * @throws InterruptedException if the calling thread is interrupted; no frame was taken
     */
    byte @Nullable [] receive() throws IOException, InterruptedException;

    /**
     * Waits until {@link #receive} would not wait, at most so long.
     *
     * @return whether it would not
     */
    boolean await(Duration timeout) throws IOException, InterruptedException;

    /** What kind of thread is to wait here: one that sleeps in the kernel would pin the carrier of a virtual thread. */
    Thread.Builder threads();

    /** Ends the channel for both ends. Closing again does nothing. */
    @Override
    void close();
}
