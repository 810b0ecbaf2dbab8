package io.multiprocessing.cli.tour;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.cli.tour.Program.Ready;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TutorialProgramsTest {
    @Test
    void numbersGoFrom1To27() {
        assertThat(TutorialPrograms.ALL)
                .extracting(Program::number)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 27).boxed().toList());
    }

    @Test
    void eachHasATitleOfItsOwn() {
        assertThat(TutorialPrograms.ALL)
                .extracting(Program::title)
                .allSatisfy(title -> assertThat(title).isNotBlank().hasSizeLessThan(75))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("ready")
    void readyOnesCanBeRun(Ready program) throws NoSuchMethodException {
        Method main = program.main().getMethod("main", String[].class);

        assertThat(Modifier.isStatic(main.getModifiers())).isTrue();
    }

    @ParameterizedTest
    @MethodSource("ready")
    void readyOnesMustPrintSomething(Ready program) {
        assertThat(program.expected().faultIn(List.of())).isPresent();
    }

    private static Stream<Ready> ready() {
        return TutorialPrograms.ALL.stream().filter(Ready.class::isInstance).map(Ready.class::cast);
    }
}
