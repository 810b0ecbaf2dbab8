package io.multiprocessing.threads;

import io.multiprocessing.SegmentException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the contexts share that are open under one name, or that descend from one without a name. */
final class Space {
    static final String PREFIX = "threads:";

    private final String id = PREFIX + UUID.randomUUID();
    private final @Nullable String name;
    private final boolean copies;
    private final AtomicLong lastNumber = new AtomicLong();
    private final Map<Long, TwinObject.View> views = new ConcurrentHashMap<>();
    private final Set<Room> waitedIn = ConcurrentHashMap.newKeySet();

    // Guarded by themselves.
    private final Map<String, Long> names = new TreeMap<>();
    private final Set<TwinContext> open = new HashSet<>();

    Space(@Nullable String name, boolean copies) {
        this.name = name;
        this.copies = copies;
    }

    /** Its name in handles. */
    String id() {
        return id;
    }

    Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** Whether tasks and messages are copied on their way, as between processes. */
    boolean copies() {
        return copies;
    }

    /** Takes in a new object and gives it its number. */
    long add(TwinObject.View view) {
        long number = lastNumber.incrementAndGet();
        views.put(number, view);
        return number;
    }

    /** From now on the object is not found by those who have not seen it. */
    void forget(long number) {
        views.remove(number);
    }

    TwinObject view(TwinContext context, long number) {
        TwinObject.View view = views.get(number);
        if (view == null) {
            throw new SegmentException("the shared object number " + number + " of " + id + " has been closed");
        }
        return view.of(context, number);
    }

    /** The number of the object of a name, which is made if there is none. */
    long named(String objectName, Supplier<TwinObject.View> birth) {
        synchronized (names) {
            Long known = names.get(objectName);
            if (known == null) {
                known = add(birth.get());
                names.put(objectName, known);
            }
            return known;
        }
    }

    Optional<Long> find(String objectName) {
        synchronized (names) {
            return Optional.ofNullable(names.get(objectName));
        }
    }

    List<String> objectNames() {
        synchronized (names) {
            return List.copyOf(names.keySet());
        }
    }

    void opened(TwinContext context) {
        synchronized (open) {
            open.add(context);
        }
    }

    /** Wakes all who wait; says whether it was the last context. */
    boolean left(TwinContext context) {
        waitedIn.forEach(Room::wakeAll);
        synchronized (open) {
            open.remove(context);
            return open.isEmpty();
        }
    }

    int processes() {
        synchronized (open) {
            return open.size();
        }
    }

    void waitedIn(Room room) {
        waitedIn.add(room);
    }

    void notWaitedIn(Room room) {
        waitedIn.remove(room);
    }
}
