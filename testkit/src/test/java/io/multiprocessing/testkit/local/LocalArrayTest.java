package io.multiprocessing.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.IntArray;
import io.multiprocessing.codec.Handle;
import io.multiprocessing.testkit.contract.ArrayContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LocalArrayTest extends ArrayContract {
    private static final int LENGTH = 1_000_000;

    @Override
    protected String uri() {
        return "local:";
    }

    @Test
    void memoryOfALargeArrayIsGivenBack_whenItIsClosed() throws IOException {
        Path folder = Path.of(((Handle.Source) mp.intArray(1)).handle().context());
        long before = bytesIn(folder);
        IntArray array = mp.intArray(LENGTH);
        assertThat(bytesIn(folder) - before).isGreaterThanOrEqualTo((long) LENGTH * Integer.BYTES);
        array.close();
        assertThat(bytesIn(folder)).isEqualTo(before);
    }

    private static long bytesIn(Path folder) throws IOException {
        long bytes = 0;
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }
}
