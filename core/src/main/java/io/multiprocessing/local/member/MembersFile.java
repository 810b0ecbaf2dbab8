package io.multiprocessing.local.member;

import io.multiprocessing.local.segment.SegmentFile;
import io.multiprocessing.local.segment.Words;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the file of a context's members, see {@link RegistryLayout}: what the context is, and the slots of the
 * processes. Who may write where, and what to believe of it, is the {@link Registry}'s business.
 */
final class MembersFile {
    static final String NAME = "members";

    private final Path folder;
    private volatile @Nullable MemorySegment mapped;

    private MembersFile(Path folder, @Nullable MemorySegment mapped) {
        this.folder = folder;
        this.mapped = mapped;
    }

    /**
     * Makes the file of a new context.
     *
     * @param making where the folder is now, known to nobody else
     * @param folder where it will be
     */
    static MembersFile create(Path making, Path folder, String contextName) throws IOException {
        MemorySegment memory =
                SegmentFile.create(making.resolve(NAME), RegistryLayout.KIND, RegistryLayout.BYTES, Arena.ofAuto());
        MembersFile file = new MembersFile(folder, memory);
        Words.setLongPlain(memory, RegistryLayout.CREATED_MILLIS, System.currentTimeMillis());
        file.writeText(RegistryLayout.NAME_LENGTH, RegistryLayout.NAME, RegistryLayout.NAME_BYTES, contextName);
        Words.setLongPlain(memory, RegistryLayout.IDENTITY, new SecureRandom().nextLong());
        Words.setIntRelease(memory, RegistryLayout.STATE, RegistryLayout.LIVE);
        return file;
    }

    /** The file of a context that exists. */
    static MembersFile open(Path folder) {
        MembersFile file = openLater(folder);
        file.memory();
        return file;
    }

    /** As {@link #open}, mapped when it is needed. */
    static MembersFile openLater(Path folder) {
        return new MembersFile(folder, null);
    }

    String contextName() {
        return readText(RegistryLayout.NAME_LENGTH, RegistryLayout.NAME, RegistryLayout.NAME_BYTES);
    }

    Instant created() {
        return Instant.ofEpochMilli(Words.longPlain(memory(), RegistryLayout.CREATED_MILLIS));
    }

    boolean isLive() {
        return Words.intVolatile(memory(), RegistryLayout.STATE) == RegistryLayout.LIVE;
    }

    void setRemoved(boolean removed) {
        Words.setIntVolatile(memory(), RegistryLayout.STATE, removed ? RegistryLayout.REMOVED : RegistryLayout.LIVE);
    }

    /** Whether the file is where it was; that of another context of the same name may be there instead. */
    boolean isInPlace() {
        // Not a channel, which the interrupt of a thread would close.
        try (var found = new RandomAccessFile(folder.resolve(NAME).toFile(), "r")) {
            byte[] identity = new byte[Long.BYTES];
            found.seek(RegistryLayout.IDENTITY);
            found.readFully(identity);
            return ByteBuffer.wrap(identity).order(ByteOrder.nativeOrder()).getLong()
                    == Words.longPlain(memory(), RegistryLayout.IDENTITY);
        } catch (IOException gone) {
            return false;
        }
    }

    /** The slot to look at next for a free one; they come round and round, so that each rests after its use. */
    int nextSlot() {
        return Integer.remainderUnsigned(
                Words.getAndAddInt(memory(), RegistryLayout.NEXT_SLOT, 1), RegistryLayout.SLOTS);
    }

    /** The state of a slot, see {@link MemberState}. */
    long word(int slot) {
        return Words.longVolatile(memory(), wordOffset(slot));
    }

    void setWord(int slot, long word) {
        Words.setLongVolatile(memory(), wordOffset(slot), word);
    }

    boolean casWord(int slot, long expected, long word) {
        return Words.casLong(memory(), wordOffset(slot), expected, word);
    }

    long pid(int slot) {
        return Words.longPlain(memory(), RegistryLayout.slot(slot) + RegistryLayout.SLOT_PID);
    }

    int exitSignal(int slot) {
        return Words.intVolatile(memory(), RegistryLayout.slot(slot) + RegistryLayout.SLOT_EXIT_SIGNAL);
    }

    /** Writes what is known of a process before it comes. */
    void describe(int slot, String name, boolean daemon, int parent) {
        long at = RegistryLayout.slot(slot);
        Words.setLongPlain(memory(), at + RegistryLayout.SLOT_PID, 0);
        Words.setIntPlain(memory(), at + RegistryLayout.SLOT_PARENT, parent);
        Words.setIntPlain(memory(), at + RegistryLayout.SLOT_DAEMON, daemon ? 1 : 0);
        Words.setIntPlain(memory(), at + RegistryLayout.SLOT_EXIT_SIGNAL, 0);
        writeText(
                at + RegistryLayout.SLOT_NAME_LENGTH,
                at + RegistryLayout.SLOT_NAME,
                RegistryLayout.SLOT_NAME_BYTES,
                name);
    }

    /** Writes what this process knows of itself. */
    void introduceSelf(int slot) {
        long at = RegistryLayout.slot(slot);
        long pid = ProcessHandle.current().pid();
        Words.setLongPlain(memory(), at + RegistryLayout.SLOT_PID, pid);
        Words.setLongPlain(memory(), at + RegistryLayout.SLOT_JOINED_MILLIS, System.currentTimeMillis());
    }

    Member read(int slot, int owner) {
        long at = RegistryLayout.slot(slot);
        return new Member(
                owner,
                pid(slot),
                readText(
                        at + RegistryLayout.SLOT_NAME_LENGTH,
                        at + RegistryLayout.SLOT_NAME,
                        RegistryLayout.SLOT_NAME_BYTES),
                Words.intPlain(memory(), at + RegistryLayout.SLOT_DAEMON) != 0,
                Words.intPlain(memory(), at + RegistryLayout.SLOT_PARENT),
                Instant.ofEpochMilli(Words.longPlain(memory(), at + RegistryLayout.SLOT_JOINED_MILLIS)));
    }

    private static long wordOffset(int slot) {
        return RegistryLayout.slot(slot) + RegistryLayout.SLOT_WORD;
    }

    private void writeText(long lengthOffset, long offset, int maxBytes, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = bytes.length;
        if (length > maxBytes) {
            length = maxBytes;
            while ((bytes[length] & 0xC0) == 0x80) {
                length--; // not in the middle of a character
            }
        }
        MemorySegment.copy(bytes, 0, memory(), ValueLayout.JAVA_BYTE, offset, length);
        Words.setIntPlain(memory(), lengthOffset, length);
    }

    private String readText(long lengthOffset, long offset, int maxBytes) {
        int length = Math.clamp(Words.intPlain(memory(), lengthOffset), 0, maxBytes);
        byte[] bytes = new byte[length];
        MemorySegment.copy(memory(), ValueLayout.JAVA_BYTE, offset, bytes, 0, length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private MemorySegment memory() {
        MemorySegment memory = mapped;
        if (memory == null) {
            memory = SegmentFile.attach(folder.resolve(NAME), RegistryLayout.KIND, Arena.ofAuto());
            mapped = memory;
        }
        return memory;
    }
}
