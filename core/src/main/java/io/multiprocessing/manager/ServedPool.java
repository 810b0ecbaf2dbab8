package io.multiprocessing.manager;

import io.multiprocessing.Context;
import io.multiprocessing.Pool;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.RemoteCallable;
import io.multiprocessing.RemoteFunction;
import io.multiprocessing.RemoteRunnable;
import java.lang.ref.Cleaner;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A pool whose workers are children of the manager's process. Each task is a call that waits for its result: so who is gone,
 * or does not want it any more, cancels it. The workers end when nobody has a proxy of the pool any more.
 */
final class ServedPool implements Served {
    private static final Cleaner CLEANER = Cleaner.create();

    private final Pool pool;

    ServedPool(Context context, PoolOptions options) {
        Pool made = context.pool(options);
        this.pool = made;
        CLEANER.register(this, made::terminate);
    }

    @Override
    public @Nullable Object call(Call call) throws Exception {
        if (!call.isTrusted()) {
            throw new SecurityException("only processes of the manager's machine may run tasks in a pool of it");
        }
        return switch (call.method()) {
            case "run" -> result(start(call.value(0)));
            case "map" -> result(map(call));
            case "size" -> pool.size();
            case "pids" -> pool.workerPids();
            case "isWorker" -> isWorker(call.number(0));
            case "insights" -> pool.insights();
            case "shutdown" -> {
                pool.shutdown();
                yield null;
            }
            case "terminate" -> {
                pool.terminate();
                yield null;
            }
            case "isShutdown" -> pool.isShutdown();
            case "isTerminated" -> pool.isTerminated();
            case "awaitEnd" -> awaitEnd(call.number(0));
            case "describe" -> pool.toString();
            default -> throw call.unknownMethod(Kind.POOL.typeName());
        };
    }

    /** Workers that are threads of this process can't be told apart so. */
    private boolean isWorker(long pid) {
        return pid != ProcessHandle.current().pid() && pool.workerPids().contains(pid);
    }

    private CompletableFuture<?> start(Object task) {
        if (task instanceof RemoteRunnable runnable) {
            return pool.submit(runnable);
        }
        if (task instanceof RemoteCallable<?> callable) {
            return pool.submit(callable);
        }
        throw new IllegalArgumentException("a " + task.getClass().getName() + " is no task");
    }

    private CompletableFuture<?> map(Call call) {
        @SuppressWarnings("unchecked") // if it does not take what it is given, that is what it throws
        RemoteFunction<Object, Object> function = call.fitting(0, RemoteFunction.class);
        int chunkSize = call.integer(2);
        return chunkSize == 0
                ? pool.mapAsync(function, call.inputs(1))
                : pool.mapAsync(function, call.inputs(1), chunkSize);
    }

    private static @Nullable Object result(CompletableFuture<?> future) throws Exception {
        try {
            return future.get();
        } catch (InterruptedException cancelled) {
            future.cancel(true);
            throw cancelled;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw failed.getCause() instanceof Exception exception ? exception : failed;
        }
    }

    private boolean awaitEnd(long nanos) throws InterruptedException {
        if (nanos < 0) {
            pool.join();
            return true;
        }
        return pool.awaitTermination(Duration.ofNanos(nanos).toNanos(), TimeUnit.NANOSECONDS);
    }
}
