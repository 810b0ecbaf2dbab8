package io.multiprocessing.manager;

import io.multiprocessing.ReturnsProxy;
import java.util.List;

/** A type of a user's. */
interface Counter {
    int add(int number);

    int add(int one, int other);

    int total();

    @ReturnsProxy
    Counter part();

    int sum(List<Integer> numbers);

    void fail();

    Object unsendable();

    void hang();

    int addAfter(long millis, int number) throws InterruptedException;

    void failBecauseOfAnother();

    void failOddly();
}
