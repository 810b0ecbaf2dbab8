package io.multiprocessing.local.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.SegmentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells for objects: made by one process, found by another. */
class SegmentStoreTest {
    private static final int KIND = 50;
    private static final long LARGE_BYTES = 100_000;

    @TempDir(factory = InSharedMemory.class)
    Path folder;

    private SegmentStore store;
    private SegmentStore others;

    @BeforeEach
    void open() {
        store = new SegmentStore(folder, 1);
        others = new SegmentStore(folder, 2);
    }

    @AfterEach
    void close() {
        store.close();
        others.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 8, 64, 112, 113, 16_384, 16_385, LARGE_BYTES})
    void cellIsFoundByOthers(long bytes) {
        Cell made = store.allocate(KIND, bytes, cell -> {});
        assertThat(made.bytes()).isEqualTo(bytes);
        Cell found = others.resolve(made.id(), KIND);
        assertThat(found.id()).isEqualTo(made.id());
        assertThat(found.bytes()).isEqualTo(bytes);
        if (bytes >= 8) {
            Words.setLongVolatile(made.memory(), made.offset() + bytes / 8 * 8 - 8, 42);
            assertThat(Words.longVolatile(found.memory(), found.offset() + bytes / 8 * 8 - 8))
                    .isEqualTo(42);
        }
    }

    @Test
    void cellIsZeroAndAligned_andItsInitializerRunsBeforeItIsFound() {
        for (long bytes : List.of(8L, 200L, LARGE_BYTES)) {
            Cell made = store.allocate(KIND, bytes, cell -> {
                assertThat(cell.offset() % Long.BYTES).isZero();
                for (long at = 0; at + 8 <= cell.bytes(); at += 8) {
                    assertThat(Words.longPlain(cell.memory(), cell.offset() + at))
                            .isZero();
                }
                assertThatThrownBy(() -> others.resolve(cell.id(), KIND)).isInstanceOf(SegmentException.class);
                Words.setLongPlain(cell.memory(), cell.offset(), 7);
            });
            Cell found = others.resolve(made.id(), KIND);
            assertThat(Words.longPlain(found.memory(), found.offset())).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {8, LARGE_BYTES})
    void cellOfAFailedInitializerIsNotFound(long bytes) throws IOException {
        CellId[] id = new CellId[1];
        assertThatThrownBy(() -> store.allocate(KIND, bytes, cell -> {
                    id[0] = cell.id();
                    throw new IllegalArgumentException("no");
                }))
                .hasMessage("no");
        assertThatThrownBy(() -> others.resolve(id[0], KIND)).isInstanceOf(SegmentException.class);
        assertThat(store.allocate(KIND, 8, cell -> {}).id()).isNotEqualTo(id[0]);
        assertThat(files()).as("a large one gives its memory back").hasSize(1);
    }

    @Test
    void aHundredThousandCellsAreMade_inFewFiles() throws IOException {
        Set<CellId> ids = new HashSet<>();
        CellId last = null;
        for (int i = 0; i < 100_000; i++) {
            int number = i;
            last = store.allocate(KIND, 8, cell -> Words.setLongPlain(cell.memory(), cell.offset(), number))
                    .id();
            ids.add(last);
        }
        assertThat(ids).hasSize(100_000);
        assertThat(files()).hasSizeLessThan(20);
        Cell found = others.resolve(last, KIND);
        assertThat(Words.longPlain(found.memory(), found.offset())).isEqualTo(99_999);
    }

    @Test
    void cellsOfManyThreadsDoNotOverlap() throws Exception {
        Set<CellId> ids = ConcurrentHashMap.newKeySet();
        List<Thread> threads = Stream.generate(() -> Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < 5_000; i++) {
                        ids.add(store.allocate(KIND, 100, cell -> {}).id());
                    }
                }))
                .limit(4)
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(ids).hasSize(20_000);
    }

    @Test
    void filesOfTwoProcessesDoNotCollide_andAreForTheUserOnly() throws IOException {
        store.allocate(KIND, 8, cell -> {});
        others.allocate(KIND, 8, cell -> {});
        store.allocate(KIND, LARGE_BYTES, cell -> {});
        others.allocate(KIND, LARGE_BYTES, cell -> {});
        assertThat(files()).hasSize(4);
        for (Path file : files()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void largeCellIsGivenBack() throws IOException {
        Cell made = store.allocate(KIND, LARGE_BYTES, cell -> {});
        Cell found = others.resolve(made.id(), KIND);
        assertThat(store.free(made)).isTrue();
        assertThat(files()).isEmpty();
        assertThatThrownBy(() -> Words.longPlain(made.memory(), made.offset()))
                .isInstanceOf(IllegalStateException.class);
        // Who has it keeps it; nobody else finds it.
        Words.setLongPlain(found.memory(), found.offset(), 1);
        assertThatThrownBy(() -> store.resolve(made.id(), KIND))
                .isInstanceOf(SegmentException.class)
                .hasMessageContaining("is gone");
        assertThat(store.free(made)).isFalse();
        assertThat(others.free(found)).isTrue();
    }

    @Test
    void smallCellIsNotGivenBack() throws IOException {
        Cell made = store.allocate(KIND, 8, cell -> {});
        assertThat(store.free(made)).isFalse();
        assertThat(files()).hasSize(1);
        assertThat(others.resolve(made.id(), KIND).bytes()).isEqualTo(8);
    }

    @Test
    void closeUnmapsLargeCells_andKeepsSmallOnesReadable() {
        Cell large = store.allocate(KIND, LARGE_BYTES, cell -> {});
        Cell small = store.allocate(KIND, 8, cell -> {});
        store.close();
        assertThatThrownBy(() -> Words.longPlain(large.memory(), large.offset()))
                .isInstanceOf(IllegalStateException.class);
        assertThat(Words.longPlain(small.memory(), small.offset())).isZero();
    }

    @Test
    void embeddedCellIsFoundByItself() {
        Cell[] inner = new Cell[1];
        Cell outer = store.allocate(KIND, 128, cell -> inner[0] = store.embed(cell, 64, KIND + 1, 40));
        Words.setLongVolatile(inner[0].memory(), inner[0].offset(), 9);
        Cell found = others.resolve(inner[0].id(), KIND + 1);
        assertThat(found.bytes()).isEqualTo(40);
        assertThat(Words.longVolatile(found.memory(), found.offset())).isEqualTo(9);
        Cell foundOuter = others.resolve(outer.id(), KIND);
        assertThat(Words.longVolatile(
                        foundOuter.memory(), foundOuter.offset() + 64 + SegmentStore.EMBEDDED_HEADER_BYTES))
                .isEqualTo(9);
    }

    @Test
    void resolveIsRefused_whenThereIsNothingOfThatKind() {
        CellId small = store.allocate(KIND, 8, cell -> {}).id();
        CellId large = store.allocate(KIND, LARGE_BYTES, cell -> {}).id();
        assertRefused(small, KIND + 1, "is of kind 50, not 51");
        assertRefused(large, KIND + 1, "is of kind 50, not 51");
        assertRefused(new CellId(small.segment(), small.offset() + 128), KIND, "is of kind 0");
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -16, 0, 15, 79, 81, 83, 65_537, 1L << 40, Long.MAX_VALUE})
    void resolveIsRefused_whereNoCellCanBe(long offset) {
        CellId cell = store.allocate(KIND, 8, made -> {}).id();
        assertThatThrownBy(() -> others.resolve(new CellId(cell.segment(), offset), KIND))
                .isInstanceOf(SegmentException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 5, 1L << 31, Long.MIN_VALUE, Long.MAX_VALUE})
    void resolveIsRefused_inASegmentThatIsNotThere(long segment) {
        assertRefused(new CellId(segment, 144), KIND, "is gone");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1_000_000, Long.MAX_VALUE, Long.MIN_VALUE})
    void resolveIsRefused_whenTheSizeIsDamaged(long size) {
        Cell made = store.allocate(KIND, 8, cell -> {});
        Words.setLongPlain(made.memory(), made.offset() - CellLayout.HEADER_BYTES + CellLayout.SIZE_OFFSET, size);
        assertRefused(made.id(), KIND, "is damaged");
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 45, Long.MAX_VALUE - 2_000_000, Long.MAX_VALUE})
    void allocateIsRefused_whenTheSizeIsAbsurd(long bytes) throws IOException {
        assertThatThrownBy(() -> store.allocate(KIND, bytes, cell -> {}))
                .isInstanceOf(SegmentException.class)
                .hasMessageContaining("no room for ");
        assertThat(files()).isEmpty();
    }

    @Test
    void allocateIsRefused_whenTheFolderHasGone() {
        SegmentStore homeless = new SegmentStore(folder.resolve("gone"), 1);
        assertThatThrownBy(() -> homeless.allocate(KIND, 8, cell -> {}))
                .isInstanceOf(SegmentException.class)
                .hasMessageContaining("is gone");
    }

    private void assertRefused(CellId id, int kind, String reason) {
        assertThatThrownBy(() -> others.resolve(id, kind))
                .isInstanceOf(SegmentException.class)
                .hasMessageContaining(reason);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.toList();
        }
    }
}
