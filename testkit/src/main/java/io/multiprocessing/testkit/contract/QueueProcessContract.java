package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.IntValue;
import io.multiprocessing.JoinableQueue;
import io.multiprocessing.Process;
import io.multiprocessing.Queue;
import io.multiprocessing.QueueShutDownException;
import io.multiprocessing.SimpleQueue;
import io.multiprocessing.testkit.jvm.Await;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What queues do between processes, in every context. */
public abstract class QueueProcessContract extends ProcessSuite {
    private static final int EACH = 5_000;

    @Test
    void childMayEndBeforeItsMessagesAreTaken() throws Exception {
        Queue<Object> queue = mp.queue();
        Process child = mp.process(() -> {
                    for (int i = 0; i < EACH; i++) {
                        queue.put(i);
                    }
                    queue.put(new byte[5_000_000]);
                })
                .start();
        join(child);
        assertThat(child.exitCode()).hasValue(0);
        assertThat(queue.size()).isEqualTo(EACH + 1);
        for (int i = 0; i < EACH; i++) {
            assertThat(queue.get()).isEqualTo(i);
        }
        assertThat((byte[]) queue.get()).hasSize(5_000_000);
    }

    @Test
    void producersAndConsumersLoseNothing() throws Exception {
        Queue<int[]> queue = mp.queue(200);
        Queue<int[]> results = mp.queue();
        List<Process> all = new ArrayList<>();
        for (int producer = 0; producer < 2; producer++) {
            int number = producer;
            all.add(mp.process(() -> {
                        for (int i = 0; i < EACH; i++) {
                            queue.put(new int[] {number, i});
                        }
                    })
                    .start());
            all.add(mp.process(() -> {
                        int[] got = new int[EACH];
                        int[] last = {-1, -1};
                        for (int i = 0; i < EACH; i++) {
                            int[] message = queue.get();
                            if (message[1] <= last[message[0]]) {
                                throw new AssertionError("out of order: " + Arrays.toString(message));
                            }
                            last[message[0]] = message[1];
                            got[i] = message[0] * EACH + message[1];
                        }
                        results.put(got);
                    })
                    .start());
        }
        BitSet seen = new BitSet();
        for (int i = 0; i < 2; i++) {
            for (int number : results.get(Await.LIMIT)) {
                assertThat(seen.get(number)).isFalse();
                seen.set(number);
            }
        }
        assertThat(seen.cardinality()).isEqualTo(2 * EACH);
        for (Process process : all) {
            join(process);
            assertThat(process.exitCode()).hasValue(0);
        }
    }

    @Test
    void childGivesItsQueueToItsChild() throws Exception {
        Queue<String> queue = mp.queue();
        Process child = mp.process(() -> {
                    Process grandchild = queue.context()
                            .process(() -> queue.put("grandchild"))
                            .start();
                    grandchild.join();
                    queue.put("child");
                })
                .start();
        assertThat(queue.get(Await.LIMIT)).isEqualTo("grandchild");
        assertThat(queue.get(Await.LIMIT)).isEqualTo("child");
        join(child);
    }

    @Test
    void sizesAreSeenByAllProcesses() throws Exception {
        Queue<Integer> queue = mp.queue(3);
        SimpleQueue<Boolean> simple = mp.simpleQueue();
        queue.putAll(List.of(1, 2, 3));
        Process child = mp.process(() -> {
                    if (!queue.isFull() || queue.size() != 3 || queue.remainingCapacity() != 0 || !simple.isEmpty()) {
                        throw new AssertionError(queue + ", " + simple);
                    }
                    queue.get();
                    simple.put(true);
                })
                .start();
        join(child);
        assertThat(child.exitCode()).hasValue(0);
        assertThat(queue.size()).isEqualTo(2);
        assertThat(queue.isFull()).isFalse();
        assertThat(simple.isEmpty()).isFalse();
        assertThat(simple.get()).isTrue();
    }

    @Test
    void aQueueInAMessageIsAnswered() throws Exception {
        Queue<Queue<String>> requests = mp.queue();
        Process child =
                mp.process(() -> requests.get().put("from " + requests.size())).start();
        Queue<String> answers = mp.queue();
        requests.put(answers);
        assertThat(answers.get(Await.LIMIT)).isEqualTo("from 0");
        join(child);
    }

    @Test
    void joinWaitsForOtherProcesses() throws Exception {
        JoinableQueue<Integer> queue = mp.joinableQueue(10);
        Process child = mp.process(() -> {
                    while (queue.get() >= 0) {
                        queue.taskDone();
                    }
                    queue.taskDone();
                })
                .start();
        for (int i = 0; i < 1_000; i++) {
            queue.put(i);
        }
        assertThat(queue.join(Await.LIMIT)).isTrue();
        assertThat(queue.isEmpty()).isTrue();
        queue.put(-1);
        join(child);
        assertThat(queue.unfinished()).isZero();
    }

    @Test
    void shutdownReachesOtherProcesses() throws Exception {
        Queue<Integer> queue = mp.queue();
        IntValue seen = mp.intValue(0);
        Process child = mp.process(() -> {
                    try {
                        queue.get();
                    } catch (QueueShutDownException expected) {
                        seen.set(7);
                    }
                })
                .start();
        queue.shutdown();
        join(child);
        assertThat(child.exitCode()).hasValue(0);
        assertThat(seen.get()).isEqualTo(7);
    }
}
