package io.multiprocessing.local.block;

import io.multiprocessing.SharedMemoryExistsException;
import io.multiprocessing.SharedObject;
import io.multiprocessing.block.Block;
import io.multiprocessing.block.Blocks;
import io.multiprocessing.block.FlatName;
import io.multiprocessing.block.MemoryList;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.BlockFile;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The blocks that this process has open in one context.
 *
 * <p>Whoever makes a block looks what has become of some that this process has made before: those that another program has
 * unlinked take memory, and nobody tells.
 */
public final class LocalBlocks extends Blocks {
    private static final int LOOKS = 2;

    private final Home home;
    private final Path folder;

    // Guarded by this.
    private final Set<LocalSharedMemory> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<BlockFile.Id, LocalSharedMemory> arriving = new HashMap<>();
    private final SequencedSet<BlockFile.Id> made = new LinkedHashSet<>();

    public LocalBlocks(Home home) {
        this.home = home;
        this.folder = home.registry().folder();
    }

    Home home() {
        return home;
    }

    @Override
    protected Block create(@Nullable String name, long bytes, Consumer<MemorySegment> filling) {
        home.checkOpen();
        FlatName.checkSize(bytes);
        forgetUnlinked();
        while (true) {
            var id = new BlockFile.Id(home.store().newPartId(), name == null ? FlatName.random() : name);
            Block block = open(id, arena -> BlockFile.create(folder, id, bytes, filling, arena));
            if (block != null) {
                synchronized (this) {
                    made.add(id);
                }
                return block;
            }
            if (name != null) {
                throw new SharedMemoryExistsException(name);
            }
        }
    }

    private void forgetUnlinked() {
        for (int i = 0; i < LOOKS; i++) {
            BlockFile.Id id;
            synchronized (this) {
                id = made.isEmpty() ? null : made.removeFirst();
            }
            if (id != null && !BlockFile.removeIfUnlinked(folder, id)) {
                synchronized (this) {
                    made.add(id);
                }
            }
        }
    }

    @Override
    protected Block attach(String name) {
        home.checkOpen();
        return attach(new BlockFile.Id(0, name));
    }

    /** What a handle stands for, a block or the list in it. The block is the one that is open, or else it is attached. */
    public SharedObject arrived(ObjectKind kind, long number, String name) {
        home.checkOpen();
        Block block = arrived(number, name);
        return kind == ObjectKind.SHAREABLE_LIST ? MemoryList.in(block) : block;
    }

    private Block arrived(long number, String name) {
        var id = new BlockFile.Id(number, FlatName.check(name));
        LocalSharedMemory known;
        synchronized (this) {
            known = arriving.get(id);
        }
        return known != null ? known : attach(id);
    }

    private Block attach(BlockFile.Id id) {
        Block block = open(id, arena -> BlockFile.attach(folder, id, arena));
        if (block == null) {
            throw FlatName.notFound(id.name());
        }
        return block;
    }

    private interface Opening {
        @Nullable
        MemorySegment in(Arena arena);
    }

    private @Nullable Block open(BlockFile.Id id, Opening opening) {
        Arena arena = Arena.ofShared();
        LocalSharedMemory block = null;
        try {
            MemorySegment memory = opening.in(arena);
            block = memory == null ? null : new LocalSharedMemory(this, id, memory, arena);
        } finally {
            if (block == null) {
                arena.close();
            }
        }
        if (block != null) {
            remember(block);
        }
        return block;
    }

    private void remember(LocalSharedMemory block) {
        synchronized (this) {
            open.add(block);
            arriving.putIfAbsent(block.id(), block);
        }
        if (home.isClosed()) {
            block.close();
            home.checkOpen();
        }
    }

    synchronized void forget(LocalSharedMemory block) {
        open.remove(block);
        arriving.remove(block.id(), block);
    }

    void unlink(BlockFile.Id id) {
        synchronized (this) {
            made.remove(id);
        }
        if (!BlockFile.unlink(folder, id)) {
            throw FlatName.notFound(id.name());
        }
    }

    /** Closes all. One that is in use by a native call stays mapped until the process ends. */
    public void close() {
        List<LocalSharedMemory> left;
        synchronized (this) {
            left = List.copyOf(open);
        }
        for (LocalSharedMemory block : left) {
            try {
                block.close();
            } catch (IllegalStateException inUse) {
                System.getLogger("io.multiprocessing").log(Level.WARNING, block + " stays mapped", inUse);
            }
        }
    }
}
