package io.multiprocessing.cli.tour;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectationTest {
    private static final Expectation AB = Expectation.lines("""
            a
            b
            """);

    @Test
    void lines_acceptsExactlyThem() {
        assertThat(AB.faultIn(List.of("a", "b"))).isEmpty();
    }

    @Test
    void lines_namesTheFirstThatDiffers() {
        assertThat(AB.faultIn(List.of("a", "c"))).contains("line 2: expected \"b\", printed \"c\"");
        assertThat(AB.faultIn(List.of("b", "a"))).contains("line 1: expected \"a\", printed \"b\"");
    }

    @Test
    void lines_namesWhatIsMissingAndWhatIsTooMuch() {
        assertThat(AB.faultIn(List.of("a"))).contains("line 2: expected \"b\", printed nothing");
        assertThat(AB.faultIn(List.of("a", "b", "c"))).contains("line 3: expected no more lines, printed \"c\"");
    }

    @Test
    void matching_comparesWholeLinesWithPatterns() {
        Expectation numbers = Expectation.matching("""
                number \\d+
                done
                """);

        assertThat(numbers.faultIn(List.of("number 17", "done"))).isEmpty();
        assertThat(numbers.faultIn(List.of("number 17 and more", "done"))).isPresent();
        assertThat(numbers.faultIn(List.of("number 17"))).isPresent();
        assertThat(numbers.faultIn(List.of("number 17", "done", "done"))).isPresent();
    }

    @Test
    void inAnyOrder_acceptsAnyOrderAndNothingElse() {
        Expectation aab = Expectation.inAnyOrder("""
                a
                a
                b
                """);

        assertThat(aab.faultIn(List.of("b", "a", "a"))).isEmpty();
        assertThat(aab.faultIn(List.of("b", "a"))).contains("never printed, or not so often: \"a\"");
        assertThat(aab.faultIn(List.of("b", "b", "a", "a"))).contains("not expected, or not so often: \"b\"");
    }

    @Test
    void oneAfterAnother_findsLinesThatComeTooEarly() {
        Expectation order = Expectation.oneAfterAnother("start", "end");

        assertThat(order.faultIn(List.of("x", "start", "y", "end", "z"))).isEmpty();
        assertThat(order.faultIn(List.of("end", "start"))).contains("\"end\" is not printed after \"start\"");
        assertThat(order.faultIn(List.of("end"))).contains("never printed: \"start\"");
    }

    @Test
    void different_findsWhatIsThereTwice() {
        Expectation names = Expectation.different("(\\w+) counts");

        assertThat(names.faultIn(List.of("a counts", "b counts", "done", "done")))
                .isEmpty();
        assertThat(names.faultIn(List.of("a counts", "b counts", "a counts"))).contains("twice: \"a\"");
    }

    @Test
    void and_asksBoth() {
        Expectation both = Expectation.matching("(x|y) counts\n(x|y) counts").and(Expectation.different("(.) counts"));

        assertThat(both.faultIn(List.of("y counts", "x counts"))).isEmpty();
        assertThat(both.faultIn(List.of("x counts", "x counts"))).isPresent();
        assertThat(both.faultIn(List.of("y counts", "z counts"))).isPresent();
    }
}
