package io.multiprocessing.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Lock;
import io.multiprocessing.Manager;
import io.multiprocessing.ManagerEndedException;
import io.multiprocessing.MessageNotSerializableException;
import io.multiprocessing.RemoteException;
import io.multiprocessing.Semaphore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A server and its clients in one process: what they say to each other, and what becomes of those who are gone. */
final class ServerTest extends ServerSuite {
    @Test
    void objectsAreGone_whenTheirClientIs() throws Exception {
        Link other = newLink();
        Manager his = new ManagerClient(other.server());
        ConcurrentMap<String, Object> dict = his.dict();
        dict.put("list", his.list(List.of(1, 2)));
        assertThat(manager.objectCount()).isEqualTo(2);
        other.end("killed");
        until(() -> manager.objectCount() == 0);
        assertThatThrownBy(dict::size).isInstanceOf(ManagerEndedException.class).hasMessageContaining("killed");
    }

    @Test
    void objectsAreGone_whenTheLastProxyIs() throws Exception {
        List<Object> proxies = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            proxies.add(manager.dict());
        }
        assertThat(manager.objectCount()).isEqualTo(50);
        assertThat(proxies).hasSize(50);
        proxies.clear();
        until(() -> {
            System.gc();
            return manager.objectCount() == 0;
        });
    }

    @Test
    void nestedObjectsLiveAsLongAsWhatTheyAreIn() throws Exception {
        ConcurrentMap<String, List<Integer>> dict = manager.dict();
        dict.put("numbers", manager.list(List.of(1)));
        until(() -> {
            System.gc();
            return server.table().count() == 3; // the server, the dict, and the list that only the dict has
        });
        dict.get("numbers").add(2);
        assertThat(dict.get("numbers")).containsExactly(1, 2);
        dict.clear();
        until(() -> {
            System.gc();
            return manager.objectCount() == 1;
        });
        assertThat(dict).isEmpty();
    }

    @Test
    void aLockOfOneWhoIsGoneIsHandedOn() throws Exception {
        Lock lock = manager.lock();
        Link other = newLink();
        lockOf(other, lock).acquire();
        assertThat(lock.tryAcquire()).isFalse();
        other.end("killed");
        assertThat(lock.acquire(LONG)).isTrue();
        assertThat(lock.abandonment()).isNotNull();
        assertThat(lock.abandonment().pid()).isEqualTo(ProcessHandle.current().pid());
        lock.release();
        lock.acquire();
        assertThat(lock.abandonment()).isNull();
    }

    @Test
    void permitsOfOneWhoIsGoneComeBack() throws Exception {
        Semaphore semaphore = manager.semaphore(2);
        Link other = newLink();
        Semaphore his = (Semaphore)
                Proxies.of(other.hold(Kind.SEMAPHORE, Proxies.coreOf(semaphore).id()), 0);
        his.acquire();
        his.acquire();
        assertThat(semaphore.tryAcquire()).isFalse();
        semaphore.release(); // that of the other one, who has none left after the next
        other.end("killed");
        until(() -> semaphore.value() == 2);
    }

    @Test
    void oneWhoIsGoneWhileItWaits_getsNothing() throws Exception {
        Lock lock = manager.lock();
        lock.acquire();
        Link other = newLink();
        Lock his = lockOf(other, lock);
        var waiting = new FutureTask<Object>(() -> {
            his.acquire();
            return null;
        });
        Thread.ofVirtual().start(waiting);
        until(() -> server.table().count() == 2);
        other.end("killed");
        assertThatThrownBy(waiting::get).hasCauseInstanceOf(ManagerEndedException.class);
        lock.release();
        assertThat(lock.acquire(LONG)).isTrue();
    }

    @Test
    void unknownObjectsMethodsAndTypesAreRefused() {
        assertThatThrownBy(() -> link.call(12_345, "get", 1))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("12345");
        Core dict = Proxies.coreOf(manager.dict());
        assertThatThrownBy(() -> dict.call("explode"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("explode");
        assertThatThrownBy(() -> manager.create("no such type", Runnable.class))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("no such type");
        assertThatThrownBy(() -> link.call(Frame.SERVER, "create", 77)).hasMessageContaining("77");
    }

    @Test
    void argumentsThatDoNotFitAreRefused() {
        Core list = Proxies.coreOf(manager.list());
        assertThatThrownBy(() -> list.call("get", "one"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Integer")
                .hasMessageContaining("String");
        assertThatThrownBy(() -> list.call("get"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 arguments");
        assertThatThrownBy(() -> manager.list().get(5)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> manager.dict().put("thread", new Thread()))
                .isInstanceOf(MessageNotSerializableException.class)
                .hasMessageContaining("java.lang.Thread");
    }

    @Test
    void anExceptionHasTheCallersTraceAndTheServersAsItsCause() {
        assertThatThrownBy(() -> manager.lock().release())
                .isInstanceOf(IllegalMonitorStateException.class)
                .satisfies(thrown -> assertThat(thrown.getStackTrace())
                        .isNotEmpty()
                        .extracting(StackTraceElement::getClassName)
                        .doesNotContain(ServedLock.class.getName(), Link.class.getName()))
                .cause()
                .isInstanceOf(RemoteException.class)
                .satisfies(remote ->
                        assertThat(remote.getStackTrace()[0].getClassName()).isEqualTo(ServedLock.class.getName()));
    }

    @Test
    void onlyMethodsOfTheInterfaceCanBeCalled() {
        manager.register("counter", Counter.class, Counting::new);
        Counter counter = manager.create("counter", Counter.class);
        assertThat(counter.add(2)).isEqualTo(2);
        assertThat(counter.add(2, 3)).isEqualTo(7);
        assertThat(counter.toString()).isEqualTo("7");
        Core core = Proxies.coreOf(counter);
        assertThat(core.call("total")).isEqualTo(7);
        assertThatThrownBy(() -> core.call("secret()")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> core.call("getClass()")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> core.call("add(int)", "one")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> core.call("add(int)")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void methodsThatAreMarkedReturnProxies() {
        manager.register("counter", Counter.class, Counting::new);
        Counter counter = manager.create("counter", Counter.class);
        Counter part = counter.part();
        part.add(5);
        assertThat(counter.total()).isEqualTo(5);
        List<Integer> numbers = manager.list(List.of(4, 5));
        assertThat(counter.sum(numbers)).isEqualTo(9);
    }

    @Test
    void aMethodThatThrowsOrAResultThatCantBeSent_isToldToTheCaller() {
        manager.register("counter", Counter.class, Counting::new);
        Counter counter = manager.create("counter", Counter.class);
        assertThatThrownBy(counter::fail)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("as asked");
        assertThatThrownBy(counter::unsendable)
                .isInstanceOf(MessageNotSerializableException.class)
                .hasMessageContaining("java.lang.Thread");
        manager.register("broken", Counter.class, () -> {
            throw new java.io.IOException("no counter today");
        });
        assertThatThrownBy(() -> manager.create("broken", Counter.class)).hasMessage("no counter today");
        assertThatThrownBy(() -> manager.register("counter", Counter.class, Counting::new))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> manager.register("class", Object.class, Object::new))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(counter.total()).isZero();
    }

    @Test
    void anExceptionThatCantBeSent_arrivesAsItsTypeAndText() {
        manager.register("counter", Counter.class, Counting::new);
        Counter counter = manager.create("counter", Counter.class);
        assertThatThrownBy(counter::failOddly)
                .isInstanceOfSatisfying(RemoteException.class, odd -> {
                    assertThat(odd.type()).endsWith("Odd");
                    assertThat(odd.remoteMessage()).isEqualTo("odd");
                    assertThat(odd.getStackTrace()[0].getClassName()).isNotEqualTo(Counting.class.getName());
                })
                .cause()
                .isInstanceOf(RemoteException.class)
                .satisfies(there ->
                        assertThat(there.getStackTrace()[0].getClassName()).isEqualTo(Counting.class.getName()));
    }

    @Test
    void theServersTraceComesAfterAllCauses() {
        manager.register("counter", Counter.class, Counting::new);
        Counter counter = manager.create("counter", Counter.class);
        assertThatThrownBy(counter::failBecauseOfAnother)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("outer")
                .cause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("inner")
                .cause()
                .isInstanceOf(RemoteException.class)
                .satisfies(there ->
                        assertThat(there.getStackTrace()[0].getClassName()).isEqualTo(Counting.class.getName()));
    }

    @Test
    void iterationFetchesManyElementsAtATime() {
        AtomicInteger frames = new AtomicInteger();
        Link counted = newLink(frames::incrementAndGet);
        List<Integer> numbers = IntStream.range(0, 10_000).boxed().toList();
        List<Integer> list = new ManagerClient(counted.server()).list(numbers);
        ConcurrentMap<Integer, Integer> dict = new ManagerClient(counted.server()).dict();
        dict.putAll(numbers.stream().collect(Collectors.toMap(number -> number, number -> number)));
        int before = frames.get();
        int sum = 0;
        for (int number : list) {
            sum += number;
        }
        for (Map.Entry<Integer, Integer> entry : dict.entrySet()) {
            sum -= entry.getValue();
        }
        assertThat(sum).isZero();
        assertThat(frames.get() - before).isLessThan(30);
        counted.end("the test is over");
    }

    @Test
    void callsAfterTheEndAreRefused() throws Exception {
        List<Integer> list = manager.list();
        server.stop(Duration.ZERO);
        assertThatThrownBy(list::size).isInstanceOf(ManagerEndedException.class);
        assertThatThrownBy(list::size).isInstanceOf(ManagerEndedException.class);
        assertThat(manager.isAlive()).isFalse();
    }

    private static Lock lockOf(Link other, Lock lock) {
        return (Lock) Proxies.of(other.hold(Kind.LOCK, Proxies.coreOf(lock).id()), 0);
    }
}
