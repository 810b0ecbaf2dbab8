package io.multiprocessing.cli.chaos;

import java.util.List;

/** All that is tried. */
public final class Storms {
    private Storms() {}

    public static List<Storm> all(Ground ground) {
        return List.of(
                new LockStorm(ground),
                new RLockStorm(ground),
                new AtomicsStorm(ground),
                new ArrayStorm(ground),
                new SemaphoreStorm(ground),
                new ConditionStorm(ground),
                new EventStorm(ground),
                new BarrierStorm(ground),
                new QueueStorm(ground),
                new FileStorm(ground),
                new DatabaseStorm(ground),
                new PipeStorm(ground),
                new BlockStorm(ground),
                new ManagerStorm(ground),
                new ProcessStorm(ground),
                new StandByStorm(ground),
                new PoolStorm(ground),
                new ContextStorm(ground));
    }
}
