package io.multiprocessing;

import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Results of a {@link Pool} one after the other, while further inputs are read and worked on. Not more inputs are read
 * ahead than was said, so they may be without end.
 *
 * <p>A failed task is thrown at its place as a {@link CompletionException} with its exception as cause; what comes
 * after it can still be had. An exception of the input itself is thrown as it is, after all results of what was read before.
 *
 * <p>When the pool is shut down or closed while inputs are still to be read, those of a collection count as submitted: they are
 * worked on, and their results kept, without a bound. Of other inputs, which may have no end, nothing more is read: the results
 * end with a {@link RejectedExecutionException}.
 *
 * <p>Who does not want the rest closes it: then nothing more is read, and what waits is dropped. The garbage collector closes
 * results that nobody has any more.
 *
 * <p>Thread safety: one thread at a time.
 *
 * @param <R> what the results are
 */
public interface PoolResults<R> extends Iterator<@Nullable R>, AutoCloseable {
    /**
     * Whether there is another result, failed ones included; waits until that is known.
     *
     * @throws CancellationException if the calling thread is interrupted, which stays so, or the pool is terminated
     */
    @Override
    boolean hasNext();

    /**
     * The next result; waits for it.
     *
     * @throws NoSuchElementException if there is none
     * @throws CompletionException if its task failed
     * @throws CancellationException if the calling thread is interrupted, which stays so, or the pool is terminated
     */
    @Override
    @Nullable
    R next();

    /**
     * The next result if it is there in time. A timeout of zero or less does not wait. Source: the timeout of
     * {@code next} of Python's {@code IMapIterator}.
     *
     * @throws TimeoutException if it is not; it can still be had later
     * @throws NoSuchElementException if there is none
     * @throws CompletionException if its task failed
     * @throws InterruptedException if the calling thread is interrupted
     */
    @Nullable
    R next(Duration timeout) throws TimeoutException, InterruptedException;

    /** The results as a sequential stream; closing it closes this. */
    default Stream<@Nullable R> stream() {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED), false)
                .onClose(this::close);
    }

    @Override
    void close();
}
