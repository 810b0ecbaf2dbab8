package io.multiprocessing.benchmarks;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.benchmarks.harness.Benchmark;
import io.multiprocessing.benchmarks.harness.Effort;
import io.multiprocessing.benchmarks.harness.Peer;
import io.multiprocessing.benchmarks.harness.TimeBox;
import java.io.EOFException;
import java.util.List;

/** A number goes through a pipe to another process, which sends it back. */
final class PipeRoundtrip implements Benchmark {
    private static final int BATCH = 200;

    @Override
    public String name() {
        return "pipe-roundtrip";
    }

    @Override
    public String description() {
        return "a number there and back through a pipe";
    }

    @Override
    public String unit() {
        return "ns/op";
    }

    @Override
    public double ours(Effort effort) throws Exception {
        try (var mp = Multiprocessing.open()) {
            var pipe = mp.pipe();
            var ours = pipe.first();
            var theirs = pipe.second();
            var echo = mp.process(() -> {
                        try {
                            while (true) {
                                theirs.send(theirs.receive());
                            }
                        } catch (EOFException end) {
                            theirs.close();
                        }
                    })
                    .daemon()
                    .start();
            theirs.close();
            int[] sent = {0};
            double nanos = TimeBox.nanosPerOperation(effort, BATCH, () -> {
                for (int i = 0; i < BATCH; i++) {
                    ours.send(++sent[0]);
                    int back = ours.receive(Integer.class);
                    if (back != sent[0]) {
                        throw new IllegalStateException(back + " came back for " + sent[0]);
                    }
                }
            });
            ours.close();
            if (!echo.join(effort.roundLimit())) {
                throw new IllegalStateException("has not seen the end of the pipe: " + echo);
            }
            return nanos;
        }
    }

    @Override
    public Peer peer() {
        return new Peer.Script("pipe_roundtrip.py", effort -> List.of(effort.warmUp(), effort.measure()));
    }
}
