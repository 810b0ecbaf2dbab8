package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Context;
import io.multiprocessing.Event;
import io.multiprocessing.IntArray;
import io.multiprocessing.IntValue;
import io.multiprocessing.Lock;
import io.multiprocessing.LongValue;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import io.multiprocessing.testkit.jvm.Await;
import io.multiprocessing.testkit.jvm.JavaProgram;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How contexts are opened, joined by name and left, and how objects in them are named, in every kind of context. */
public abstract class ContextContract extends ProcessSuite {
    /** A context of this name exists while a test has it open. */
    private final String name = "test-" + UUID.randomUUID();

    private String namedUri() {
        return uri() + name;
    }

    @Test
    void contextWithoutANameIsANewOne() {
        try (Context another = Multiprocessing.open(uri())) {
            assertThat(mp.name()).isEmpty();
            mp.named("thing").intValue(1);
            assertThat(another.objectNames()).isEmpty();
        }
        assertThat(mp.isClosed()).isFalse();
    }

    @Test
    void contextIsClosed_onceAndForAll() {
        IntValue value = mp.intValue(1);
        IntArray array = mp.intArray(100_000);
        Lock lock = mp.lock();
        mp.close();
        mp.close();
        assertThat(mp.isClosed()).isTrue();
        assertThat(mp.toString()).contains("closed");
        List<ThrowingCallable> tooLate = List.of(
                () -> mp.intValue(1),
                () -> mp.intArray(5),
                () -> mp.raw().longValue(1),
                () -> mp.guardedBy(lock),
                mp::lock,
                mp::rlock,
                mp::event,
                mp::condition,
                () -> mp.semaphore(1),
                () -> mp.barrier(2),
                () -> mp.named("thing"),
                () -> mp.attach("thing", IntValue.class),
                mp::objectNames,
                mp::name,
                () -> mp.process(() -> {}),
                value::get,
                () -> array.get(99_999),
                lock::tryAcquire);
        for (ThrowingCallable action : tooLate) {
            assertThatThrownBy(action).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        }
        assertThat(value.toString()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "jobs", ":jobs", "nowhere:", "nowhere:jobs", "local:a b", "lo cal:a"})
    void openIsRefused_whenTheUriIsNone(String uri) {
        assertThatThrownBy(() -> Multiprocessing.open(uri)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void openIsRefused_andTellsWhatThereIs_whenNobodyAnswersTheScheme() {
        assertThatThrownBy(() -> Multiprocessing.open("nowhere:jobs"))
                .hasMessageContaining("\"nowhere\"")
                .hasMessageContaining(uri().substring(0, uri().indexOf(':')));
    }

    @ParameterizedTest
    @ValueSource(strings = {".hidden", "a/b", "..", "-é", "a%20b"})
    void namesAreRefused_whenTheyAreNone(String bad) {
        assertThatThrownBy(() -> Multiprocessing.open(uri() + bad))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a name");
        assertThatThrownBy(() -> mp.named(bad))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + bad + "\"");
        assertThatThrownBy(() -> mp.attach(bad, IntValue.class)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesMayBeAHundredCharactersLong() {
        String longest = "n".repeat(100);
        assertThat(mp.named(longest).intValue(3).get()).isEqualTo(3);
        assertThat(mp.objectNames()).containsExactly(longest);
        assertThatThrownBy(() -> mp.named(longest + "n")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> mp.named("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nameLeadsToOneObject() {
        IntValue first = mp.named("counter").intValue(1);
        IntValue again = mp.named("counter").intValue(99);
        assertThat(again).isEqualTo(first);
        assertThat(again.increment()).isEqualTo(2);
        assertThat(first.get()).isEqualTo(2);
        assertThat(mp.attach("counter", IntValue.class)).isEqualTo(first);
        mp.named("array").intArray(3);
        assertThat(mp.objectNames()).containsExactly("array", "counter");
    }

    @Test
    void namesAreRefused_whenTheObjectIsAnother() {
        mp.named("counter").intValue(1);
        assertThatThrownBy(() -> mp.named("counter").longValue(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("counter", "IntValue", "LongValue");
        assertThatThrownBy(() -> mp.attach("counter", LongValue.class))
                .isInstanceOf(ClassCastException.class)
                .hasMessageContaining("counter")
                .hasMessageContaining(LongValue.class.getName());
        assertThatThrownBy(() -> mp.attach("missing", IntValue.class))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("missing")
                .hasMessageContaining("counter");
    }

    @Test
    void nameLeadsToOneContext_inOneProcess() throws Exception {
        assertThatThrownBy(() -> Multiprocessing.attach(namedUri()))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining(name);
        try (Context first = Multiprocessing.open(namedUri())) {
            IntValue count = first.named("count").intValue(1);
            assertThat(first.name()).hasValue(name);
            try (Context second = Multiprocessing.attach(namedUri())) {
                assertThat(second.attach("count", IntValue.class).increment()).isEqualTo(2);
            }
            assertThat(count.get()).isEqualTo(2);
            assertThat(first.isClosed()).isFalse();
        }
        assertThatThrownBy(() -> Multiprocessing.attach(namedUri())).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void childrenOfAContextThatIsOpenTwiceAreChildren() throws Exception {
        Context first = Multiprocessing.open(namedUri());
        try (Context second = Multiprocessing.open(namedUri())) {
            IntValue count = first.intValue(0);
            Process ofFirst =
                    first.process(() -> Thread.sleep(FOREVER)).daemon().start();
            Process ofSecond =
                    second.process(() -> Thread.sleep(FOREVER)).daemon().start();
            assertThat(Multiprocessing.activeChildren()).containsExactlyInAnyOrder(ofFirst, ofSecond);
            first.close();
            assertThat(Multiprocessing.activeChildren()).containsExactly(ofSecond);
            assertThatThrownBy(count::get).isInstanceOf(IllegalStateException.class);
            IntValue another = second.intValue(0);
            join(second.process(another::increment).start());
            assertThat(another.get()).isEqualTo(1);
        }
    }

    @Test
    void strangersShareANamedContext() throws Exception {
        onlyWithJvms();
        try (Context mine = Multiprocessing.open(namedUri())) {
            IntValue count = mine.named("count").intValue(0);
            try (JavaProgram one = JavaProgram.start(Stranger.class, namedUri());
                    JavaProgram another = JavaProgram.start(Stranger.class, namedUri())) {
                Await.until("both have counted", () -> count.get() == 2);
                one.tell("end");
                another.tell("end");
                assertThat(one.end().exitCode()).isZero();
                assertThat(another.end().exitCode()).isZero();
            }
            assertThat(count.get()).isEqualTo(2);
        }
    }

    @Test
    void namedContextLivesAsLongAsSomebodyHasItOpen() throws Exception {
        onlyWithJvms();
        try (JavaProgram stranger = JavaProgram.start(Stranger.class, namedUri())) {
            stranger.awaitLine("counted");
            try (Context mine = Multiprocessing.attach(namedUri())) {
                assertThat(mine.attach("count", IntValue.class).get()).isEqualTo(1);
            }
            stranger.kill();
        }
        try (Context fresh = Multiprocessing.open(namedUri())) {
            assertThat(fresh.objectNames()).isEmpty();
        }
    }

    @Test
    void whoHasLeftDoesNotReleaseWhatOthersHaveTakenOver() throws Exception {
        String named = namedUri();
        Event left = mp.event();
        Event takenOver = mp.event();
        try (Context mine = Multiprocessing.open(named)) {
            List<Lock> locks =
                    List.of(mine.named("lock").lock(), mine.named("rlock").rlock());
            Process leaver = mp.process(() -> {
                        Context shared = Multiprocessing.attach(named);
                        Lock lock = shared.attach("lock", Lock.class);
                        Lock rlock = shared.attach("rlock", Lock.class);
                        lock.acquire();
                        rlock.acquire();
                        shared.close();
                        left.set();
                        takenOver.await();
                        lock.release();
                        rlock.release();
                    })
                    .start();
            left.await();
            for (Lock lock : locks) {
                assertThat(lock.acquire(Await.LIMIT)).isTrue();
                assertThat(lock.abandonment()).isNotNull();
            }
            takenOver.set();
            join(leaver);
            assertThat(leaver.exitCode()).hasValue(0);
            assertThat(locks).allMatch(Lock::isLocked);
        }
    }

    @Test
    void childMayOpenContextsOfItsOwn() throws Exception {
        String named = namedUri();
        String unnamed = uri();
        try (Context mine = Multiprocessing.open(named)) {
            IntValue count = mine.named("count").intValue(0);
            assertThat(outputOf(() -> {
                        try (Context own = Multiprocessing.open(unnamed);
                                Context shared = Multiprocessing.attach(named)) {
                            IntValue inOwn = own.intValue(10);
                            IntValue inShared = shared.attach("count", IntValue.class);
                            Process grandchild = own.process(() -> {
                                        inOwn.increment();
                                        inShared.increment();
                                    })
                                    .start();
                            grandchild.join();
                            System.out.println(inOwn.get() + " " + inShared.get());
                        }
                    }))
                    .isEqualTo("11 1");
            assertThat(count.get()).isEqualTo(1);
        }
    }

    @Test
    void contextsLeftOpenAreLeftAtTheEnd() throws Exception {
        String named = namedUri();
        String unnamed = uri();
        try (Context mine = Multiprocessing.open(named)) {
            assertThat(outputOf(mine.process(() -> leaveOpen(named, unnamed)))).isEqualTo("open");
            if (isEachProcessAJvm()) {
                JavaProgram.Ended ended = JavaProgram.run(LeavesOpen.class, named, unnamed);
                assertThat(ended.exitCode()).as(ended.errors()).isZero();
            }
            assertThat(mine.intValue(5).get()).isEqualTo(5);
        }
        assertThatThrownBy(() -> Multiprocessing.attach(named)).isInstanceOf(NoSuchElementException.class);
    }

    private static void leaveOpen(String named, String unnamed) {
        Multiprocessing.attach(named);
        Context again = Multiprocessing.open(named);
        Context own = Multiprocessing.open(unnamed);
        IntValue value = own.intValue(1);
        again.process(value::increment).start();
        System.out.println("open");
    }

    static final class LeavesOpen {
        private LeavesOpen() {}

        public static void main(String[] arguments) throws Exception {
            leaveOpen(arguments[0], arguments[1]);
        }
    }

    static final class Stranger {
        private Stranger() {}

        public static void main(String[] arguments) throws Exception {
            try (Context mp = Multiprocessing.open(arguments[0])) {
                mp.named("count").intValue(0).increment();
                System.out.println("counted");
                System.in.read();
            }
        }
    }
}
