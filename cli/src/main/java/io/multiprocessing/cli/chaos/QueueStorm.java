package io.multiprocessing.cli.chaos;

import io.multiprocessing.LongArray;
import io.multiprocessing.Queue;
import io.multiprocessing.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A bounded queue of small messages and one that grows, of larger ones, some so large that they go to files. Everybody
 * puts and gets. Each message is whole, there once, and in the order of its producer, or was in the hands of somebody who
 * died.
 */
final class QueueStorm extends Storm {
    private static final int BOUND = 50;
    private static final long MOST_BYTES = 4 << 20;
    private static final int SMALL = 3;
    private static final int MEDIUM = 200;
    private static final int LARGE = 140_000;
    private static final int LARGE_ONE_IN = 40;
    private static final int BATCH = 3;
    private static final int KNOWN_BURSTS = 1_000;
    private static final Duration SHORT = Duration.ofMillis(3);

    private final Queue<long[]> bounded;
    private final Queue<long[]> growing;
    private final QueueLedger ledger;
    private final Map<Long, Integer> lastOfBursts = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Integer> eldest) {
            return size() > KNOWN_BURSTS;
        }
    };

    QueueStorm(Ground ground) {
        super(ground);
        bounded = ground.mp().named("queue.bounded").queue(BOUND);
        growing = ground.mp().named("queue.growing").queue(0, MOST_BYTES);
        ledger = new QueueLedger(ground.mp(), "queue.ledger");
    }

    @Override
    public String name() {
        return "queue";
    }

    @Override
    protected Task victim(LongArray roll, long serial) {
        return () -> Worker.victim(new QueueStorm(Ground.of(roll)), serial);
    }

    @Override
    protected List<String> crashPoints() {
        return List.of(
                "queue-K1",
                "queue-K2",
                "queue-K3",
                "queue-K4",
                "queue-K5",
                "queue-K6",
                "queue-K7",
                "queue-K8",
                "queue-K9",
                "queue-K11",
                "queue-K12",
                "queue-K13");
    }

    @Override
    protected void round(Worker me) throws InterruptedException {
        Queue<long[]> queue = me.chance(2) ? bounded : growing;
        long burst = ledger.begin();
        for (int put = 0; put < QueueLedger.BURST && put(queue, message(burst, put, queue, me), me); put++) {
            ledger.put(burst, put + 1);
            me.did();
        }
        for (int i = 0; i <= QueueLedger.BURST; i++) {
            for (long[] message : get(queue, me)) {
                String fault = faultOf(message);
                if (!fault.isEmpty()) {
                    me.violation(fault);
                }
            }
            ledger.holdsNothing(me);
            me.did();
        }
    }

    private static boolean put(Queue<long[]> queue, long[] message, Worker me) throws InterruptedException {
        return me.chance(4) ? queue.offer(message) : queue.offer(message, me.upTo(SHORT), TimeUnit.NANOSECONDS);
    }

    private List<long[]> get(Queue<long[]> queue, Worker me) throws InterruptedException {
        if (me.chance(4)) {
            List<long[]> some = new ArrayList<>();
            ledger.mayHold(me, BATCH);
            queue.drainTo(some, BATCH);
            return some;
        }
        ledger.mayHold(me, 1);
        long[] message = me.chance(4) ? queue.poll() : queue.poll(me.upTo(SHORT), TimeUnit.NANOSECONDS);
        return message == null ? List.of() : List.of(message);
    }

    private static long[] message(long burst, int number, Queue<long[]> queue, Worker me) {
        boolean isSmall = queue.capacity() == BOUND;
        long[] message = new long[isSmall ? SMALL : me.chance(LARGE_ONE_IN) ? LARGE : MEDIUM];
        message[0] = burst;
        message[1] = number;
        for (int i = 2; i < message.length; i++) {
            message[i] = burst * i + number;
        }
        return message;
    }

    /** What is wrong with a message that was taken; empty if nothing is. */
    private synchronized String faultOf(long[] message) {
        long burst = message[0];
        int number = (int) message[1];
        for (int i = 2; i < message.length; i++) {
            if (message[i] != burst * i + number) {
                return "message " + number + " of burst " + burst + " is damaged at " + i + " of " + message.length;
            }
        }
        Integer last = lastOfBursts.put(burst, number);
        if (last != null && last >= number) {
            return "message " + number + " of burst " + burst + " came after message " + last;
        }
        return ledger.faultOfTaking(burst, number);
    }

    @Override
    protected void afterDeath(Death death, Findings findings) {
        ledger.died(death.serial());
    }

    @Override
    protected void settle(Findings findings) throws InterruptedException {
        for (Queue<long[]> queue : List.of(bounded, growing)) {
            for (long[] message = queue.poll(); message != null; message = queue.poll()) {
                String fault = faultOf(message);
                if (!fault.isEmpty()) {
                    findings.violation(fault);
                }
            }
            if (!queue.isEmpty()) {
                findings.violation("nothing can be got, and it is not empty: " + queue);
            }
            long[] last = {1, 2, 3};
            if (!queue.offer(last) || queue.get()[2] != 3) {
                findings.violation("nothing can be put and got any more: " + queue);
            }
        }
        ledger.settle(findings);
    }
}
