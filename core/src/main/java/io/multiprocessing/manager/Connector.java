package io.multiprocessing.manager;

import java.io.IOException;

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
}
