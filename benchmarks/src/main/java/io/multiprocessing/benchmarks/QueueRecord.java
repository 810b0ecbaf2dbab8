package io.multiprocessing.benchmarks;

import io.multiprocessing.benchmarks.harness.Benchmark;
import io.multiprocessing.benchmarks.harness.Effort;
import io.multiprocessing.benchmarks.harness.Peer;
import java.util.List;

/** Records of five components from a producer to a consumer; the peer sends a dataclass of the same five. */
final class QueueRecord implements Benchmark {
    private static final long BEYOND_INT = 1L << 40;
    private static final String[] CUSTOMERS = {"Ada", "Alan", "Barbara", "Donald", "Edsger", "Grace", "Leslie", "Tony"};

    /** What is sent; each message is a new one. */
    record Order(int number, long id, double price, String customer, List<Integer> items) {
        static Order of(long number) {
            int small = (int) number;
            return new Order(
                    small,
                    BEYOND_INT + number,
                    number * 0.25,
                    CUSTOMERS[small & 7],
                    List.of(small, small + 1, small + 2));
        }
    }

    @Override
    public String name() {
        return "queue-record";
    }

    @Override
    public String description() {
        return "records of int, long, double, text and list of 3 ints";
    }

    @Override
    public String unit() {
        return "msg/s";
    }

    @Override
    public boolean isMoreBetter() {
        return true;
    }

    @Override
    public double ours(Effort effort) throws Exception {
        return new QueueTraffic(1, 0).<Order>oneByOne(effort, Order::of, QueueRecord::isLast);
    }

    @Override
    public Peer peer() {
        return new Peer.Script(
                "queue_traffic.py", effort -> List.of("record", 1, 0, effort.warmUp(), effort.measure()));
    }

    private static boolean isLast(Order order) {
        if (order.items.get(2) != order.number + 2 || order.id != BEYOND_INT + order.number) {
            throw new IllegalStateException("not what was put: " + order);
        }
        return order.number < 0;
    }
}
