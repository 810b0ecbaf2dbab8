package io.multiprocessing.local.object;

import io.multiprocessing.SegmentException;
import java.util.Locale;

/** What a cell holds. The number is written into the cell and into handles, so it never changes its meaning. */
public enum ObjectKind {
    LOCK(16),
    RLOCK(17),
    SEMAPHORE(18),
    BOUNDED_SEMAPHORE(19),
    LEASED_SEMAPHORE(20),
    CONDITION(21),
    CONDITION_BLOCK(22),
    EVENT(23),
    BARRIER(24),
    QUEUE(25),
    JOINABLE_QUEUE(26),
    SIMPLE_QUEUE(27),
    RING(28),
    PIPE(29),
    CONNECTION(30),

    INT_VALUE(32),
    LONG_VALUE(33),
    DOUBLE_VALUE(34),
    FLOAT_VALUE(35),
    SHORT_VALUE(36),
    BYTE_VALUE(37),
    CHAR_VALUE(38),
    BOOLEAN_VALUE(39),
    VALUE(40),

    INT_ARRAY(48),
    LONG_ARRAY(49),
    DOUBLE_ARRAY(50),
    FLOAT_ARRAY(51),
    SHORT_ARRAY(52),
    BYTE_ARRAY(53),
    CHAR_ARRAY(54),
    BOOLEAN_ARRAY(55),
    ARRAY(56),

    // These lie in no cell: the numbers are in handles only.
    SHARED_MEMORY(64),
    SHAREABLE_LIST(65);

    private static final ObjectKind[] ALL = values();

    private final int number;

    ObjectKind(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** As the type is called in the API: {@code IntValue}. */
    public String apiName() {
        if (this == RLOCK) {
            return "RLock";
        }
        var name = new StringBuilder();
        for (String word : name().split("_")) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }

    public static ObjectKind of(int number) {
        for (ObjectKind kind : ALL) {
            if (kind.number == number) {
                return kind;
            }
        }
        throw new SegmentException("there is no kind " + number + " of shared object");
    }
}
