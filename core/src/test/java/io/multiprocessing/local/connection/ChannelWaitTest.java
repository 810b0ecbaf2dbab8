package io.multiprocessing.local.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.spi.Deadline;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChannelWaitTest {
    @Test
    void whoIsWokenBeforeHeWaits_doesNotWait() throws Exception {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        try (var source = pipe.source();
                var _ = pipe.sink();
                var wait = new ChannelWait(source, SelectionKey.OP_READ)) {
            Deadline deadline = Deadline.after(Duration.ofSeconds(30));
            wait.wakeUp(); // nobody has waited yet
            wait.await(deadline);
            wait.wakeUp(); // somebody has
            wait.await(deadline);
            assertThat(deadline.nanosLeft()).isPositive();
        }
    }
}
