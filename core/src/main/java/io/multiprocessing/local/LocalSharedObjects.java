package io.multiprocessing.local;

import io.multiprocessing.Barrier;
import io.multiprocessing.Condition;
import io.multiprocessing.Event;
import io.multiprocessing.JoinableQueue;
import io.multiprocessing.Lock;
import io.multiprocessing.Queue;
import io.multiprocessing.RLock;
import io.multiprocessing.Semaphore;
import io.multiprocessing.SharedObjects;
import io.multiprocessing.SimpleQueue;
import io.multiprocessing.Task;
import io.multiprocessing.Values;
import io.multiprocessing.local.memory.LocalValues;
import io.multiprocessing.local.memory.Locking;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.Maker;
import io.multiprocessing.local.queue.LocalQueues;
import io.multiprocessing.local.sync.LocalSync;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes all kinds of objects in one context. */
class LocalSharedObjects extends LocalValues implements SharedObjects {
    private final Home home;
    private final Maker maker;
    private final LocalSync sync;
    private final LocalQueues queues;

    LocalSharedObjects(Home home) {
        this(home, Maker.ANONYMOUS);
    }

    LocalSharedObjects(Home home, Maker maker) {
        super(home, maker, new Locking.Own());
        this.home = home;
        this.maker = maker;
        this.sync = new LocalSync(home, maker);
        this.queues = new LocalQueues(home, maker);
    }

    @Override
    public Values raw() {
        home.checkOpen();
        return new LocalValues(home, maker, new Locking.Raw());
    }

    @Override
    public Values guardedBy(Lock lock) {
        home.checkOpen();
        return new LocalValues(home, maker, new Locking.Given(lock));
    }

    @Override
    public Lock lock() {
        return sync.lock();
    }

    @Override
    public RLock rlock() {
        return sync.rlock();
    }

    @Override
    public Semaphore semaphore(int permits) {
        return sync.semaphore(permits);
    }

    @Override
    public Semaphore boundedSemaphore(int permits) {
        return sync.boundedSemaphore(permits);
    }

    @Override
    public Semaphore leasedSemaphore(int permits) {
        return sync.leasedSemaphore(permits);
    }

    @Override
    public Condition condition() {
        return sync.condition();
    }

    @Override
    public Condition condition(Lock lock) {
        return sync.condition(lock);
    }

    @Override
    public Event event() {
        return sync.event();
    }

    @Override
    public Barrier barrier(int parties, @Nullable Task action, @Nullable Duration timeout) {
        return sync.barrier(parties, action, timeout);
    }

    @Override
    public <E> Queue<E> queue(int maxSize, long maxBytes) {
        return queues.queue(maxSize, maxBytes);
    }

    @Override
    public <E> JoinableQueue<E> joinableQueue(int maxSize, long maxBytes) {
        return queues.joinableQueue(maxSize, maxBytes);
    }

    @Override
    public <E> SimpleQueue<E> simpleQueue() {
        return queues.simpleQueue(Queue.DEFAULT_MAX_BYTES);
    }
}
