package io.multiprocessing.local.member;

import io.multiprocessing.SegmentException;
import io.multiprocessing.local.os.Os;
import io.multiprocessing.local.os.RangeLocks;
import io.multiprocessing.local.segment.CrashPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The members of one context: a slot for each process, and file locks that prove who is alive. A lock vanishes with
 * its process, whatever ended it, and a stopped or slow process keeps it: there are no heartbeats and no timeouts.
 *
 * <p>A process joins by locking its bytes first and then storing JOINED into the slot. A parent reserves a slot for its
 * child, so that the child finds it without a search and its parent knows it from the start.
 *
 * <p>Kill points: join-K1 the bytes are locked, the slot is not taken: the locks go, the slot is as before. join-K2
 * taken: the member is dead, seen by whoever asks. leave-K1 LEFT is stored: the locks go with the process.
 */
public final class Registry {
    static final String LOCKS_FILE = "locks";

    private final Path folder;
    private final MembersFile file;
    private final @Nullable Seat seat;
    private @Nullable RangeLocks locks;
    private boolean closed;
    private volatile int self;

    private Registry(Path folder, MembersFile file, @Nullable Seat seat) {
        this.folder = folder;
        this.file = file;
        this.seat = seat;
        this.self = seat == null ? 0 : seat.owner();
    }

    /**
     * Makes the registry of a new context.
     *
     * @param making where the folder is now, known to nobody else
     * @param folder where it will be
     */
    static Registry create(Path making, Path folder, String contextName) throws IOException {
        MembersFile file = MembersFile.create(making, folder, contextName);
        Path locksFile = making.resolve(LOCKS_FILE);
        Folders.createFile(locksFile);
        Registry registry = new Registry(folder, file, null);
        registry.locks = Os.current().openLocks(locksFile);
        return registry;
    }

    /** Opens the registry of a context that exists. */
    public static Registry open(Path folder) {
        return new Registry(folder, MembersFile.open(folder), null);
    }

    /** The registry of the context in which this process, as a child, has taken its seat. Mapped when it is needed. */
    public static Registry of(Seat seat) {
        return new Registry(seat.folder(), MembersFile.openLater(seat.folder()), seat);
    }

    public Path folder() {
        return folder;
    }

    public String contextName() {
        return file.contextName();
    }

    public Instant created() {
        return file.created();
    }

    /** How much memory the files of the context take. */
    public long bytes() {
        return Folders.bytes(folder);
    }

    /** The number of this process in the context; 0 before it has joined. */
    public int self() {
        return self;
    }

    /** Joins as a process that nobody reserved a slot for. The gate is held. */
    void join(String name, boolean daemon) {
        RangeLocks mine = locks();
        for (int i = 0; i < RegistryLayout.SLOTS; i++) {
            int slot = file.nextSlot();
            if (mine.tryLock(RegistryLayout.lock(slot), RegistryLayout.LOCKS_PER_MEMBER)) {
                long word = file.word(slot);
                if (!isReservedByTheLiving(word)) {
                    CrashPoint.reached("join-K1");
                    int generation = MemberState.generation(word) + 1;
                    file.describe(slot, name, daemon, 0);
                    takeSlot(slot, generation);
                    CrashPoint.reached("join-K2");
                    return;
                }
                mine.unlock(RegistryLayout.lock(slot), RegistryLayout.LOCKS_PER_MEMBER);
            }
        }
        throw full();
    }

    /** Prepares a slot for a child; gives its owner number, by which the child {@linkplain Seat takes its seat}. */
    public int reserve(String name, boolean daemon) {
        for (int i = 0; i < RegistryLayout.SLOTS; i++) {
            int slot = file.nextSlot();
            long word = file.word(slot);
            if (isReusable(slot, word)) {
                int generation = MemberState.generation(word) + 1;
                if (file.casWord(slot, word, MemberState.RESERVED.word(generation, self))) {
                    file.describe(slot, name, daemon, self);
                    return Owner.of(slot, generation);
                }
            }
        }
        throw full();
    }

    /** Whether the child for which a slot was prepared has not taken it. */
    public boolean isReserved(int owner) {
        long word = file.word(Owner.slot(owner));
        return MemberState.of(word) == MemberState.RESERVED && isGeneration(word, owner);
    }

    /** Takes back a reservation of a child that could not be started, or has ended before it took its slot. */
    public void unreserve(int owner) {
        int slot = Owner.slot(owner);
        long word = file.word(slot);
        if (MemberState.of(word) == MemberState.RESERVED && isGeneration(word, owner)) {
            file.casWord(slot, word, MemberState.LEFT.word(MemberState.generation(word), 0));
        }
    }

    /** Leaves in good order; the files stay open, so that {@link #hasOthers} can be asked. */
    void leave() {
        int slot = Owner.slot(self);
        long word = file.word(slot);
        RangeLocks remaining = locks();
        file.setWord(slot, MemberState.LEFT.word(MemberState.generation(word), 0));
        CrashPoint.reached("leave-K1");
        if (seat != null) {
            seat.close();
        }
        remaining.unlock(RegistryLayout.lock(slot), RegistryLayout.LOCKS_PER_MEMBER);
    }

    /**
     * Says that this process ends, in good order. Its locks go when it has ended and not before, because other threads of
     * it may still do what a lock of theirs guards.
     */
    void end() {
        int slot = Owner.slot(self);
        locks();
        file.setWord(slot, MemberState.LEFT.word(MemberState.generation(file.word(slot)), 0));
        CrashPoint.reached("leave-K1");
        if (seat != null) {
            seat.close(); // there is the other lock; this one would look like that of another process
        }
    }

    /** Whether this process sits where its parent reserved a place for it. */
    public boolean hasSeat() {
        return seat != null;
    }

    /** Takes the system's better kind of lock, which is not lost when another opening of the file is closed. */
    public void secureSeat() {
        locks();
    }

    /**
     * Leaves in good order if the parent stays. Calls no native function unless others have been called already.
     *
     * @return false if the parent has left, so that it is not known who is to remove the context: then only that was said
     */
    public boolean leaveSeat() {
        Seat mine = Objects.requireNonNull(seat);
        boolean isParentThere = mine.end();
        if (isParentThere) {
            mine.close();
            closeFiles();
        }
        return isParentThere;
    }

    /** As {@link #leaveSeat}, but the locks go with this process. */
    public boolean endSeat() {
        return Objects.requireNonNull(seat).end();
    }

    /** Notes which signal makes this process shut down, if it sits in a reserved place. */
    public void setExitSignal(int signal) {
        if (seat != null) {
            seat.setExitSignal(signal);
        }
    }

    /** Closes the files, without having joined or after having left. */
    public synchronized void closeFiles() {
        closed = true;
        if (locks != null) {
            locks.close();
            locks = null;
        }
    }

    /** Whether a member is proven dead or gone: it has no lock any more, or its slot has another user. */
    public boolean isDead(int owner) {
        if (owner == self) {
            return false;
        }
        int slot = Owner.slot(owner);
        if (slot < 0 || slot >= RegistryLayout.SLOTS) {
            return true;
        }
        long word = file.word(slot);
        if (!isGeneration(word, owner)) {
            return true;
        }
        return switch (MemberState.of(word)) {
            case FREE -> true;
            case RESERVED -> isDead(MemberState.reserver(word)) && !isLocked(slot);
            case JOINED, LEFT -> !isLocked(slot);
        };
    }

    /** Whether a member died without having left in good order. False if its slot has another user by now. */
    public boolean hasCrashed(int owner) {
        int slot = Owner.slot(owner);
        if (owner == self || slot < 0 || slot >= RegistryLayout.SLOTS) {
            return false;
        }
        long word = file.word(slot);
        return isGeneration(word, owner) && MemberState.of(word) == MemberState.JOINED && !isLocked(slot);
    }

    /** What is known of a member, also of a dead one whose slot has no new user yet. */
    public Optional<Member> member(int owner) {
        int slot = Owner.slot(owner);
        if (slot < 0 || slot >= RegistryLayout.SLOTS || !isGeneration(file.word(slot), owner)) {
            return Optional.empty();
        }
        return Optional.of(file.read(slot, owner));
    }

    /** The living members. */
    public List<Member> living() {
        List<Member> living = new ArrayList<>();
        for (int slot = 0; slot < RegistryLayout.SLOTS; slot++) {
            long word = file.word(slot);
            int owner = Owner.of(slot, MemberState.generation(word));
            if (MemberState.of(word) == MemberState.JOINED && (owner == self || isLocked(slot))) {
                living.add(file.read(slot, owner));
            }
        }
        return living;
    }

    /** Whether any other process is a member, or any other opening of the context in this process; not those that end. */
    boolean hasOthers() {
        if (!locks().isHeld(RegistryLayout.FIRST_MEMBER_LOCK, 0)) {
            return false;
        }
        for (int slot = 0; slot < RegistryLayout.SLOTS; slot++) {
            MemberState state = MemberState.of(file.word(slot));
            // A child has its lock for a moment before it has joined.
            if ((state == MemberState.JOINED || state == MemberState.RESERVED) && isLocked(slot)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a member of this pid is in the registry, alive or not. Needs no lock file. */
    boolean mentions(long pid) {
        for (int slot = 0; slot < RegistryLayout.SLOTS; slot++) {
            if (MemberState.of(file.word(slot)) == MemberState.JOINED && file.pid(slot) == pid) {
                return true;
            }
        }
        return false;
    }

    /** Whether the context is where it was; another one of its name may be there instead. */
    boolean isInPlace() {
        return file.isInPlace();
    }

    boolean isLive() {
        return file.isLive();
    }

    void setRemoved(boolean removed) {
        file.setRemoved(removed);
    }

    boolean tryGate() {
        return locks().tryLock(RegistryLayout.GATE, 1);
    }

    void enterGate() {
        locks().lock(RegistryLayout.GATE, 1);
    }

    void leaveGate() {
        locks().unlock(RegistryLayout.GATE, 1);
    }

    /** Which signal made a member shut down; 0 if it ended otherwise. */
    public int exitSignal(int owner) {
        return file.exitSignal(Owner.slot(owner));
    }

    private synchronized RangeLocks locks() {
        if (closed) {
            // To open them again would lock our place again: we would look alive for as long as this JVM runs.
            throw new IllegalStateException("the context is closed");
        }
        if (locks == null) {
            try {
                locks = Os.current().openLocks(folder.resolve(LOCKS_FILE));
            } catch (IOException gone) {
                throw new SegmentException("the context in " + folder + " is gone", gone);
            }
            if (self != 0) {
                locks.tryLock(RegistryLayout.lock(Owner.slot(self)) + 1, 1);
            }
        }
        return locks;
    }

    private boolean isLocked(int slot) {
        return locks().isHeld(RegistryLayout.lock(slot), RegistryLayout.LOCKS_PER_MEMBER);
    }

    private boolean isReusable(int slot, long word) {
        return switch (MemberState.of(word)) {
            case FREE -> true;
            case LEFT, JOINED -> !isLocked(slot) && Owner.slot(self) != slot;
            case RESERVED -> !isReservedByTheLiving(word) && !isLocked(slot);
        };
    }

    private boolean isReservedByTheLiving(long word) {
        return MemberState.of(word) == MemberState.RESERVED && !isDead(MemberState.reserver(word));
    }

    private void takeSlot(int slot, int generation) {
        file.introduceSelf(slot);
        self = Owner.of(slot, generation);
        file.setWord(slot, MemberState.JOINED.word(generation, 0));
    }

    private static boolean isGeneration(long word, int owner) {
        return Owner.of(Owner.slot(owner), MemberState.generation(word)) == owner;
    }

    private IllegalStateException full() {
        return new IllegalStateException(
                "the context has " + RegistryLayout.SLOTS + " living processes already, which is the most it can have");
    }
}
