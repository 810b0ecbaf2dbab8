package io.multiprocessing.cli.chaos;

import io.multiprocessing.Context;
import io.multiprocessing.LongArray;
import io.multiprocessing.ShareableList;
import io.multiprocessing.SharedMemoryExistsException;
import io.multiprocessing.Task;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of shared memory that are made, attached to and unlinked under a few flat names. Each holds a list of which all
 * elements are the same: whoever finds one finds it whole. At the end all names can be taken away and given again.
 */
final class BlockStorm extends Storm {
    private static final int OPERATIONS = 5;
    private static final int NAMES = 3;
    private static final int ELEMENTS = 200;

    private final Context mp;
    private final String prefix;

    BlockStorm(Ground ground) {
        super(ground);
        mp = ground.mp();
        long run = mp.named("block.run").longValue(System.nanoTime()).get();
        prefix = "storm-" + Long.toHexString(run) + "-";
    }

    @Override
    public String name() {
        return "block";
    }

    @Override
    protected Task victim(LongArray roll, long serial) {
        return () -> Worker.victim(new BlockStorm(Ground.of(roll)), serial);
    }

    @Override
    protected List<String> crashPoints() {
        return List.of("block-K1", "block-K2", "block-K3", "block-K4");
    }

    @Override
    protected void round(Worker me) {
        for (int i = 0; i < OPERATIONS; i++) {
            use(prefix + me.pick(NAMES), me);
            me.did();
        }
    }

    private void use(String block, Worker me) {
        try (ShareableList list = me.chance(2) ? make(block, me) : find(block)) {
            if (list != null) {
                if (list.count(list.get(0)) != ELEMENTS) {
                    me.violation("found a list that is not whole: " + list);
                }
                if (me.chance(3)) {
                    unlink(list);
                }
            }
        }
    }

    private @Nullable ShareableList make(String block, Worker me) {
        try {
            return mp.shareableList(block, Collections.nCopies(ELEMENTS, "made by " + me.pick(Integer.MAX_VALUE)));
        } catch (SharedMemoryExistsException somebodyElse) {
            return null;
        }
    }

    private @Nullable ShareableList find(String block) {
        try {
            return mp.shareableList(block);
        } catch (NoSuchElementException nobody) {
            return null;
        }
    }

    private static void unlink(ShareableList list) {
        try {
            list.memory().unlink();
        } catch (NoSuchElementException somebodyElse) {
            // As it may be: it is done once.
        }
    }

    @Override
    protected void settle(Findings findings) {
        for (int i = 0; i < NAMES; i++) {
            try (ShareableList left = find(prefix + i)) {
                if (left != null) {
                    unlink(left);
                }
            }
            try (ShareableList fresh = mp.shareableList(prefix + i, List.of(i))) {
                fresh.memory().unlink();
            } catch (SharedMemoryExistsException notFreed) {
                findings.violation("a name that was unlinked is taken: " + notFreed.getMessage());
            }
        }
    }
}
