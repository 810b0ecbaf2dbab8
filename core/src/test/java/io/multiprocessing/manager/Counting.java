package io.multiprocessing.manager;

import java.util.List;
import java.util.concurrent.CountDownLatch;

/** What a user's factory makes. */
final class Counting implements Counter {
    private int total;

    @Override
    public synchronized int add(int number) {
        total += number;
        return total;
    }

    @Override
    public synchronized int add(int one, int other) {
        total += one + other;
        return total;
    }

    @Override
    public synchronized int total() {
        return total;
    }

    @Override
    public Counter part() {
        return this;
    }

    @Override
    public int sum(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public void fail() {
        throw new IllegalStateException("as asked");
    }

    @Override
    public Object unsendable() {
        return new Thread();
    }

    @Override
    public void hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException cancelled) {
            add(-1);
        }
    }

    /** The total is -1 meanwhile. */
    @Override
    public int addAfter(long millis, int number) throws InterruptedException {
        add(-1);
        Thread.sleep(millis);
        return add(number + 1);
    }

    @Override
    public void failBecauseOfAnother() {
        throw new IllegalStateException("outer", new IllegalArgumentException("inner"));
    }

    @Override
    public void failOddly() {
        throw new Odd();
    }

    /** An exception that can't be sent. */
    @SuppressWarnings({"serial", "unused"})
    private static final class Odd extends RuntimeException {
        private final Thread thread = Thread.currentThread();

        Odd() {
            super("odd");
        }
    }

    @SuppressWarnings("unused") // called by nobody, because nobody may
    public int secret() {
        return 42;
    }

    @Override
    public String toString() {
        return "" + total();
    }
}
