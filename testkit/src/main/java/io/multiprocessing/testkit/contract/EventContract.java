package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an event does in every context. */
public abstract class EventContract extends SynchronizationContract {
    private Event event;

    @BeforeEach
    void make() {
        event = mp.event();
    }

    @Test
    void isSet_fromSetToClear() throws Exception {
        assertThat(event.isSet()).isFalse();
        event.clear();
        assertThat(event.isSet()).isFalse();
        for (int i = 0; i < 2; i++) {
            event.set();
            assertThat(event.isSet()).isTrue();
            event.set();
            assertThat(event.isSet()).isTrue();
            event.await();
            assertThat(event.await(NONE)).isTrue();
            assertThat(event.await(ENDLESS)).isTrue();
            event.clear();
            assertThat(event.isSet()).isFalse();
            event.clear();
            assertThat(event.isSet()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void awaitTimesOut_whenItIsNotSet(Threads.Kind kind) throws Exception {
        try (Threads threads = kind.open()) {
            threads.run(() -> {
                assertThat(event.await(NONE)).isFalse();
                assertThat(event.await(Duration.ofSeconds(-1))).isFalse();
                assertTimesOut(() -> event.await(SHORT), SHORT);
                event.set();
                event.clear();
                assertTimesOut(() -> event.await(SHORT), SHORT);
            });
            threads.join();
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void setLetsAllGoOn(Threads.Kind kind) throws Exception {
        try (Threads threads = kind.open()) {
            List<Threads.Running<Boolean>> timed = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                startAndLetWait(threads, event::await);
                timed.add(threads.start(() -> event.await(ENDLESS)));
            }
            event.set();
            threads.join();
            for (Threads.Running<Boolean> each : timed) {
                assertThat(each.get()).isTrue();
            }
        }
    }

    @Test
    void whoWaitsGoesOn_evenIfItIsClearedRightAfter() throws Exception {
        try (Threads threads = Threads.Kind.VIRTUAL.open()) {
            for (int i = 0; i < 10; i++) {
                threads.run(event::await).awaitParked(); // one by one: it is not for another thread that it waits
            }
            event.set();
            event.clear();
            threads.join();
            assertThat(event.isSet()).isFalse();
        }
    }

    @Test
    void manyVirtualThreadsGoOn() throws Exception {
        try (Threads threads = Threads.Kind.VIRTUAL.open()) {
            assertDoesNotPin(threads, event::await);
            event.set();
            threads.join();
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void awaitIsInterruptible(Threads.Kind kind) throws Exception {
        assertInterruptible(kind, event::await);
        assertInterruptible(kind, () -> event.await(ENDLESS));
        event.set();
        event.await();
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void waitersEndWithTheContext(Threads.Kind kind) throws Exception {
        assertEndsWithContext(kind, event::await);
        assertThatThrownBy(event::set).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(event::clear).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(event::isSet).isInstanceOf(IllegalStateException.class);
        assertThat(event).hasToString("Event[closed]");
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void twoThreadsTakeTurns(Threads.Kind kind) throws Exception {
        Event other = mp.event();
        try (Threads threads = kind.open()) {
            threads.run(() -> {
                for (int i = 0; i < 2_000; i++) {
                    event.await();
                    event.clear();
                    other.set();
                }
            });
            threads.run(() -> {
                for (int i = 0; i < 2_000; i++) {
                    event.set();
                    other.await();
                    other.clear();
                }
            });
            threads.join();
        }
    }

    @Test
    void whatHappenedBeforeSetIsSeen() throws Exception {
        int[] data = new int[1];
        try (Threads threads = Threads.Kind.PLATFORM.open()) {
            Threads.Running<Integer> reader = threads.start(() -> {
                event.await();
                return data[0];
            });
            data[0] = 42;
            event.set();
            assertThat(reader.get()).isEqualTo(42);
        }
    }

    @Test
    void aCopyIsTheSameEvent() throws Exception {
        Event copy = Travel.copyOf(event);
        assertThat(copy).isEqualTo(event).hasSameHashCodeAs(event);
        copy.set();
        assertThat(event.isSet()).isTrue();
        assertThat(mp.event()).isNotEqualTo(event);
    }

    @Test
    void toStringSaysWhetherItIsSet() {
        assertThat(event).hasToString("Event[unset]");
        event.set();
        assertThat(event).hasToString("Event[set]");
    }
}
