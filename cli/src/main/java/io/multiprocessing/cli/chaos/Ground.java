package io.multiprocessing.cli.chaos;

import io.multiprocessing.Context;
import io.multiprocessing.LongArray;
import io.multiprocessing.local.object.LocalObject;
import java.nio.file.Path;

/** What all processes of a storm share beside the objects that they try. */
public final class Ground {
    final Context mp;
    final Roll roll;
    final Tally tally;
    final Journal journal;

    private final boolean isMaker;

    private Ground(Context mp, LongArray roll, boolean isMaker) {
        this.mp = mp;
        this.isMaker = isMaker;
        this.roll = new Roll(roll);
        this.tally = new Tally(mp);
        this.journal = new Journal(mp);
    }

    /** Makes it, in the process that watches over the storm. */
    static Ground make(Context mp) {
        return new Ground(mp, Roll.make(mp), true);
    }

    /** Finds it, in a process that takes part. */
    static Ground of(LongArray roll) {
        return new Ground(roll.context(), roll, false);
    }

    /** The context, for the objects that a storm tries. */
    public Context mp() {
        return mp;
    }

    /** Where storms may have files: it goes with the context. */
    Path folder() {
        return Path.of(((LocalObject) roll.handle()).handle().context());
    }

    /** Whether this is the first process to make its storms. */
    public boolean isMaker() {
        return isMaker;
    }
}
