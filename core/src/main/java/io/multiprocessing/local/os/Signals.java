package io.multiprocessing.local.os;

/** The signals we send and meet, by their numbers on Linux and macOS. */
public final class Signals {
    public static final int SIGHUP = 1;
    public static final int SIGINT = 2;
    public static final int SIGKILL = 9;
    public static final int SIGTERM = 15;

    private Signals() {}
}
