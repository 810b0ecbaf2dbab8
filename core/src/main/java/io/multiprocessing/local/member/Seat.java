package io.multiprocessing.local.member;

import io.multiprocessing.SegmentException;
import io.multiprocessing.local.segment.CrashPoint;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * The place in a registry that a parent has reserved for its child, as the child takes it: by reading and writing the
 * file, and by Java's own kind of file lock. To map memory and to call native functions costs a fresh JVM more than all
 * the rest of its start, and a child that does neither needs neither to take part.
 *
 * <p>Java's locks have a flaw: they are lost when any opening of the file is closed in the process. So this opening is
 * closed only when the child leaves, and the {@link Registry} takes the system's better kind as well as soon as it opens
 * the file for itself.
 *
 * <p>Only the child writes to its slot, and what commits is one byte: the state in the slot's word.
 */
public final class Seat implements AutoCloseable {
    private static final int HEAD_BYTES = 32;

    private final Path folder;
    private final FileChannel locks;
    private final RandomAccessFile members;
    private int owner;
    private int parent;

    private Seat(Path folder, FileChannel locks, RandomAccessFile members) {
        this.folder = folder;
        this.locks = locks;
        this.members = members;
    }

    /**
     * Opens what it takes to {@linkplain #take take} a place, which need not be known yet.
     *
     * @throws SegmentException if the context was removed, because the parent has died
     */
    public static Seat open(Path folder) {
        try {
            FileChannel locks =
                    new RandomAccessFile(folder.resolve(Registry.LOCKS_FILE).toFile(), "rw").getChannel();
            // Not a channel, which the interrupt of a thread would close.
            RandomAccessFile members =
                    new RandomAccessFile(folder.resolve(MembersFile.NAME).toFile(), "rw");
            return new Seat(folder, locks, members);
        } catch (IOException gone) {
            throw gone(folder, gone);
        }
    }

    private static SegmentException gone(Path folder, IOException cause) {
        return new SegmentException("the context in " + folder + " is gone", cause);
    }

    /**
     * Takes the place. Once. Closes the files if it can't.
     *
     * @param place the number that the parent got when it reserved the place
     * @throws SegmentException if the place was given away, or the context removed, because the parent has died
     */
    public void take(int place) {
        owner = place;
        boolean taken = false;
        try {
            take();
            taken = true;
        } catch (IOException gone) {
            throw gone(folder, gone);
        } finally {
            if (!taken) {
                close();
            }
        }
    }

    /**
     * Takes a place that no context has, so that the next one is taken faster.
     *
     * @throws SegmentException if the context is gone
     */
    public static void rehearse(Path folder) {
        int beyondTheLast = Owner.of(RegistryLayout.SLOTS, 1);
        try {
            open(folder).take(beyondTheLast);
        } catch (SegmentException refused) {
            if (refused.getCause() != null) {
                throw refused;
            }
        }
    }

    public Path folder() {
        return folder;
    }

    public int owner() {
        return owner;
    }

    /** Notes which signal makes this process shut down. */
    public void setExitSignal(int signal) {
        write(RegistryLayout.SLOT_EXIT_SIGNAL, buffer(Integer.BYTES).putInt(signal));
    }

    /**
     * Says that this process leaves, or ends, in good order; if it ends, the locks go with it.
     *
     * @return whether the parent has not done so, and therefore is the one to remove the context, or leaves that to others.
     *     Both first say that they leave and then look for others: one of the two sees the other
     */
    boolean end() {
        writeState(MemberState.LEFT);
        CrashPoint.reached("leave-K1");
        try {
            long word = read(RegistryLayout.slot(Owner.slot(parent)) + RegistryLayout.SLOT_WORD, Long.BYTES)
                    .getLong(0);
            return MemberState.of(word) == MemberState.JOINED
                    && Owner.of(Owner.slot(parent), MemberState.generation(word)) == parent;
        } catch (IOException unknown) {
            return false;
        }
    }

    /** Gives up the locks. */
    @Override
    public void close() {
        try {
            members.close();
            locks.close();
        } catch (IOException alreadyUnusable) {
            // The locks go with the process.
        }
    }

    private void take() throws IOException {
        boolean locked = locks.tryLock(RegistryLayout.lock(Owner.slot(owner)), 1, false) != null;
        ByteBuffer head = read(slot(), HEAD_BYTES);
        long word = head.getLong((int) RegistryLayout.SLOT_WORD);
        if (!locked
                || MemberState.of(word) != MemberState.RESERVED
                || Owner.of(Owner.slot(owner), MemberState.generation(word)) != owner) {
            throw new SegmentException("the place of this process in " + folder + " was given to another one");
        }
        parent = MemberState.reserver(word);
        CrashPoint.reached("join-K1");
        write(
                RegistryLayout.SLOT_PID,
                buffer(Long.BYTES).putLong(ProcessHandle.current().pid()));
        write(RegistryLayout.SLOT_JOINED_MILLIS, buffer(Long.BYTES).putLong(System.currentTimeMillis()));
        writeState(MemberState.JOINED);
        CrashPoint.reached("join-K2");
        // Whoever removes a context stores REMOVED and then looks for locks; we lock and then look for REMOVED. One of
        // the two sees the other.
        if (read(RegistryLayout.STATE, Integer.BYTES).getInt(0) != RegistryLayout.LIVE) {
            throw new SegmentException("the context in " + folder + " has been removed");
        }
    }

    private void writeState(MemberState state) {
        write(RegistryLayout.SLOT_WORD, buffer(1).put(state.number()));
    }

    private long slot() {
        return RegistryLayout.slot(Owner.slot(owner));
    }

    private synchronized void write(long offset, ByteBuffer bytes) {
        try {
            byte[] written = new byte[bytes.flip().remaining()];
            bytes.get(written);
            members.seek(slot() + offset);
            members.write(written);
        } catch (IOException failed) {
            throw new SegmentException("the context in " + folder + " can't be written", failed);
        }
    }

    private synchronized ByteBuffer read(long position, int bytes) throws IOException {
        byte[] read = new byte[bytes];
        members.seek(position);
        if (members.read(read) != bytes) {
            throw new SegmentException("the registry of the context in " + folder + " is damaged");
        }
        return ByteBuffer.wrap(read).order(ByteOrder.nativeOrder());
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
    }
}
