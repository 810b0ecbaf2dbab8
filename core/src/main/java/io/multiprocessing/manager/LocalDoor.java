package io.multiprocessing.manager;

import io.multiprocessing.Connection;
import io.multiprocessing.Lock;
import io.multiprocessing.Pipe;
import io.multiprocessing.SimpleQueue;
import io.multiprocessing.codec.ValueCodec;
import java.io.IOException;
import java.io.NotSerializableException;
import java.util.Base64;
import java.util.Objects;

/**
 * The way to a server in the same context: a queue into which clients put one end of a pipe. The server holds a lock as
 * long as it lives; who gets the lock knows that it is dead.
 *
 * @param door where the server gets its ends of pipes
 * @param life what the server holds
 */
record LocalDoor(SimpleQueue<Connection> door, Lock life) implements Connector {
    /** What handles say of where their objects are. */
    String address() {
        try {
            return Links.address(Base64.getUrlEncoder().withoutPadding().encodeToString(ValueCodec.encode(this)));
        } catch (NotSerializableException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * The link to the server of an address.
     *
     * @param rest what {@link #address} has made, without what it begins with
     */
    static Link linkTo(String rest, String address) {
        LocalDoor door = (LocalDoor) Objects.requireNonNull(
                ValueCodec.decode(Base64.getUrlDecoder().decode(rest), LocalDoor.class.getClassLoader()));
        return new Link(address, door.door.context(), door);
    }

    @Override
    public Channel connect() throws IOException, InterruptedException {
        try {
            Pipe pipe = door.context().pipe();
            try (Connection theirs = pipe.second()) {
                door.put(theirs);
            }
            return new PipeChannel(pipe.first());
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
