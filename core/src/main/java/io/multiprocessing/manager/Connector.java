package io.multiprocessing.manager;

import java.io.IOException;
import java.time.Duration;

/** Makes channels to one server. */
interface Connector {
    /**
     * Makes a channel.
     *
     * @throws IOException if the server is not there any more, or refuses
     */
    Channel connect() throws IOException, InterruptedException;

    /** Whether the server is known to have ended. */
    boolean isServerGone();

    /** How long the server may take to welcome a client; one on this machine as long as it likes while it lives. */
    default Duration patience() {
        return Duration.ofDays(1);
    }

    /** Whether the server is a process of this user's, whose handles of all kinds may be resolved here. */
    default boolean isTrusted() {
        return true;
    }
}
