package io.multiprocessing.testkit.local;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.SegmentException;
import io.multiprocessing.SharedMemory;
import io.multiprocessing.testkit.contract.SharedMemoryContract;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OwnFolder.class)
class LocalSharedMemoryTest extends SharedMemoryContract {
    @Override
    protected String uri() {
        return "local:";
    }

    private static Path flat(SharedMemory memory) {
        return Path.of("/dev/shm", memory.name());
    }

    @Test
    void fileIsTheUsersAlone_andHasNothingButTheBytes() throws Exception {
        SharedMemory memory = mp.sharedMemory(1001);
        assertThat(flat(memory)).hasSize(1001);
        assertThat(Files.getPosixFilePermissions(flat(memory))).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        mp.close();
        assertThat(flat(memory)).doesNotExist();
    }

    @Test
    void memoryIsUnmappedWhenItIsClosed() {
        SharedMemory memory = mp.sharedMemory(8);
        MemorySegment closed = memory.segment();
        memory.close();
        assertThatThrownBy(() -> closed.get(JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
        MemorySegment ofContext = mp.sharedMemory(8).segment();
        mp.close();
        assertThatThrownBy(() -> ofContext.get(JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatIsNoBlockIsNotAttached() throws Exception {
        SharedMemory memory = mp.sharedMemory(8);
        Path link = Files.createSymbolicLink(flat(memory).resolveSibling(memory.name() + "-link"), flat(memory));
        Path empty = Files.createFile(link.resolveSibling(memory.name() + "-empty"));
        Path folder = Files.createDirectory(link.resolveSibling(memory.name() + "-folder"));
        try {
            for (Path path : new Path[] {link, folder}) {
                assertThatThrownBy(() -> mp.sharedMemory(path.getFileName().toString()))
                        .isInstanceOf(SegmentException.class)
                        .hasMessageContaining("no block");
            }
            assertThatThrownBy(() -> mp.sharedMemory(empty.getFileName().toString()))
                    .isInstanceOf(SegmentException.class)
                    .hasMessageContaining("empty");
        } finally {
            Files.delete(link);
            Files.delete(empty);
            Files.delete(folder);
        }
    }
}
