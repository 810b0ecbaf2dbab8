package io.multiprocessing.sqlite;

import io.multiprocessing.local.os.Os;
import io.multiprocessing.local.os.RangeLocks;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Who receives messages, and proof of who is dead. A consumer is an opening of the database. It has a number, chosen at
 * random, and holds the lock on the byte of that number in the file {@code …-consumers}, which has no bytes: the kernel gives
 * the lock back when the process is gone, however it went, and not before.
 *
 * <p>The number is written into messages only when the lock is held. The chance that one is chosen which a dead consumer
 * had is nil; it would keep that one's messages.
 */
final class Consumers {
    /** The low bits of a number are the process's pid, for people. */
    private static final int PID_BITS = 22;

    private static final long MOST_RANDOM = 1L << 40;

    private final Path file;
    private @Nullable RangeLocks locks;
    private volatile long self;

    Consumers(Path path) {
        this.file = path.resolveSibling(path.getFileName() + "-consumers");
    }

    /** The number of this opening. */
    long self() {
        long known = self;
        return known != 0 ? known : begin();
    }

    boolean isDead(long consumer) {
        return consumer != self && !open().isHeld(consumer, 1);
    }

    synchronized void close() {
        if (locks != null) {
            locks.close();
            locks = null;
        }
    }

    private synchronized long begin() {
        long pid = ProcessHandle.current().pid() & ((1L << PID_BITS) - 1);
        while (self == 0) {
            long number = (1 + ThreadLocalRandom.current().nextLong(MOST_RANDOM)) << PID_BITS | pid;
            if (open().tryLock(number, 1)) {
                self = number;
            }
        }
        return self;
    }

    private synchronized RangeLocks open() {
        RangeLocks opened = locks;
        if (opened == null) {
            try {
                create();
                opened = Os.current().openLocks(file);
            } catch (IOException refused) {
                throw new DatabaseException("the file " + file + ", by which it is known who lives, can't be opened: "
                        + refused.getMessage());
            }
            locks = opened;
        }
        return opened;
    }

    private void create() throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException bySomebodyElse) {
            // It is the same one.
        }
    }
}
