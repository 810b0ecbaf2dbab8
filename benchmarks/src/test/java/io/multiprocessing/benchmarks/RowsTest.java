package io.multiprocessing.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.multiprocessing.benchmarks.harness.Benchmark;
import io.multiprocessing.benchmarks.harness.Peer;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class RowsTest {
    @Test
    void namedGivesAll_whenNoNameIsGiven() {
        assertThat(Rows.named(List.of())).isEqualTo(Rows.all());
    }

    @Test
    void namedKeepsTheOrder_andEachRowOnce() {
        assertThat(Rows.named(List.of("process-start-cold", "value-increment", "process-start-cold")))
                .extracting(Benchmark::name)
                .containsExactly("process-start-cold", "value-increment");
    }

    @Test
    void namedRefusesAnUnknownName_andListsTheKnown() {
        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(() -> Rows.named(List.of("value-increment", "value-decrement")))
                .withMessageContaining("\"value-decrement\"")
                .withMessageContainingAll(
                        Rows.all().stream().map(Benchmark::name).toArray(String[]::new));
    }

    @Test
    void everyNameIsLowerCase_andThereOnce() {
        assertThat(Rows.all())
                .extracting(Benchmark::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z0-9]+(-[a-z0-9]+)*"));
    }

    @Test
    void everyScriptOfAPeerIsAmongTheResources() {
        assertThat(Rows.all()).allSatisfy(row -> {
            if (row.peer() instanceof Peer.Script script) {
                assertThat(Rows.class.getResource("python/" + script.file())).isNotNull();
            }
        });
    }
}
