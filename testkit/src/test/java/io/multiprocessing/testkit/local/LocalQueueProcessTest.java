package io.multiprocessing.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.Queue;
import io.multiprocessing.codec.Handle;
import io.multiprocessing.testkit.contract.QueueProcessContract;
import io.multiprocessing.testkit.jvm.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OwnFolder.class)
class LocalQueueProcessTest extends QueueProcessContract {
    @Override
    protected String uri() {
        return "local:";
    }

    @Test
    void memoryIsGivenBack_whenAQueueIsDrained() throws Exception {
        Queue<byte[]> queue = mp.queue();
        Path folder = Path.of(((Handle.Source) queue).handle().context());
        queue.put(new byte[1]);
        long before = bytesIn(folder);
        for (int i = 0; i < 40; i++) {
            queue.put(new byte[900_000]);
        }
        queue.put(new byte[10_000_000]);
        assertThat(bytesIn(folder) - before).isGreaterThan(46_000_000);
        for (int i = 0; i < 42; i++) {
            queue.get();
        }
        assertThat(bytesIn(folder) - before).isLessThan(17_000_000); // the last ring is kept at first
        for (int i = 0; i < 12_000; i++) {
            queue.put(new byte[1]);
            queue.get();
        }
        assertThat(bytesIn(folder)).isEqualTo(before);
    }

    @Test
    void fileOfALargeMessageIsUsedAgain_andGoesWhenNoneComes() throws Exception {
        Queue<byte[]> queue = mp.queue();
        Path folder = Path.of(((Handle.Source) queue).handle().context());
        int[] sent = new int[1];
        Await.until("a file is kept", () -> {
            byte[] large = new byte[2_000_000 - sent[0]];
            large[large.length - 1] = (byte) ++sent[0];
            queue.put(large);
            assertThat(queue.get()).isEqualTo(large);
            return sent[0] > 4 && !files(folder).isEmpty();
        });
        assertThat(files(folder)).hasSize(1).allMatch(name -> name.startsWith("spare-"));
        var getter = new FutureTask<>(queue::get);
        Thread.ofPlatform().daemon().start(getter);
        Await.until("none is kept", () -> files(folder).isEmpty());
        queue.put(new byte[1]);
        assertThat(getter.get()).hasSize(1);
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("sp"))
                    .toList();
        }
    }

    private static long bytesIn(Path folder) throws IOException {
        long bytes = 0;
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                try {
                    bytes += Files.size(file);
                } catch (NoSuchFileException gone) {
                    // counts as nothing
                }
            }
        }
        return bytes;
    }
}
