package io.multiprocessing.threads;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The blocks with flat names of this JVM. In the place of other programs stand contexts of other spaces. */
final class FlatNames {
    private final Map<String, TwinBlock> blocks = new ConcurrentHashMap<>();

    /** False if the name is taken. */
    boolean add(TwinBlock block) {
        return blocks.putIfAbsent(block.name(), block) == null;
    }

    @Nullable
    TwinBlock find(String name) {
        return blocks.get(name);
    }

    /** False if the block has lost its name already. */
    boolean remove(TwinBlock block) {
        return blocks.remove(block.name(), block);
    }

    /** The last context of a space is closed. */
    @SuppressWarnings("ReferenceEquality") // a space is itself
    void removeThoseOf(Space space) {
        blocks.values().stream().filter(block -> block.maker() == space).forEach(TwinBlock::unlink);
    }
}
