package io.multiprocessing.spi;

import java.util.Arrays;
import java.util.List;

/** The platform threads of this JVM. */
public final class LiveThreads {
    private LiveThreads() {}

    /** Those that live just now, the JVM's own among them. */
    public static List<Thread> all() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        Thread[] threads = new Thread[group.activeCount() * 2 + 16]; // more may come meanwhile
        return Arrays.asList(threads).subList(0, group.enumerate(threads));
    }
}
