package io.multiprocessing.testkit.contract;

import io.multiprocessing.Context;
import io.multiprocessing.Multiprocessing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests that have a context each, which is opened before and closed after. */
abstract class ContextSuite {
    protected Context mp;

    /** Opens a context of the kind that is tested. */
    protected abstract String uri();

    @BeforeEach
    void open() {
        mp = Multiprocessing.open(uri());
    }

    @AfterEach
    void close() {
        mp.close();
    }
}
