package io.multiprocessing;

/**
 * How a process comes to be: see {@link Process#startMethod}, and for the workers of pools {@link PoolOptions#startMethod}. Source: Python's start methods; its {@code fork} is not there, for a JVM
 * has threads, and can't be copied.
 */
public enum StartMethod {
    /**
     * It is a JVM that waits on stand-by, if its context keeps some and one is there; else as by {@link #SPAWN}. Such a JVM has
     * classes loaded and initialized, by {@link Context#preload} also those of the user.
     */
    FORKSERVER,

    /** It is a JVM of its own, which nothing has used before. */
    SPAWN
}
