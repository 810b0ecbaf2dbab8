package io.multiprocessing.testkit.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.Event;
import io.multiprocessing.testkit.jvm.Await;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What holds when a process dies at a kill point of an event. */
class EventCrashTest extends CrashTest {
    @Test
    void whoWaitsGoesOn_whenTheSetterDiedBeforeItWokeAnybody() throws Exception {
        Event event = mp.event();
        Future<Boolean> first = begin(() -> event.await(Await.LIMIT));
        Future<Boolean> second = begin(() -> event.await(Await.LIMIT));
        CrashHarness.killChildAt(mp, "event-K1", event::set);
        assertThat(event.isSet()).isTrue();
        assertThat(recovered(first)).isTrue();
        assertThat(recovered(second)).isTrue();
    }

    @Test
    void goesOn_whenAWaiterIsDead() throws Exception {
        Event event = mp.event();
        CrashHarness.killChildAt(mp, "wait-K1", event::await);
        Future<Boolean> waiter = begin(() -> event.await(Await.LIMIT));
        event.set();
        assertThat(recovered(waiter)).isTrue();
        event.clear();
        event.set();
        assertThat(event.isSet()).isTrue();
    }
}
