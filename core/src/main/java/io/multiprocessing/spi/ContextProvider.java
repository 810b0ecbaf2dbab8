package io.multiprocessing.spi;

import io.multiprocessing.Context;
import io.multiprocessing.Process;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Opens contexts of one kind. Found by {@link java.util.ServiceLoader} and chosen by the scheme of the URI that
 * was given to {@link io.multiprocessing.Multiprocessing#open(String)}: {@code local:} keeps data in shared memory.
 */
public interface ContextProvider {
    /** The URI scheme that this provider answers, without the colon. */
    String scheme();

    /**
     * Opens the context that {@code uri} names, creating it where it does not exist.
     *
     * @throws IllegalArgumentException if the URI says something this provider does not understand
     * @throws UnsupportedOperationException if this machine lacks what the context needs; the message names it
     */
    Context open(URI uri);

    /**
     * Opens the context that {@code uri} names only if it exists.
     *
     * @throws java.util.NoSuchElementException if there is none of that name
     */
    Context attach(URI uri);

    /** The process that calls, as this provider sees it; empty when this provider has nothing to say about it. */
    Optional<Process> currentProcess();

    /** The process that started the calling one through this provider. */
    Optional<Process> parentProcess();

    /** The living children that the calling process started through this provider. */
    List<Process> activeChildren();
}
