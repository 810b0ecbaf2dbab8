package io.multiprocessing.threads;

import io.multiprocessing.Lock;
import io.multiprocessing.Semaphore;
import io.multiprocessing.spi.Deadline;
import java.time.Duration;

/** A counter of permits: plain, bounded or leased. */
@SuppressWarnings("serial") // travels as a handle
final class TwinSemaphore extends TwinObject implements Semaphore {
    private final String typeName;
    private final Permits permits;
    private final int limit;

    TwinSemaphore(TwinContext context, long id, String typeName, Permits permits, int limit) {
        super(context, id);
        this.typeName = typeName;
        this.permits = permits;
        this.limit = limit;
    }

    @Override
    public void acquire() throws InterruptedException {
        acquire(Deadline.NEVER);
    }

    @Override
    public boolean acquire(Duration timeout) throws InterruptedException {
        return acquire(Deadline.after(timeout));
    }

    private boolean acquire(Deadline deadline) throws InterruptedException {
        return permits.room.await(context, () -> permits.take(context), deadline);
    }

    @Override
    public boolean tryAcquire() {
        checkOpen();
        return permits.room.look(() -> permits.take(context));
    }

    @Override
    public void release() {
        release(1);
    }

    @Override
    public void release(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("release of " + count + " permits; it must be 1 or more");
        }
        checkOpen();
        permits.room.changeForAll(() -> {
            permits.give(context, count);
            return count;
        });
    }

    @Override
    public int value() {
        checkOpen();
        return permits.room.look(permits::free);
    }

    @Override
    public Lock.Hold hold() throws InterruptedException {
        acquire();
        return new ReleasedOnce(this::release);
    }

    @Override
    String typeName() {
        return typeName;
    }

    @Override
    public String toString() {
        if (context.isClosed()) {
            return typeName + "[closed]";
        }
        return typeName + "[" + value() + (limit == Integer.MAX_VALUE ? "" : " of " + limit) + " permits]";
    }
}
