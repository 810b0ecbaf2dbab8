package io.multiprocessing.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScriptsTest {
    private Scripts scripts;

    @BeforeEach
    void open() throws Exception {
        var python = Python.find();
        Assumptions.assumeTrue(python.isPresent(), "there is no python3 on this machine");
        scripts = new Scripts(python.orElseThrow());
    }

    @AfterEach
    void close() throws Exception {
        if (scripts != null) {
            scripts.close();
        }
    }

    @Test
    void numberIsWhatTheScriptPrints() throws Exception {
        assertThat(round(Duration.ofSeconds(30), "print", "12.5")).hasValue(12.5);
    }

    @Test
    void durationArrivesAsSeconds() throws Exception {
        assertThat(round(Duration.ofSeconds(30), "print", Duration.ofMillis(1250)))
                .hasValue(1.25);
    }

    @Test
    void neverIsNoNumber() throws Exception {
        assertThat(round(Duration.ofSeconds(30), "print", "never")).isEmpty();
    }

    @Test
    void failureSaysWhatTheScriptSaid() {
        assertThatIllegalStateException()
                .isThrownBy(() -> round(Duration.ofSeconds(30), "fail", "the total is wrong"))
                .withMessageContaining("exit code 1")
                .withMessageContaining("the total is wrong");
    }

    @Test
    void whatIsNoNumberFails() {
        assertThatIllegalStateException()
                .isThrownBy(() -> round(Duration.ofSeconds(30), "print", "fast"))
                .withMessageContaining("\"fast\"");
    }

    @Test
    void scriptThatDoesNotEndIsKilled() {
        assertThatIllegalStateException()
                .isThrownBy(() -> round(Duration.ofMillis(500), "sleep", "86400"))
                .withMessageContaining("has not ended within");
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    private OptionalDouble round(Duration limit, Object... arguments) throws Exception {
        var effort = new Effort(1, Duration.ZERO, Duration.ZERO, 100, limit, Duration.ofMinutes(1));
        return scripts.round(new Peer.Script("answers.py", given -> List.of(arguments)), effort);
    }
}
