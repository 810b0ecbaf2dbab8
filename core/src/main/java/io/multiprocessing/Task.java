package io.multiprocessing;

import java.io.Serializable;

/**
 * What a {@link Process} does: a lambda, a method reference or an object of a serializable class. It runs in
 * another process, so what it captures is copied, but for {@linkplain SharedObject shared objects}, which stay
 * shared.
 *
 * <p>Source: the {@code target} of Python's {@code Process}.
 */
@FunctionalInterface
public interface Task extends Serializable {
    /**
     * Runs in the process that was started for it.
     *
     * @throws Exception whatever goes wrong: the process prints the stack trace and ends with exit code 1
     */
    void run() throws Exception;
}
