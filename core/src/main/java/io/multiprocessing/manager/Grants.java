package io.multiprocessing.manager;

import java.util.concurrent.atomic.AtomicInteger;

/** How often the server has granted an object to this process; they are given back when no proxy of it is left. */
final class Grants implements Runnable {
    private final Link link;
    private final long id;
    private final AtomicInteger count = new AtomicInteger();

    Grants(Link link, long id) {
        this.link = link;
        this.id = id;
    }

    void add() {
        count.incrementAndGet();
    }

    /** Called by the cleaner when nothing can be added any more. */
    @Override
    public void run() {
        link.release(id, count.get());
    }
}
