package io.multiprocessing.local.file;

import io.multiprocessing.FileLockException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * The lock of one path, for all threads of this process.
 *
 * <p>State: a gate among the threads, which knows who of them holds what and how often; and for each thread that has
 * passed it an opening of the file, locked in the kernel. The kernel's lock belongs to the opening, so the threads that
 * hold it shared have one each. What commits is the kernel's lock; the process that dies loses it, at every point.
 *
 * <p>A path is only a name. After a file has been locked we look whether the path still leads to it; if not, the lock is
 * one of a file that nobody finds any more, and we begin again with the one that is there. So two processes have
 * locked the same file, unless somebody who has not asked for the lock removes the file while it is held; that is seen
 * at its release.
 *
 * <p>Who replaces the file by another one, while he holds the lock, locks the other one before he gives it the name:
 * {@link #goOnWith}. He then holds what those lock who come by the path.
 *
 * <p>Between two appends a process may keep the kernel's lock, so that the gate alone is passed: see {@link Turns}. Another
 * thread that acquires it goes on with the kept one, if it wants it exclusively.
 *
 * <p>Memory order: the gate orders the threads, the kernel's calls the processes.
 */
final class LockedPath {
    /** Keeps those that are held, even if their holder forgets them, from being collected and so unlocked. */
    private static final Set<LockedPath> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
    private final Map<Thread, OpenFile> shared = new ConcurrentHashMap<>();
    private final SpareFile spare = SpareFile.of(this);
    private final AtomicReference<@Nullable OpenFile> kept = new AtomicReference<>();
    private volatile long keptAt;
    private volatile @Nullable Turns turns;
    // Under the exclusive lock:
    private @Nullable OpenFile exclusive;
    private boolean wasKept;

    LockedPath(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    boolean acquire(boolean isShared, Patience patience) throws InterruptedException {
        patience.check();
        if (gate.isWriteLockedByCurrentThread()) {
            gate.writeLock().lock();
            return true;
        }
        if (!isShared && gate.getReadHoldCount() > 0) {
            throw new IllegalStateException("this thread holds the lock of " + path
                    + " shared and can't have it exclusively: release it first, or acquire it exclusively at once");
        }
        Lock entry = isShared ? gate.readLock() : gate.writeLock();
        if (!patience.enter(entry)) {
            return false;
        }
        if (isShared && gate.getReadHoldCount() > 1) {
            return true;
        }
        boolean isLocked = false;
        try {
            OpenFile file = takeKept(isShared);
            boolean isKept = file != null;
            if (!isKept) {
                file = lockFile(isShared, patience);
            }
            if (file == null) {
                return false;
            }
            if (isShared) {
                shared.put(Thread.currentThread(), file);
            } else {
                exclusive = file;
                wasKept = isKept;
            }
            HELD.add(this);
            isLocked = true;
            return true;
        } catch (IOException failed) {
            throw new FileLockException(path, "can't lock " + path + ": " + reason(failed), failed);
        } finally {
            if (!isLocked) {
                entry.unlock();
            }
        }
    }

    /** Releases it once. */
    void release(boolean isShared) {
        release(isShared, false);
    }

    /**
     * Releases it once.
     *
     * @return whether all is well: false if this was the last time and others may have had the lock meanwhile, because the
     *     file was removed or replaced
     */
    boolean releaseAndLook(boolean isShared) {
        return release(isShared, true);
    }

    private boolean release(boolean isShared, boolean isToLook) {
        if (gate.isWriteLockedByCurrentThread()) {
            boolean isWell = true;
            if (gate.getWriteHoldCount() == 1) {
                OpenFile file = Objects.requireNonNull(exclusive);
                exclusive = null;
                isWell = unlock(file, isToLook);
            }
            gate.writeLock().unlock();
            return isWell;
        }
        if (!isShared || gate.getReadHoldCount() == 0) {
            throw new IllegalMonitorStateException("this thread does not hold the lock of " + path);
        }
        boolean isWell = true;
        if (gate.getReadHoldCount() == 1) {
            isWell = unlock(Objects.requireNonNull(shared.remove(Thread.currentThread())), isToLook);
        }
        gate.readLock().unlock();
        return isWell;
    }

    /**
     * Releases it for the threads of this process, while the process keeps the kernel's lock for the next time: until
     * {@link KeptLocks} gives it back. The calling thread holds it exclusively, once.
     */
    void releaseKeeping() {
        OpenFile file = Objects.requireNonNull(exclusive);
        exclusive = null;
        keptAt = System.nanoTime();
        kept.set(file);
        KeptLocks.watch(this);
        forgetHeld();
        gate.writeLock().unlock();
    }

    /** Whether the lock is being kept, and was used since then; one that was not is given back. */
    boolean keepsSince(long nanoTime) {
        OpenFile file = kept.get();
        if (file == null) {
            return false;
        }
        if (keptAt - nanoTime >= 0) {
            return true;
        }
        if (kept.compareAndSet(file, null)) {
            file.unlock();
            spare.give(file);
        }
        return false;
    }

    /** Whether the calling thread, which holds the lock exclusively, got it because this process had kept it. */
    boolean wasKept() {
        return wasKept;
    }

    /** With whom this process takes turns at appending to the file; null if nobody has said that he does. */
    @Nullable
    Turns turns() {
        Turns known = turns;
        if (known == null) {
            known = Turns.at(path);
            turns = known;
        }
        return known;
    }

    /** Whether the calling thread, which holds the lock exclusively, has acquired it but once. */
    boolean isHeldOnce() {
        return gate.getWriteHoldCount() == 1;
    }

    /** The file that the calling thread has locked; null if none. */
    @Nullable
    OpenFile file() {
        return gate.isWriteLockedByCurrentThread() ? exclusive : shared.get(Thread.currentThread());
    }

    /** From now on the calling thread, which holds the lock exclusively, holds that of another file, locked already. */
    void goOnWith(OpenFile other) {
        OpenFile file = Objects.requireNonNull(exclusive);
        exclusive = other;
        file.close();
    }

    boolean isHeldByCurrentThread(boolean isShared) {
        return gate.isWriteLockedByCurrentThread() || (isShared && gate.getReadHoldCount() > 0);
    }

    /** For people: what this process knows of it. */
    String state() {
        if (gate.isWriteLocked()) {
            return exclusive == null ? "waited for by this process" : "held by this process";
        }
        return shared.isEmpty() ? "not held by this process" : "held shared by this process";
    }

    /** The file that is locked because this process has kept the lock; null if none. */
    private @Nullable OpenFile takeKept(boolean isShared) throws IOException {
        OpenFile file = kept.getAndSet(null);
        if (file == null) {
            return null;
        }
        boolean isTaken = false;
        try {
            isTaken = !isShared && file.isAt(path);
            return isTaken ? file : null;
        } finally {
            if (!isTaken) {
                file.close();
            }
        }
    }

    private @Nullable OpenFile lockFile(boolean isShared, Patience patience) throws IOException, InterruptedException {
        Turns among = turns;
        patience.standBack(among);
        OpenFile file = spare.take(isShared);
        boolean isLocked = false;
        try {
            while (true) {
                if (file == null) {
                    file = OpenFile.open(path, isShared);
                }
                isLocked = file.tryLock(isShared);
                // Who waits for the lock of a file that has been removed might wait for ever.
                boolean isKnownToBeThere = !isLocked && patience.isEager();
                if (!isKnownToBeThere && !file.isAt(path)) {
                    isLocked = false;
                    file.close();
                    file = null;
                } else if (isLocked) {
                    return file;
                }
                if (!patience.isEager() && !patience.isSlow()) {
                    among = turns();
                }
                if (!patience.pause(among) && file != null) {
                    return null;
                }
            }
        } finally {
            if (!isLocked && file != null) {
                spare.give(file);
            }
        }
    }

    private boolean unlock(OpenFile file, boolean isToLook) {
        boolean isWell;
        try {
            isWell = !isToLook || file.isAt(path);
        } catch (IOException unreachable) {
            isWell = false;
        }
        file.unlock();
        if (isWell) {
            spare.give(file);
        } else {
            file.close();
        }
        forgetHeld();
        return isWell;
    }

    private void forgetHeld() {
        if (shared.isEmpty()) {
            HELD.remove(this);
            if (!shared.isEmpty()) {
                HELD.add(this); // another thread has come meanwhile
            }
        }
    }

    static String reason(IOException failed) {
        String message = failed instanceof java.nio.file.FileSystemException told ? told.getReason() : null;
        return message != null ? message : String.valueOf(failed.getMessage());
    }
}
