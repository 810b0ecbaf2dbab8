package io.multiprocessing.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.Context;
import io.multiprocessing.Event;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import io.multiprocessing.Queue;
import io.multiprocessing.testkit.contract.ContextContract;
import io.multiprocessing.testkit.jvm.Await;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OwnFolder.class)
class LocalContextTest extends ContextContract {
    private static final String NAMED = "local:busy";
    private static final int MANY = 20_000;

    @Override
    protected String uri() {
        return "local:";
    }

    @Test
    void closeWaitsForThoseWhoAreInTheMiddleOfChangingAQueue() throws Exception {
        Event closed = mp.event();
        try (Context mine = Multiprocessing.open(NAMED)) {
            Queue<Integer> queue = mine.named("queue").queue();
            // Slowly, so that it is in the middle for long.
            Process leaver = mp.process(() -> closeWhilePutting(Multiprocessing.attach(NAMED), closed))
                    .jvmOptions("-Xint")
                    .start();
            assertThat(closed.await(Await.LIMIT)).isTrue();
            queue.put(-1);
            leaver.join();
            assertThat(leaver.exitCode()).hasValue(0);
            for (int i = 0; i < MANY; i++) {
                assertThat(queue.poll()).isEqualTo(i);
            }
            assertThat(queue.poll()).isEqualTo(-1);
            assertThat(queue.poll()).isNull();
        }
    }

    private static void closeWhilePutting(Context context, Event closed) throws Exception {
        @SuppressWarnings("unchecked")
        Queue<Integer> queue = context.attach("queue", Queue.class);
        List<Integer> many = IntStream.range(0, MANY).boxed().toList();
        Thread putter = Thread.ofPlatform().start(() -> putUninterruptibly(queue, many));
        Await.until("it has begun", () -> !queue.isEmpty());
        context.close();
        closed.set();
        putter.join();
    }

    private static void putUninterruptibly(Queue<Integer> queue, List<Integer> messages) {
        try {
            queue.putAll(messages);
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
