package io.multiprocessing.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.Pipe;
import io.multiprocessing.codec.Handle;
import io.multiprocessing.testkit.contract.PipeProcessContract;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OwnFolder.class)
class LocalPipeProcessTest extends PipeProcessContract {
    @Override
    protected String uri() {
        return "local:";
    }

    @Test
    void memoryIsGivenBack_whenBothEndsAreClosed() throws Exception {
        Pipe pipe = mp.pipe();
        Path folder = Path.of(((Handle.Source) pipe.first()).handle().context());
        long ours = files(folder);
        mp.pipe().close();
        assertThat(files(folder)).isEqualTo(ours);
        pipe.second().close();
        assertThat(files(folder)).isEqualTo(ours);
    }

    private static long files(Path folder) throws Exception {
        try (var files = Files.list(folder)) {
            return files.count();
        }
    }
}
