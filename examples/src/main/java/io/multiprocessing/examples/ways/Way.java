package io.multiprocessing.examples.ways;

import io.multiprocessing.Context;
import java.io.Serializable;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A way in which two processes share data, and how it is used: for messages, for writing what others read later, for a
 * counter. What it is not made for is null.
 *
 * @param name as people call it
 * @param place the name that opens its context
 */
public record Way(
        String name,
        String place,
        @Nullable Messages messages,
        @Nullable Writing writing,
        @Nullable Counting counting) {
    /** Messages between two processes. */
    @FunctionalInterface
    public interface Messages {
        /** @param folder a folder for files, empty and of its own */
        Ends between(Context mp, Path folder) throws Exception;
    }

    /**
     * The two ends, to be opened by a process each; the far one travels to its process, and is opened first.
     *
     * @param near the end of this process
     */
    public record Ends(Opening near, Opening far) {}

    /** How a process opens its end. */
    @FunctionalInterface
    public interface Opening extends Serializable {
        End open() throws Exception;
    }

    /** An end that is open. */
    public interface End extends AutoCloseable {
        void send(byte[] message) throws Exception;

        byte[] receive() throws Exception;

        @Override
        default void close() {}
    }

    /** Records that others may read whenever they like. */
    @FunctionalInterface
    public interface Writing {
        Pen at(Path folder) throws Exception;
    }

    /** What writes: records that are added, and a content as a whole. */
    public interface Pen {
        void add(byte[] record) throws Exception;

        void replace(byte[] content) throws Exception;
    }

    /** A number that several processes may count up. */
    @FunctionalInterface
    public interface Counting {
        Counter in(Context mp, Path folder) throws Exception;
    }

    /** A counter: no count of any process gets lost. */
    @FunctionalInterface
    public interface Counter extends AutoCloseable {
        void addOne() throws Exception;

        @Override
        default void close() {}
    }
}
