package io.multiprocessing.threads;

import java.util.HashMap;
import java.util.Map;

/** The permits of a semaphore, guarded by their room. */
abstract class Permits {
    final Room room;

    Permits(Space space) {
        this.room = new Room(space);
    }

    /** Takes one if there is one. */
    abstract boolean take(TwinContext context);

    /** @throws IllegalStateException if there would be too many */
    abstract void give(TwinContext context, int count);

    abstract int free();

    /** Permits without a holder. */
    static final class Plain extends Permits {
        private final int limit;
        private int free;

        Plain(Space space, int free, int limit) {
            super(space);
            this.free = free;
            this.limit = limit;
        }

        @Override
        boolean take(TwinContext context) {
            if (free == 0) {
                return false;
            }
            free--;
            return true;
        }

        @Override
        void give(TwinContext context, int count) {
            if (count > limit - free) {
                throw new IllegalStateException("release of " + count + " to a semaphore that has " + free
                        + " permits and may have at most " + limit);
            }
            free += count;
        }

        @Override
        int free() {
            return free;
        }
    }

    /** Permits that come back when the context of their holder is closed. */
    static final class Leased extends Permits {
        private final int all;
        private final Map<TwinContext, Integer> held = new HashMap<>();

        Leased(Space space, int all) {
            super(space);
            this.all = all;
        }

        @Override
        boolean take(TwinContext context) {
            if (free() == 0) {
                return false;
            }
            context.checkOpen(); // those who have left may be we
            held.merge(context, 1, Integer::sum);
            return true;
        }

        @Override
        void give(TwinContext context, int count) {
            int mine = held.getOrDefault(context, 0);
            if (count > mine) {
                throw new IllegalStateException(
                        "release of " + count + " leased permits by a process that holds " + mine);
            }
            held.put(context, mine - count);
        }

        @Override
        int free() {
            held.entrySet().removeIf(holder -> holder.getKey().isClosed() || holder.getValue() == 0);
            return all - held.values().stream().mapToInt(Integer::intValue).sum();
        }
    }
}
