package io.multiprocessing.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.Context;
import io.multiprocessing.Event;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import io.multiprocessing.Queue;
import io.multiprocessing.codec.Handle;
import io.multiprocessing.testkit.contract.ContextContract;
import io.multiprocessing.testkit.jvm.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OwnFolder.class)
class LocalContextTest extends ContextContract {
    private static final String NAMED = "local:busy";
    private static final int LARGE = 16_000_000;

    @Override
    protected String uri() {
        return "local:";
    }

    @Test
    void closeWaitsForThoseWhoAreInTheMiddleOfChangingAQueue() throws Exception {
        Event closed = mp.event();
        try (Context mine = Multiprocessing.open(NAMED)) {
            Queue<byte[]> queue = mine.named("queue").queue();
            Process leaver = mp.process(() -> closeWhilePutting(Multiprocessing.attach(NAMED), closed))
                    .start();
            assertThat(closed.await(Await.LIMIT)).isTrue();
            queue.put(new byte[] {1});
            assertThat(queue.get(Await.LIMIT)).hasSize(LARGE);
            assertThat(queue.get(Await.LIMIT)).containsExactly(1);
            leaver.join();
            assertThat(leaver.exitCode()).hasValue(0);
        }
    }

    private static void closeWhilePutting(Context context, Event closed) throws Exception {
        @SuppressWarnings("unchecked")
        Queue<byte[]> queue = context.attach("queue", Queue.class);
        Path folder = Path.of(((Handle.Source) queue).handle().context());
        Thread putter = Thread.ofPlatform().start(() -> putUninterruptibly(queue));
        while (!hasSpilled(folder)) {
            Thread.onSpinWait(); // it lasts for milliseconds only
        }
        context.close();
        closed.set();
        putter.join();
    }

    private static void putUninterruptibly(Queue<byte[]> queue) {
        try {
            queue.put(new byte[LARGE]);
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static boolean hasSpilled(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith("spill-"));
        }
    }
}
