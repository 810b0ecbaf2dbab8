package io.multiprocessing.benchmarks.harness;

import java.util.List;
import java.util.function.Function;

/** Against whom a row is measured. */
public sealed interface Peer {
    /**
     * A script that does the same with CPython's {@code multiprocessing}. Each round is a fresh interpreter. The script
     * prints one number, or {@code never} if it has shown that its side does not end.
     *
     * @param file its name among the resources of {@code io.multiprocessing.benchmarks}, in the folder {@code python}
     * @param arguments what it is called with; a {@link java.time.Duration Duration} arrives as seconds
     */
    record Script(String file, Function<Effort, List<?>> arguments) implements Peer {}

    /**
     * Another library on the JVM.
     *
     * @param name with its version
     */
    record Library(String name, Round round) implements Peer {}

    /** Nobody: the row shows our figure alone. */
    record Nobody() implements Peer {}

    /** One round of a library. */
    @FunctionalInterface
    interface Round {
        /** Measures as {@link Benchmark#ours} does. */
        double measure(Effort effort) throws Exception;
    }
}
