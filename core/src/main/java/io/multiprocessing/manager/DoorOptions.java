package io.multiprocessing.manager;

import io.multiprocessing.SocketOptions;
import io.multiprocessing.Tls;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * {@link SocketOptions} as they travel within a machine.
 *
 * @param key null if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // it is never compared
record DoorOptions(
        byte @Nullable [] key,
        String digest,
        long handshakeNanos,
        int backlog,
        @Nullable Tls tls) {
    static DoorOptions of(SocketOptions options) {
        return new DoorOptions(
                options.key().orElse(null),
                options.digest(),
                options.handshakeTimeout().toNanos(),
                options.backlog(),
                options.tls().orElse(null));
    }

    SocketOptions toOptions() {
        SocketOptions options = key == null ? SocketOptions.noKey() : SocketOptions.authkey(key);
        options = options.digest(digest)
                .handshakeTimeout(Duration.ofNanos(handshakeNanos))
                .backlog(backlog);
        return tls == null ? options : options.tls(tls);
    }

    /** The key is in no text. */
    @Override
    public String toString() {
        return toOptions().toString();
    }
}
