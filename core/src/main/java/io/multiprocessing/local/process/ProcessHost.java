package io.multiprocessing.local.process;

import io.multiprocessing.local.member.Registry;

/** What a process needs of the context that it is started from. */
public interface ProcessHost {
    Registry registry();

    /** @throws IllegalStateException if the context is closed */
    void checkOpen();

    /** The class whose {@code main} a child runs. */
    Class<?> bootstrap();

    /** The JVMs that are prepared for children. */
    StandBy standBy();

    /** A child is started, and will be joined or terminated when the context is closed. */
    void started(LocalProcess child);

    /** A child has ended. */
    void ended(LocalProcess child);
}
