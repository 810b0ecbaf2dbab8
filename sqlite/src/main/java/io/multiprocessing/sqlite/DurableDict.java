package io.multiprocessing.sqlite;

import java.time.Duration;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A map in a {@link SharedDatabase}, which all processes that open the database see, and which is still there after all
 * of them have ended.
 *
 * <p>Each method is one transaction, also {@code compute} and {@code merge}: what their function sees is what its result
 * replaces. It runs while no other process writes, so it should be quick; it may be called again if the database was
 * busy. Iterators and views show the entries as they were when they were made, and do not remove.
 *
 * <p>Integers, texts, floating-point numbers and bytes are stored as SQLite's own, so that other programs can read and
 * write them: the table {@code dict_NAME} has the columns {@code key}, {@code value} and {@code expires}, which is empty or
 * the Unix time in milliseconds from which the entry is not there. Other values are stored as the library sends them. Keys
 * are the same if they are stored the same.
 *
 * <p>Nulls are refused. Errors of the database are told by {@link DatabaseException}.
 *
 * <p>Thread and process safety: all methods may be called from any thread of any process. They do not wait but for other
 * writers, at most {@link SharedDatabase.Settings#busyTimeout}, and are not interruptible.
 *
 * <p>Crash effects: a change is there wholly or not at all.
 *
 * <p>Source: Python's {@code Manager().dict()} and {@code sqlite3}.
 *
 * @param <K> what the keys are
 * @param <V> what the values are
 */
public interface DurableDict<K, V> extends ConcurrentMap<K, V> {
    /** Its name. */
    String name();

    /**
     * Associates a value with a key for a time. A later {@code put} without a time makes the entry stay; {@code replace},
     * {@code compute} and {@code merge} leave the time as it is.
     *
     * @param lifetime how long; zero or less makes an entry that is gone already
     * @return the value before; null if there was none
     * @throws IllegalArgumentException if the key or value is larger than {@link SharedDatabase.Settings#maxValueBytes}
     */
    @Nullable
    V put(K key, V value, Duration lifetime);
}
