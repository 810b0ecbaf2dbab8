package io.multiprocessing.manager;

import io.multiprocessing.UnreadableMessageException;
import java.util.Locale;

/** What an object of a manager is. The number stands in handles, so it never changes its meaning. */
enum Kind {
    DICT(1),
    LIST(2),
    SET(3),
    NAMESPACE(4),
    VALUE(5),
    ARRAY(6),
    LOCK(7),
    RLOCK(8),
    SEMAPHORE(9),
    BOUNDED_SEMAPHORE(10),
    CONDITION(11),
    EVENT(12),
    BARRIER(13),
    QUEUE(14),
    JOINABLE_QUEUE(15),
    POOL(16),

    /** An object of a class that a user has registered. */
    REGISTERED(100),

    /** The server itself. */
    SERVER(101);

    private static final Kind[] ALL = values();

    private final int number;

    Kind(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** As the type is called where it is made: {@code bounded_semaphore}. */
    String typeName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(int number) {
        for (Kind kind : ALL) {
            if (kind.number == number) {
                return kind;
            }
        }
        throw new UnreadableMessageException("there is no kind " + number + " of objects of a manager");
    }
}
