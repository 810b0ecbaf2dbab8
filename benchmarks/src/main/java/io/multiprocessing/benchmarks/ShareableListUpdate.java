package io.multiprocessing.benchmarks;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.ShareableList;
import io.multiprocessing.benchmarks.harness.Benchmark;
import io.multiprocessing.benchmarks.harness.Effort;
import io.multiprocessing.benchmarks.harness.Peer;
import io.multiprocessing.benchmarks.harness.TimeBox;
import java.util.ArrayList;
import java.util.List;

/**
 * Each element of a list in shared memory is got and set again to what was got: an int, a float and a text by turns, one
 * process. The bytes are the same on both sides.
 */
final class ShareableListUpdate implements Benchmark {
    private static final int ELEMENTS = 999;

    @Override
    public String name() {
        return "shareable-list";
    }

    @Override
    public String description() {
        return "get and set an element of a ShareableList";
    }

    @Override
    public String unit() {
        return "ns/op";
    }

    @Override
    public double ours(Effort effort) throws Exception {
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < ELEMENTS; i += 3) {
            elements.addAll(List.of(i, i / 2.0, "element " + i));
        }
        try (var mp = Multiprocessing.open()) {
            ShareableList list = mp.shareableList(elements);
            return TimeBox.nanosPerOperation(effort, ELEMENTS, () -> {
                for (int i = 0; i < ELEMENTS; i++) {
                    list.set(i, list.get(i));
                }
            });
        }
    }

    @Override
    public Peer peer() {
        return new Peer.Script("shareable_list.py", effort -> List.of(effort.warmUp(), effort.measure()));
    }
}
