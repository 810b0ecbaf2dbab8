package io.multiprocessing.local.process;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.local.ChildMain;
import java.util.List;
import org.junit.jupiter.api.Test;

class AotOptionsTest {
    @Test
    void aModeThatDoesNotExist_isToldWithThoseThatDo() {
        System.setProperty("multiprocessing.aot", "on");
        try {
            assertThatThrownBy(() -> AotOptions.of(ChildMain.class, List.of(), List.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "the system property multiprocessing.aot may be one of background, now, program, off, but it is: on");
        } finally {
            System.clearProperty("multiprocessing.aot");
        }
    }
}
