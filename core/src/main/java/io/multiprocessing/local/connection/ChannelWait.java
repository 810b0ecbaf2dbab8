package io.multiprocessing.local.connection;

import io.multiprocessing.spi.Deadline;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a channel can do one kind of thing. The channel does not block: so an interrupt does not close it. One
 * thread at a time may wait.
 */
final class ChannelWait implements AutoCloseable {
    private static final long LONGEST_MILLIS = TimeUnit.DAYS.toMillis(1);

    private final SelectableChannel channel;
    private final int operation;

    // Guarded by this.
    private @Nullable Selector selector;
    private boolean isWokenAhead;
    private boolean closed;

    ChannelWait(SelectableChannel channel, int operation) {
        this.channel = channel;
        this.operation = operation;
    }

    /**
     * Returns when the channel may be ready, or is closed, or {@link #wakeUp} is called.
     *
     * @throws TimeoutException if the deadline is over first
     */
    void await(Deadline deadline) throws IOException, InterruptedException, TimeoutException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        long nanos = deadline.nextSlice(TimeUnit.MILLISECONDS.toNanos(LONGEST_MILLIS));
        if (nanos <= 0) {
            throw new TimeoutException("the time is over");
        }
        try {
            Selector mine = selector();
            if (mine != null) {
                mine.select(TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
                mine.selectedKeys().clear();
            }
        } catch (ClosedSelectorException | ClosedChannelException seenByTheCaller) {
            // It tries again, and finds out.
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** Whether to wait for the channel, or only to be woken. */
    void setInterested(boolean interested) throws IOException {
        Selector mine = selector();
        if (mine != null) {
            Objects.requireNonNull(channel.keyFor(mine)).interestOps(interested ? operation : 0);
        }
    }

    /** Wakes who waits; if nobody does, the next one does not wait. */
    void wakeUp() {
        Selector mine;
        synchronized (this) {
            mine = selector;
            isWokenAhead = mine == null;
        }
        if (mine != null) {
            mine.wakeup();
        }
    }

    /** Wakes who waits; to be called when the channel has been closed, which before that is only half done. */
    @Override
    public void close() throws IOException {
        Selector mine;
        synchronized (this) {
            closed = true;
            mine = selector;
        }
        if (mine != null) {
            mine.close();
        }
    }

    private synchronized @Nullable Selector selector() throws IOException {
        if (selector == null && !closed) {
            Selector opened = Selector.open();
            try {
                channel.register(opened, operation);
                selector = opened;
                if (isWokenAhead) {
                    opened.wakeup();
                }
            } finally {
                if (selector == null) {
                    opened.close();
                }
            }
        }
        return closed ? null : selector;
    }
}
