package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.BrokenPipeException;
import io.multiprocessing.Connection;
import io.multiprocessing.Connections;
import io.multiprocessing.Pipe;
import io.multiprocessing.Process;
import io.multiprocessing.Queue;
import io.multiprocessing.Waitable;
import io.multiprocessing.testkit.jvm.Await;
import java.io.EOFException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pipes do between processes, in every context; and waiting for several things that processes do. */
public abstract class PipeProcessContract extends ProcessSuite {
    @Test
    void parentMayCloseTheEndOfItsChildAtOnce() throws Exception {
        Pipe pipe = mp.pipe();
        Connection theirs = pipe.second();
        Process child = mp.process(() -> {
                    Object question = theirs.receive();
                    theirs.send("answer to " + question);
                })
                .start();
        theirs.close();
        pipe.first().send("question");
        assertThat(pipe.first().receive(Await.LIMIT)).isEqualTo("answer to question");
        assertThatThrownBy(() -> pipe.first().receive(Await.LIMIT)).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> pipe.first().send(1)).isInstanceOf(BrokenPipeException.class);
        join(child);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endComes_whenTheProcessOfTheOtherEndIsKilled(boolean afterItHasIt) throws Exception {
        Pipe pipe = mp.pipe();
        Connection theirs = pipe.second();
        Process child = mp.process(() -> {
                    theirs.send("here");
                    Thread.sleep(FOREVER);
                })
                .start();
        theirs.close();
        if (afterItHasIt) {
            assertThat(pipe.first().receive(Await.LIMIT)).isEqualTo("here");
        }
        child.kill();
        assertThatThrownBy(() -> {
                    while (true) {
                        assertThat(pipe.first().receive(Await.LIMIT)).isEqualTo("here");
                    }
                })
                .isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> pipe.first().send(1)).isInstanceOf(BrokenPipeException.class);
        join(child);
    }

    @Test
    void whoSendsLearnsThatTheReceiverIsDead() throws Exception {
        Pipe pipe = mp.pipe(false);
        Connection theirs = pipe.first();
        Process child = mp.process(() -> {
                    theirs.receive();
                    Thread.sleep(FOREVER);
                })
                .start();
        theirs.close();
        pipe.second().send(1);
        child.kill();
        assertThatThrownBy(() -> pipe.second().sendBytes(new byte[10_000_000])).isInstanceOf(BrokenPipeException.class);
        join(child);
    }

    @Test
    void endIsHeldByAllWhoHaveIt() throws Exception {
        Pipe pipe = mp.pipe(false);
        Connection theirs = pipe.second();
        List<Process> children = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            int number = i;
            children.add(mp.process(() -> {
                        theirs.send(number);
                        Thread.sleep(FOREVER);
                    })
                    .start());
        }
        theirs.close();
        Object first = pipe.first().receive(Await.LIMIT);
        assertThat(pipe.first().receive(Await.LIMIT)).isNotEqualTo(first);
        children.get(0).kill();
        join(children.get(0));
        assertThatThrownBy(() -> pipe.first().receive(Duration.ofMillis(200))).isInstanceOf(TimeoutException.class);
        children.get(1).kill();
        assertThatThrownBy(() -> pipe.first().receive(Await.LIMIT)).isInstanceOf(EOFException.class);
        join(children.get(1));
    }

    @Test
    void endsTravelThroughQueuesToOthers() throws Exception {
        Queue<Connection> mailbox = mp.queue();
        Process child = mp.process(() -> {
                    try (Connection given = mailbox.get()) {
                        given.send("from " + ProcessHandle.current().pid());
                    }
                    Thread.sleep(FOREVER);
                })
                .start();
        Pipe pipe = mp.pipe();
        mailbox.put(pipe.second());
        pipe.second().close();
        assertThat(pipe.first().receive(Await.LIMIT))
                .isEqualTo("from " + child.pid().orElseThrow());
        assertThatThrownBy(() -> pipe.first().receive(Await.LIMIT)).isInstanceOf(EOFException.class);
        child.kill();
        join(child);
    }

    @Test
    void largeMessagesGoBothWays() throws Exception {
        Pipe pipe = mp.pipe();
        Connection theirs = pipe.second();
        Process child = mp.process(() -> {
                    int[] numbers = theirs.receive(int[].class);
                    for (int i = 0; i < numbers.length; i++) {
                        numbers[i]++;
                    }
                    theirs.send(numbers);
                })
                .start();
        theirs.close();
        int[] numbers = new int[3_000_000];
        numbers[numbers.length - 1] = 41;
        pipe.first().send(numbers);
        assertThat(pipe.first().receive(int[].class)).hasSize(numbers.length).endsWith(42);
        join(child);
    }

    @Test
    void severalAreAwaitedTogether() throws Exception {
        List<Connection> open = new ArrayList<>();
        List<Process> children = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Pipe pipe = mp.pipe(false);
            Connection theirs = pipe.second();
            int number = i;
            children.add(mp.process(() -> {
                        for (int message = 0; message < 10; message++) {
                            theirs.send(number * 10 + message);
                        }
                        theirs.close();
                    })
                    .start());
            theirs.close();
            open.add(pipe.first());
        }
        List<Object> received = new ArrayList<>();
        while (!open.isEmpty()) {
            List<Connection> ready = Connections.await(open, Await.LIMIT);
            assertThat(ready).isNotEmpty();
            for (Connection one : ready) {
                try {
                    received.add(one.receive(Await.LIMIT));
                } catch (EOFException end) {
                    open.remove(one);
                }
            }
        }
        assertThat(received).hasSize(40).doesNotHaveDuplicates();
        for (Process child : children) {
            join(child);
        }
    }

    @Test
    void endsOfProcessesAreAwaitedWithConnections() throws Exception {
        Pipe pipe = mp.pipe();
        Connection theirs = pipe.second();
        Process child = mp.process(() -> theirs.receive()).start();
        Waitable sentinel = child.sentinel();
        assertThat(Connections.await(List.of(sentinel, pipe.first()), Duration.ofMillis(50)))
                .isEmpty();
        pipe.first().send(1);
        assertThat(Connections.await(List.of(sentinel, pipe.first()), Await.LIMIT))
                .containsExactly(sentinel);
        theirs.send("both");
        assertThat(Connections.await(List.of(pipe.first(), sentinel))).containsExactly(pipe.first(), sentinel);
        assertThat(Connections.ready(List.of(pipe.first(), theirs))).containsExactly(pipe.first());
    }

    @Test
    void awaitingKeepsTime_andCanBeInterrupted() throws Exception {
        Pipe pipe = mp.pipe();
        List<Connection> both = List.of(pipe.first(), pipe.second());
        long begin = System.nanoTime();
        assertThat(Connections.await(both, Duration.ofMillis(60))).isEmpty();
        assertThat(Connections.await(List.<Connection>of(), Duration.ofMillis(60)))
                .isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(120));
        assertThat(Connections.await(both, Duration.ZERO)).isEmpty();
        assertThatThrownBy(() -> Connections.await(List.<Connection>of())).isInstanceOf(IllegalArgumentException.class);
        for (Threads.Kind kind : Threads.Kind.values()) {
            SynchronizationContract.assertInterruptible(kind, () -> Connections.await(both));
        }
        try (Threads threads = Threads.Kind.PLATFORM.open()) {
            Threads.Running<Void> waiter =
                    SynchronizationContract.startAndLetWait(threads, () -> Connections.await(both));
            pipe.first().close();
            assertThat(waiter.failure()).isInstanceOf(IllegalStateException.class);
        }
    }
}
