package io.multiprocessing.manager;

import io.multiprocessing.Connection;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A channel over a connection. */
final class PipeChannel implements Channel {
    private final Connection connection;
    private final boolean isPipe;

    private PipeChannel(Connection connection, boolean isPipe) {
        this.connection = connection;
        this.isPipe = isPipe;
    }

    /** Over an end of a pipe: whose reader sleeps in the kernel if the pipe is in shared memory. */
    static Channel ofPipe(Connection end) {
        return new PipeChannel(end, true);
    }

    static Channel ofSocket(Connection connection) {
        return new PipeChannel(connection, false);
    }

    @Override
    public void send(byte[] frame) throws IOException {
        boolean isInterrupted = false;
        try {
            while (true) {
                try {
                    connection.sendBytes(frame);
                    return;
                } catch (InterruptedException keptForLater) {
                    isInterrupted = true;
                }
            }
        } catch (IllegalStateException closed) {
            throw new IOException("the channel is closed", closed);
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public byte @Nullable [] receive() throws IOException, InterruptedException {
        try {
            return connection.receiveBytes();
        } catch (EOFException | IllegalStateException ended) {
            return null;
        }
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        try {
            return connection.poll(timeout);
        } catch (IllegalStateException closed) {
            return true;
        }
    }

    @Override
    public Thread.Builder threads() {
        return isPipe ? Thread.ofPlatform().daemon() : Thread.ofVirtual();
    }

    @Override
    public void close() {
        connection.close();
    }
}
