package io.multiprocessing.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Connection;
import io.multiprocessing.Pipe;
import io.multiprocessing.Queue;
import io.multiprocessing.testkit.contract.QueueContract;
import java.io.EOFException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LocalQueueTest extends QueueContract {
    @Test
    void endsOfPipesAreClosed_whenTheirMessagesAreCleared() throws Exception {
        endsOfPipesAreClosed(Queue::clear);
    }

    @Test
    void endsOfPipesAreClosed_whenTheQueueIsShutDownAtOnce() throws Exception {
        endsOfPipesAreClosed(Queue::shutdownNow);
    }

    private void endsOfPipesAreClosed(Consumer<Queue<List<Connection>>> dropping) throws Exception {
        Queue<List<Connection>> queue = mp.queue();
        Pipe alone = mp.pipe();
        Pipe shared = mp.pipe();
        queue.put(List.of(alone.first(), shared.first()));
        alone.first().close();
        dropping.accept(queue);
        assertThat(alone.second().poll(Duration.ofSeconds(30))).isTrue();
        assertThatThrownBy(alone.second()::receive).isInstanceOf(EOFException.class);
        shared.first().send(1);
        assertThat((Integer) shared.second().receive()).isEqualTo(1);
    }

    @Override
    protected String uri() {
        return "local:";
    }
}
