package io.multiprocessing.testkit.contract;

import io.multiprocessing.Context;

/** A context that is there for several tests. */
public interface KeptContext {
    /** The context for a test. */
    Context begin() throws Exception;

    /** Finds that nothing is left of a test, and brings the context to where it was before. */
    void end() throws Exception;

    /** Waits until it does nothing by itself that a test could take for its own doing. */
    void settle() throws Exception;
}
