package io.multiprocessing.pool;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What somebody asked a pool to do: a function for some inputs, or one task. Told of each input how it went, once. */
abstract class Job {
    private static final int LONGEST_INPUT = 80;

    /** By which workers know the function; 0 if there is none to know, because each chunk is a task. */
    final long id;

    /** The function, encoded. */
    final byte @Nullable [] function;

    private final String name;

    /** Nobody wants the results any more. */
    private volatile boolean abandoned;

    /** Who tells how far it is; null if nobody wants to know. */
    private @Nullable Gauge gauge;

    /** The pool as its users have it, until this is done: who waits for it uses the pool, see {@link DroppedPool}. */
    @SuppressWarnings("unused") // it is only held
    private @Nullable ProcessPool pool;

    Job(long id, String name, byte @Nullable [] function) {
        this.id = id;
        this.name = name;
        this.function = function;
    }

    abstract void succeeded(long index, @Nullable Object result);

    /** As {@link #succeeded}, of inputs that lie behind each other. */
    void allSucceeded(long firstIndex, List<?> results) {
        long index = firstIndex;
        for (Object result : results) {
            succeeded(index++, result);
        }
    }

    abstract void failed(long index, Throwable failure);

    abstract void ended(RuntimeException reason);

    /** After {@link #ended}: until all who ask see that, or it is so late. */
    void awaitEnded(long deadlineNanos) {}

    /** Whether all inputs that there will be have been told of. */
    abstract boolean isDone();

    /** Before it is submitted. */
    void setGauge(@Nullable Gauge newGauge) {
        gauge = newGauge;
    }

    /** Before it is submitted. */
    void hold(ProcessPool used) {
        pool = used;
    }

    void letGo() {
        pool = null;
    }

    @Nullable
    Gauge gauge() {
        return gauge;
    }

    /** Called by one thread at a time. */
    final void succeed(long index, @Nullable Object result) {
        if (gauge != null) {
            gauge.did(1, false);
        }
        succeeded(index, result);
    }

    /** As {@link #succeed}, of inputs that lie behind each other. */
    final void succeedAll(long firstIndex, List<?> results) {
        if (gauge != null) {
            gauge.did(results.size(), false);
        }
        allSucceeded(firstIndex, results);
    }

    /** Called by one thread at a time. */
    final void fail(long index, Throwable failure) {
        if (gauge != null) {
            gauge.did(1, true);
        }
        failed(index, failure);
    }

    /** The pool ends before the job does. May be called by any thread. */
    final void end(RuntimeException reason) {
        letGo();
        endGauge();
        ended(reason);
    }

    final void endGauge() {
        if (gauge != null) {
            gauge.end(null);
        }
    }

    boolean isAbandoned() {
        return abandoned;
    }

    void abandon() {
        abandoned = true;
        endGauge();
    }

    String name() {
        return name;
    }

    String describe(long index) {
        return id == 0 ? "the task " + name : "input " + index + " of " + name;
    }

    static String named(String method, Object function) {
        String type = function.getClass().getName();
        int lambda = type.indexOf("$$Lambda");
        return method + " (" + (lambda < 0 ? type : "a lambda of " + type.substring(0, lambda)) + ")";
    }

    /** The input in a few words. */
    static String shown(@Nullable Object input) {
        String text;
        try {
            text = String.valueOf(input);
        } catch (RuntimeException itCannotSay) {
            text = input == null ? "null" : input.getClass().getName();
        }
        return text.length() <= LONGEST_INPUT ? text : text.substring(0, LONGEST_INPUT) + "…";
    }
}
