package io.multiprocessing.local.member;

/** What a slot of the registry says about its process. What the locks say counts more: they go with the process. */
enum MemberState {
    /** Nobody has used the slot yet. */
    FREE,
    /** Its parent has prepared it for a process that has not come yet. */
    RESERVED,
    /** A process has taken it. If its lock is gone the process has died. */
    JOINED,
    /** The process has left in good order. */
    LEFT;

    private static final MemberState[] ALL = {FREE, RESERVED, JOINED, LEFT};

    /** The number of the state in a slot's word. It is written to files, so it never changes. */
    byte number() {
        return switch (this) {
            case FREE -> 0;
            case RESERVED -> 1;
            case JOINED -> 2;
            case LEFT -> 3;
        };
    }

    static MemberState of(long word) {
        int state = (int) (word & 0xFF);
        return state < ALL.length ? ALL[state] : FREE;
    }

    static int generation(long word) {
        return (int) (word >>> 8) & 0xFF_FFFF;
    }

    static int reserver(long word) {
        return (int) (word >>> 32);
    }

    long word(int generation, int reserver) {
        return (long) reserver << 32 | (generation & 0xFF_FFFFL) << 8 | number();
    }
}
