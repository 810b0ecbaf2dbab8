package io.multiprocessing.local;

import io.multiprocessing.Context;
import io.multiprocessing.Task;
import io.multiprocessing.codec.TaskCodec;
import io.multiprocessing.local.member.Registry;
import io.multiprocessing.local.member.Seat;
import io.multiprocessing.local.os.Os;
import io.multiprocessing.local.process.Understudy;
import io.multiprocessing.local.segment.Words;
import io.multiprocessing.pool.PoolRehearsal;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;

/**
 * What a JVM on stand-by does once before a task comes, so that all is loaded and linked then: it comes into a context, runs
 * a task that captures something, uses shared memory and the system, and works as the worker of a pool. It leaves nothing and
 * takes nothing: no place, and no lock that anybody asks for; what it shares, it shares with itself, in a context inside that
 * of its parent.
 */
final class Rehearsal {
    private Rehearsal() {}

    static void run(Path folder) throws Exception {
        Understudy.rehearse();
        enter(folder);
        tasks();
        memory();
        pools(folder);
        thread();
        Shutdown.detect();
    }

    private static void enter(Path folder) {
        Seat.rehearse(folder);
        Registry registry = Registry.open(folder);
        try {
            registry.living();
            LocalContext.rehearse(registry);
        } finally {
            registry.closeFiles();
        }
    }

    /** Of several shapes: the JDK links a call by reflection anew for each number of arguments. */
    private static void tasks() throws Exception {
        String to = "to";
        StringBuilder said = new StringBuilder();
        ArrayList<Object> list = new ArrayList<>();
        perform(() -> {});
        perform(() -> said.append("be"));
        perform(() -> said.append(to).append(list));
        perform(() -> list.add(said.append(to)));
        perform(list::clear);
    }

    private static void perform(Task task) throws Exception {
        TaskCodec.read(TaskCodec.write(task), ClassLoader.getSystemClassLoader())
                .run();
    }

    private static void memory() {
        try (Arena arena = Arena.ofShared()) {
            var memory = arena.allocate(Long.BYTES, Long.BYTES);
            Words.setLongVolatile(memory, 0, 1);
            Words.casLong(memory, 0, 1, Words.longVolatile(memory, 0));
            Words.setIntRelease(memory, 0, Words.intVolatile(memory, 0));
            Words.getAndAddInt(memory, 0, 1);
            Os.current().wake(memory, 0, 1);
        }
    }

    private static void pools(Path folder) throws Exception {
        try (Context own = LocalRuntime.get().openInside(folder)) {
            PoolRehearsal.run(own);
        }
    }

    private static void thread() throws InterruptedException {
        ProcessHandle.current().pid(); // the JDK reads it from a file once
        var done = new CompletableFuture<Integer>();
        Thread thread = new Thread(() -> done.complete(0), "multiprocessing-rehearsal");
        thread.setDaemon(true);
        thread.start();
        thread.join();
    }
}
