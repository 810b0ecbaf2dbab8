package io.multiprocessing.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private final Table table = new Table(List.of());

    @Test
    void columnsAreAligned() {
        var row = table.row(new Result("row", "unit", false, List.of(41.25), "CPython 3.13.0", List.of(1043.1)));

        assertThat(row).matches("row +unit +41\\.3 +41\\.3 +1,043 +25\\.3× +CPython 3\\.13\\.0");
        assertThat(row.indexOf("CPython")).isEqualTo(table.header().indexOf("peer is"));
    }

    @Test
    void peerIsNever_whenItNeverEnds() {
        assertThat(table.row(new Result("row", "unit", false, List.of(5.0), "CPython 3.13.0", List.of())))
                .matches("row +unit +5\\.00 +5\\.00 +never +– +CPython 3\\.13\\.0");
    }

    @Test
    void peerIsAbsent_whenNobodyWasMeasured() {
        assertThat(table.row(new Result("row", "unit", false, List.of(0.5), null, List.of())))
                .matches("row +unit +0\\.500 +0\\.500 +– +– +–");
    }
}
