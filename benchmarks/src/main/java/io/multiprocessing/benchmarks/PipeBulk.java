package io.multiprocessing.benchmarks;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.benchmarks.harness.Benchmark;
import io.multiprocessing.benchmarks.harness.Effort;
import io.multiprocessing.benchmarks.harness.Peer;
import io.multiprocessing.benchmarks.harness.TimeBox;
import java.io.EOFException;
import java.util.List;

/** 100 MB as one message of bytes through a pipe, from a process that has them to one that asks for them. */
final class PipeBulk implements Benchmark {
    private static final int BYTES = 100_000_000;

    @Override
    public String name() {
        return "pipe-bulk";
    }

    @Override
    public String description() {
        return "100 MB of bytes through a pipe";
    }

    @Override
    public String unit() {
        return "MB/s";
    }

    @Override
    public boolean isMoreBetter() {
        return true;
    }

    @Override
    public double ours(Effort effort) throws Exception {
        try (var mp = Multiprocessing.open()) {
            var pipe = mp.pipe();
            var ours = pipe.first();
            var theirs = pipe.second();
            var source = mp.process(() -> {
                        byte[] bytes = new byte[BYTES];
                        bytes[BYTES - 1] = 1;
                        try {
                            while (true) {
                                theirs.receive();
                                theirs.sendBytes(bytes);
                            }
                        } catch (EOFException end) {
                            theirs.close();
                        }
                    })
                    .daemon()
                    .start();
            theirs.close();
            double nanos = TimeBox.nanosPerOperation(effort, 1, () -> {
                ours.send(null);
                byte[] bytes = ours.receiveBytes();
                if (bytes.length != BYTES || bytes[BYTES - 1] != 1) {
                    throw new IllegalStateException(
                            "not the message that was sent came, but " + bytes.length + " bytes");
                }
            });
            ours.close();
            if (!source.join(effort.roundLimit())) {
                throw new IllegalStateException("has not seen the end of the pipe: " + source);
            }
            return BYTES / nanos * 1e3;
        }
    }

    @Override
    public Peer peer() {
        return new Peer.Script("pipe_bulk.py", effort -> List.of(effort.warmUp(), effort.measure(), BYTES));
    }
}
