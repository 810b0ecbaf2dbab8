package io.multiprocessing.cli.chaos;

import io.multiprocessing.LongArray;
import io.multiprocessing.Task;
import java.time.Duration;
import java.util.List;

/** Storms in which something is wrong. */
public enum PlantedFleet implements Fleet {
    VIOLATION_IN_A_PROCESS,
    VIOLATION_IN_THE_END,
    LEAK,
    EXCEPTION,
    STANDSTILL;

    @Override
    public List<Storm> storms(Ground ground) {
        return List.of(new Planted(ground, this));
    }

    private static final class Planted extends Storm {
        private final PlantedFleet what;

        Planted(Ground ground, PlantedFleet what) {
            super(ground);
            this.what = what;
        }

        @Override
        public String name() {
            return "planted";
        }

        @Override
        protected Task victim(LongArray roll, long serial) {
            PlantedFleet planted = what;
            return () -> Worker.victim(new Planted(Ground.of(roll), planted), serial);
        }

        /** In the time of the machine, of which a second takes as much longer as it is crowded. */
        @Override
        protected Duration patience() {
            return what == STANDSTILL ? Duration.ofSeconds(1) : super.patience();
        }

        @Override
        protected void round(Worker me) throws InterruptedException {
            me.did();
            if (what == VIOLATION_IN_A_PROCESS) {
                me.violation("planted");
            } else if (what == EXCEPTION) {
                throw new IllegalStateException("planted");
            } else if (what == STANDSTILL) {
                while (me.isSteady() && !me.isOver()) {
                    Thread.sleep(10);
                }
            }
        }

        @Override
        protected void settle(Findings findings) {
            if (what == VIOLATION_IN_THE_END) {
                findings.violation("planted");
            } else if (what == LEAK) {
                findings.leak("planted");
            }
        }
    }
}
