package io.multiprocessing.manager;

import io.multiprocessing.ByteArray;
import io.multiprocessing.Client;
import io.multiprocessing.Context;
import io.multiprocessing.SocketOptions;
import io.multiprocessing.codec.ValueCodec;
import java.io.IOException;
import java.io.NotSerializableException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;

/**
 * The way to a server by sockets. What proves that one may come in lies in shared memory of the context, where processes
 * of the same user find it, and no handle contains it: so proxies go to the processes of the context as others do.
 *
 * @param place where it is
 * @param options how one connects there: a {@link DoorOptions}, encoded
 */
record RemoteDoor(SocketPlace place, ByteArray options) implements Door {
    /** @throws IllegalStateException if the context is closed */
    static RemoteDoor make(Context context, SocketAddress address, SocketOptions options) {
        try {
            byte[] encoded = ValueCodec.encode(DoorOptions.of(options));
            ByteArray shared = context.byteArray(encoded.length);
            shared.set(0, encoded);
            return new RemoteDoor(SocketPlace.of(address), shared);
        } catch (NotSerializableException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public Context context() {
        return options.context();
    }

    @Override
    public Channel connect() throws IOException, InterruptedException {
        try {
            return PipeChannel.ofSocket(Client.connect(place.address(), readOptions()));
        } catch (TimeoutException late) {
            var failure =
                    new SocketTimeoutException("the manager at " + place + " did not answer within " + patience());
            failure.initCause(late);
            throw failure;
        }
    }

    private SocketOptions readOptions() {
        DoorOptions read = (DoorOptions)
                Objects.requireNonNull(ValueCodec.decode(options.toArray(), DoorOptions.class.getClassLoader()));
        return read.toOptions();
    }

    @Override
    public boolean isServerGone() {
        return false; // the connection tells
    }

    @Override
    public Duration patience() {
        return readOptions().handshakeTimeout();
    }

    @Override
    public boolean isTrusted() {
        return false;
    }
}
