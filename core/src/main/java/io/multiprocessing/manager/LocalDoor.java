package io.multiprocessing.manager;

import io.multiprocessing.Connection;
import io.multiprocessing.Context;
import io.multiprocessing.Lock;
import io.multiprocessing.Pipe;
import io.multiprocessing.SimpleQueue;
import java.io.IOException;

/**
 * The way to a server in the same context: a queue into which clients put one end of a pipe. The server holds a lock as
 * long as it lives; who gets the lock knows that it is dead.
 *
 * @param door where the server gets its ends of pipes
 * @param life what the server holds
 */
record LocalDoor(SimpleQueue<Connection> door, Lock life) implements Door {
    @Override
    public Context context() {
        return door.context();
    }

    @Override
    public Channel connect() throws IOException, InterruptedException {
        try {
            Pipe pipe = door.context().pipe();
            try (Connection theirs = pipe.second()) {
                door.put(theirs);
            }
            return PipeChannel.ofPipe(pipe.first());
        } catch (IllegalStateException closed) {
            throw new IOException("the context is closed", closed);
        }
    }

    @Override
    public boolean isServerGone() {
        try {
            if (!life.tryAcquire()) {
                return false;
            }
            life.release();
            return true;
        } catch (IllegalStateException closed) {
            return true;
        }
    }
}
