package io.multiprocessing;

import java.io.Serializable;
import java.util.concurrent.CompletionException;

/**
 * What a worker of a {@link Pool} does, without a result: a {@link Runnable} that can be sent, and may throw. A lambda
 * that is given to the pool becomes one. What it captures is copied, but for {@linkplain SharedObject shared objects}.
 */
@FunctionalInterface
@SuppressWarnings("FunctionalInterfaceMethodChanged") // a lambda of this type may throw; run() tells so in its way
public interface RemoteRunnable extends Runnable, Serializable {
    /** @throws Exception whatever goes wrong; who waits for the task gets it */
    void perform() throws Exception;

    /**
     * Performs it here.
     *
     * @throws CompletionException around a checked exception
     */
    @Override
    default void run() {
        try {
            perform();
        } catch (RuntimeException unchecked) {
            throw unchecked;
        } catch (Exception checked) {
            throw new CompletionException(checked);
        }
    }
}
