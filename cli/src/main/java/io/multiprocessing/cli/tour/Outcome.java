package io.multiprocessing.cli.tour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What became of a program that was run.
 *
 * @param output the lines of standard output
 * @param errors the lines of standard error
 * @param exitCode empty if it had to be killed because its time was over
 */
public record Outcome(List<String> output, List<String> errors, OptionalInt exitCode, Duration took) {
    /** All that is not as it should be; empty if the program ran as described. */
    public List<String> faults(Expectation expected) {
        List<String> faults = new ArrayList<>();
        if (exitCode.isEmpty()) {
            faults.add("it, or a process that it started, did not end in time");
        } else if (exitCode.getAsInt() != 0) {
            faults.add("its exit code was " + exitCode.getAsInt());
        }
        if (!errors.isEmpty()) {
            faults.add("it wrote to standard error");
        }
        expected.faultIn(output).ifPresent(faults::add);
        return faults;
    }
}
