package io.multiprocessing.pool;

import io.multiprocessing.Queue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** The thread of a pool: takes what workers say, does what that and time bring, and tells jobs of it. Takes the pool's lock. */
final class PoolThread {
    private static final int BATCH = 1_000;
    private static final int STEP = 16;
    private static final int ENOUGH_BYTES = 1 << 20;

    private final ReentrantLock lock;
    private final Queue<byte[]> results;
    private final Reports reports;
    private final Upkeep upkeep;
    private final Handout handout;
    private final PoolEnd end;

    PoolThread(
            ReentrantLock lock, Queue<byte[]> results, Reports reports, Upkeep upkeep, Handout handout, PoolEnd end) {
        this.lock = lock;
        this.results = results;
        this.reports = reports;
        this.upkeep = upkeep;
        this.handout = handout;
        this.end = end;
    }

    void start() {
        Thread.ofPlatform().daemon().name("multiprocessing-pool").start(this::run);
    }

    private void run() {
        List<byte[]> messages = new ArrayList<>();
        List<Runnable> news = new ArrayList<>();
        boolean isOver = false;
        try {
            while (!isOver) {
                receive(messages);
                try {
                    isOver = handle(messages, news);
                } finally {
                    news.forEach(Runnable::run);
                }
                // Until the next message comes nothing of them is kept: results are the user's.
                messages.clear();
                news.clear();
            }
        } catch (InterruptedException | IllegalStateException contextIsClosed) {
            end.breakPool("the context that the pool lives in is closed", contextIsClosed);
        } catch (RestartIntensity.Exceeded exceeded) {
            end.stop(exceeded.broken());
        } catch (RuntimeException | Error defect) {
            end.breakPool("the pool failed: " + defect, defect);
        }
        end.finish();
    }

    /** Waits for messages, but no longer than until something else has to be done. */
    private void receive(List<byte[]> messages) throws InterruptedException {
        long nanos = patienceNanos();
        byte[] first = nanos == Long.MAX_VALUE ? results.get() : results.poll(nanos, TimeUnit.NANOSECONDS);
        if (first != null) {
            messages.add(first);
            receiveMore(messages, first.length);
        }
    }

    /** What else is there, but no more than the heap bears. */
    private void receiveMore(List<byte[]> messages, int firstBytes) {
        long bytes = firstBytes;
        int before;
        do {
            before = messages.size();
            results.drainTo(messages, STEP);
            for (byte[] message : messages.subList(before, messages.size())) {
                bytes += message.length;
            }
        } while (messages.size() == before + STEP && messages.size() < BATCH && bytes < ENOUGH_BYTES);
    }

    private long patienceNanos() {
        lock.lock();
        try {
            return upkeep.patienceNanos();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Does what messages and time bring.
     *
     * @param news to which is added what jobs are to be told without the lock
     * @return whether the pool is at its end
     */
    private boolean handle(List<byte[]> messages, List<Runnable> news) {
        lock.lock();
        try {
            for (byte[] message : messages) {
                reports.handle(message, news);
            }
            upkeep.tick(System.nanoTime());
            handout.assign();
            handout.report(news);
            return end.isOver();
        } finally {
            lock.unlock();
        }
    }
}
