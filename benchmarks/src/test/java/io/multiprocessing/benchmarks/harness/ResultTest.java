package io.multiprocessing.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTest {
    @Test
    void ratioOfTimes_isHowManyTimesLessOursTakes() {
        assertThat(time(List.of(20.0), List.of(1000.0)).ratio()).hasValue(50);
        assertThat(time(List.of(1000.0), List.of(20.0)).ratio()).hasValue(0.02);
    }

    @Test
    void ratioOfRates_isHowManyTimesMoreOursDoes() {
        assertThat(rate(List.of(8.0), List.of(2.0)).ratio()).hasValue(4);
    }

    @Test
    void roundsAreComparedByTheirMedians() {
        var result = time(List.of(90.0, 10.0, 11.0), List.of(100.0, 120.0, 1.0, 5000.0));

        assertThat(result.ours()).isEqualTo(11);
        assertThat(result.peer()).hasValue(110);
        assertThat(result.ratio()).hasValue(10);
    }

    @Test
    void worstIsTheLongestTime_andTheLowestRate() {
        assertThat(time(List.of(3.0, 1.0, 2.0), List.of()).oursWorst()).isEqualTo(3);
        assertThat(rate(List.of(3.0, 1.0, 2.0), List.of()).oursWorst()).isEqualTo(1);
    }

    @Test
    void jsonHasExactlySixFields() {
        assertThat(time(List.of(41.25), List.of(1043.1234)).toJson())
                .isEqualTo("{\"name\":\"row\",\"unit\":\"ns/op\",\"ours\":41.25,\"peer\":1043.12,"
                        + "\"peerName\":\"CPython 3.13.0\",\"ratio\":25.2878}");
    }

    @Test
    void jsonHasNoPeerAndNoRatio_whenThePeerNeverEnds() {
        assertThat(time(List.of(5.0), List.of()).toJson())
                .isEqualTo("{\"name\":\"row\",\"unit\":\"ns/op\",\"ours\":5,\"peer\":null,"
                        + "\"peerName\":\"CPython 3.13.0\",\"ratio\":null}");
    }

    @Test
    void jsonHasNoPeerName_whenNobodyWasMeasured() {
        var result = new Result("row", "1/s", true, List.of(12_345_678.0), null, List.of());

        assertThat(result.peerNeverEnds()).isFalse();
        assertThat(result.toJson())
                .isEqualTo("{\"name\":\"row\",\"unit\":\"1/s\",\"ours\":12345700,\"peer\":null,"
                        + "\"peerName\":null,\"ratio\":null}");
    }

    @Test
    void jsonEscapesWhatANameMayHold() {
        var result = new Result("a\"b\\c\n", "ms", false, List.of(1.0), null, List.of());

        assertThat(result.toJson()).startsWith("{\"name\":\"a\\\"b\\\\c\\u000a\",");
    }

    @Test
    void resultWithoutARound_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> time(List.of(), List.of(1.0)));
    }

    private static Result time(List<Double> ours, List<Double> peer) {
        return new Result("row", "ns/op", false, ours, "CPython 3.13.0", peer);
    }

    private static Result rate(List<Double> ours, List<Double> peer) {
        return new Result("row", "1/s", true, ours, "CPython 3.13.0", peer);
    }
}
