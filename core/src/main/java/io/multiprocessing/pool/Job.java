package io.multiprocessing.pool;

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

    Job(long id, String name, byte @Nullable [] function) {
        this.id = id;
        this.name = name;
        this.function = function;
    }

    /** Called by one thread at a time. */
    abstract void succeeded(long index, @Nullable Object result);

    /** Called by one thread at a time. */
    abstract void failed(long index, Throwable failure);

    /** The pool ends before the job does. May be called by any thread. */
    abstract void ended(RuntimeException reason);

    /** Whether all inputs that there will be have been told of. */
    abstract boolean isDone();

    boolean isAbandoned() {
        return abandoned;
    }

    void abandon() {
        abandoned = true;
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
