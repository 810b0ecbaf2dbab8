package io.multiprocessing.sqlite;

import io.multiprocessing.Context;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.testkit.jvm.Await;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests that have a durable queue, and a context whose processes use it. */
abstract class DurableQueueSuite extends DatabaseSuite {
    Context mp;
    DurableQueue<String> queue;

    @BeforeEach
    @Override
    void open() {
        mp = Multiprocessing.open();
        super.open();
        queue = database.durableQueue("jobs", String.class);
    }

    @AfterEach
    @Override
    void close() {
        super.close();
        mp.close();
    }

    static <T> FutureTask<T> begin(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    static <T> T result(FutureTask<T> task) throws Exception {
        return task.get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
}
