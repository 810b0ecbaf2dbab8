package io.multiprocessing.local.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.SegmentException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of shared memory: there wholly or not at all, and trusted only if they are what they should be. */
class SegmentFileTest {
    private static final int KIND = 77;
    private static final int BYTES = 8192;

    @TempDir(factory = InSharedMemory.class)
    Path folder;

    private final Arena arena = Arena.ofShared();

    @AfterEach
    void unmap() {
        arena.close();
    }

    @Test
    void whatOneWritesTheOtherReads() {
        MemorySegment made = create(file());
        assertThat(made.byteSize()).isEqualTo(BYTES);
        MemorySegment found = SegmentFile.attach(file(), KIND, arena);
        assertThat(found.byteSize()).isEqualTo(BYTES);
        Words.setLongVolatile(made, SegmentFile.DATA_OFFSET, 0x1122_3344_5566_7788L);
        assertThat(Words.longVolatile(found, SegmentFile.DATA_OFFSET)).isEqualTo(0x1122_3344_5566_7788L);
        assertThat(Words.casInt(found, BYTES - 4, 0, 5)).isTrue();
        assertThat(Words.intVolatile(made, BYTES - 4)).isEqualTo(5);
    }

    @Test
    void newSegmentIsZero_afterItsHeader() {
        MemorySegment made = create(file());
        assertThat(made.asSlice(SegmentFile.DATA_OFFSET).toArray(ValueLayout.JAVA_BYTE))
                .containsOnly(0);
    }

    @Test
    void fileIsForItsUserOnly_andNoOtherIsLeft() throws IOException {
        create(file());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(entries()).containsExactly(file());
    }

    @Test
    void pagesOfTheFileAreThere_fromTheBeginning() throws Exception {
        create(file());
        long blocks = (Long) Files.getAttribute(file(), "unix:size");
        assertThat(blocks).isEqualTo(BYTES);
        // A file with holes would have fewer blocks than bytes; stat counts blocks of 512 bytes.
        var stat = new ProcessBuilder("stat", "-c", "%b", file().toString()).start();
        String allocated = new String(stat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(Long.parseLong(allocated.strip()) * 512).isGreaterThanOrEqualTo(BYTES);
    }

    @Test
    void createIsRefused_whenTheNameIsTaken() throws IOException {
        Files.writeString(file(), "mine");
        assertThatThrownBy(() -> create(file()))
                .isInstanceOf(SegmentException.class)
                .hasMessageContaining(file().toString())
                .hasMessageContaining("exists already");
        assertThat(file()).hasContent("mine");
        assertThat(entries()).containsExactly(file());
    }

    @Test
    void createIsRefused_whenTheFolderHasGone() {
        Path gone = folder.resolve("gone").resolve("segment");
        assertThatThrownBy(() -> create(gone))
                .isInstanceOf(SegmentException.class)
                .hasMessageContaining("the folder " + gone.getParent() + " is gone");
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 44, 1L << 60, Long.MAX_VALUE})
    void createIsRefused_whenTheSizeIsAbsurd_beforeMemoryIsTaken(long bytes) throws IOException {
        assertThatThrownBy(() -> SegmentFile.create(file(), KIND, bytes, arena))
                .isInstanceOf(SegmentException.class)
                .hasMessageContaining("no room for " + bytes + " bytes")
                .hasMessageContaining("bytes are free");
        assertThat(entries()).isEmpty();
    }

    @Test
    void createAndAttachWork_inAnInterruptedThread() {
        Thread.currentThread().interrupt();
        create(file());
        SegmentFile.attach(file(), KIND, arena);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void createAndAttachWork_whileInterruptsRain() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread worker = Thread.ofPlatform().start(() -> {
            try {
                for (int i = 0; i < 200; i++) {
                    Path each = folder.resolve("segment-" + i);
                    create(each);
                    SegmentFile.attach(each, KIND, arena);
                    if (i % 20 == 0) {
                        Thread.interrupted();
                    }
                }
            } catch (Throwable failed) {
                failure.set(failed);
            } finally {
                over.set(true);
            }
        });
        while (!over.get()) {
            worker.interrupt();
            Thread.onSpinWait();
        }
        worker.join();
        assertThat(failure).hasNullValue();
        assertThat(entries()).hasSize(200);
    }

    @Test
    void attachIsRefused_whenThereIsNoFile() {
        assertRefused("is gone");
    }

    @Test
    void attachIsRefused_whenItIsNoFile() throws IOException {
        Files.createDirectory(file());
        assertRefused("can't be read");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63})
    void attachIsRefused_whenTheFileIsTooShort(int bytes) throws IOException {
        Files.write(file(), new byte[bytes]);
        assertRefused("has only " + bytes + " bytes");
    }

    @Test
    void attachIsRefused_whenTheFileIsForeign() throws IOException {
        Files.write(file(), new byte[BYTES]);
        assertRefused("no shared memory segment of this library");
        Files.write(file(), "#!/bin/sh\n".repeat(1000).getBytes(StandardCharsets.US_ASCII));
        assertRefused("no shared memory segment of this library");
    }

    @Test
    void attachIsRefused_whenTheVersionIsAnother() throws IOException {
        create(file());
        overwrite(SegmentLayout.VERSION_OFFSET, SegmentLayout.VERSION + 1);
        assertRefused("has layout version 2; this library reads version 1");
    }

    @Test
    void attachIsRefused_whenTheKindIsAnother() {
        create(file());
        assertThatThrownBy(() -> SegmentFile.attach(file(), KIND + 1, arena))
                .isInstanceOf(SegmentException.class)
                .hasMessageContaining("is of kind 77, not 78");
    }

    @Test
    void attachIsRefused_whenTheFileWasCutOrExtended() throws IOException {
        create(file());
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            channel.truncate(BYTES / 2);
        }
        assertRefused("says 8192 bytes and has 4096");
        Files.write(file(), new byte[BYTES], StandardOpenOption.APPEND);
        assertRefused("is damaged");
    }

    @Test
    void refusedFileIsNotTouched() throws IOException {
        byte[] bytes =
                "something else that is longer than a header, so that it is looked at in earnest, and that nobody may touch"
                        .getBytes(StandardCharsets.US_ASCII);
        Files.write(file(), bytes);
        assertRefused("no shared memory segment");
        assertThat(file()).hasBinaryContent(bytes);
    }

    private void assertRefused(String reason) {
        assertThatThrownBy(() -> SegmentFile.attach(file(), KIND, arena))
                .isInstanceOf(SegmentException.class)
                .hasMessageContaining(file().toString())
                .hasMessageContaining(reason);
    }

    private void overwrite(long offset, int value) throws IOException {
        try (var out = new RandomAccessFile(file().toFile(), "rw")) {
            out.seek(offset);
            out.writeInt(Integer.reverseBytes(value));
        }
    }

    private MemorySegment create(Path file) {
        return SegmentFile.create(file, KIND, BYTES, arena);
    }

    private Path file() {
        return folder.resolve("segment");
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.toList();
        }
    }
}
