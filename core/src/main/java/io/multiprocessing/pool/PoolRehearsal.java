package io.multiprocessing.pool;

import io.multiprocessing.Context;
import io.multiprocessing.Queue;
import io.multiprocessing.RemoteFunction;
import io.multiprocessing.codec.TaskCodec;
import io.multiprocessing.codec.ValueCodec;
import java.io.NotSerializableException;
import java.util.ArrayList;
import java.util.List;

/** What the worker of a pool does in its life, once, by this process for itself: so all is loaded and linked when a pool asks. */
public final class PoolRehearsal {
    private static final long JOB = 1;

    private PoolRehearsal() {}

    /**
     * Does chunks of both kinds, from an inbox to a queue of results.
     *
     * @param here where queues and arrays are made, which are not given back one by one
     */
    public static void run(Context here) throws Exception {
        Queue<byte[]> inbox = here.queue();
        Queue<byte[]> results = here.queue();
        var journal =
                new Journal(here.raw().byteArray(Journal.BYTES), here.raw().longArray(1));
        var post = new Post(
                inbox,
                results,
                here.queue(),
                Positions.of(here, 1),
                here.raw().longArray(1),
                journal,
                0,
                1,
                0,
                ProcessHandle.current().pid(),
                Runtime.getRuntime().maxMemory());
        inbox.put(Wire.job(JOB, function()));
        inbox.put(Wire.chunk(1, JOB, 2, ValueCodec.encode(new ArrayList<>(List.of(1, 2)))));
        inbox.put(Wire.chunk(2, JOB, 1, ValueCodec.encode(3)));
        inbox.put(Wire.loose(3, JOB, new byte[][] {ValueCodec.encode(4), ValueCodec.encode(5)}));
        inbox.put(Wire.forget(JOB));
        inbox.put(Wire.end());
        TaskCodec.read(TaskCodec.write(WorkerLoop.task(post, new byte[0])), ClassLoader.getSystemClassLoader())
                .run();
        while (results.poll() != null) {
            // as a pool takes them
        }
    }

    private static byte[] function() throws NotSerializableException {
        RemoteFunction<Integer, Integer> function = number -> number + 1;
        return ValueCodec.encodeByLibrary(function);
    }
}
