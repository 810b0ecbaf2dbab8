package io.multiprocessing.cli.tour;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a program must print: exact lines, patterns, and rules about all lines together. */
@FunctionalInterface
public interface Expectation {
    /** What is wrong with the lines that were printed; empty if nothing is. */
    Optional<String> faultIn(List<String> printed);

    /** Exactly the lines of a text. */
    static Expectation lines(String text) {
        return lineByLine(text.lines().toList(), String::equals);
    }

    /** As many lines as the text has, each matching, as a whole, the regular expression in its place. */
    static Expectation matching(String patterns) {
        return lineByLine(patterns.lines().toList(), (pattern, line) -> line.matches(pattern));
    }

    /** The lines of a text, each as often as there, in whatever order. */
    static Expectation inAnyOrder(String text) {
        return printed -> {
            List<String> missing = without(text.lines().toList(), printed);
            if (!missing.isEmpty()) {
                return Optional.of("never printed, or not so often: \"" + missing.getFirst() + "\"");
            }
            return without(printed, text.lines().toList()).stream()
                    .findFirst()
                    .map(line -> "not expected, or not so often: \"" + line + "\"");
        };
    }

    /** These lines one after another, with any number of others before, between and after them. */
    static Expectation oneAfterAnother(String... lines) {
        return printed -> {
            int from = 0;
            for (String line : lines) {
                int found = printed.subList(from, printed.size()).indexOf(line);
                if (found < 0) {
                    return Optional.of(
                            from == 0
                                    ? "never printed: \"" + line + "\""
                                    : "\"" + line + "\" is not printed after \"" + printed.get(from - 1) + "\"");
                }
                from += found + 1;
            }
            return Optional.empty();
        };
    }

    /** The first group of a pattern is a different text in each line that the pattern matches as a whole. */
    static Expectation different(String pattern) {
        return printed -> {
            Set<String> seen = new HashSet<>();
            for (String line : printed) {
                Matcher matcher = Pattern.compile(pattern).matcher(line);
                if (matcher.matches() && !seen.add(Objects.requireNonNull(matcher.group(1)))) {
                    return Optional.of("twice: \"" + matcher.group(1) + "\"");
                }
            }
            return Optional.empty();
        };
    }

    /** This, and then another one too. */
    default Expectation and(Expectation other) {
        return printed -> faultIn(printed).or(() -> other.faultIn(printed));
    }

    private static Expectation lineByLine(List<String> expected, BiPredicate<String, String> fits) {
        return printed -> {
            for (int i = 0; i < Math.max(expected.size(), printed.size()); i++) {
                String what = i < expected.size() ? "\"" + expected.get(i) + "\"" : "no more lines";
                String found = i < printed.size() ? "\"" + printed.get(i) + "\"" : "nothing";
                if (i >= expected.size() || i >= printed.size() || !fits.test(expected.get(i), printed.get(i))) {
                    return Optional.of("line " + (i + 1) + ": expected " + what + ", printed " + found);
                }
            }
            return Optional.empty();
        };
    }

    private static List<String> without(Collection<String> lines, Collection<String> taken) {
        List<String> rest = new ArrayList<>(lines);
        taken.forEach(rest::remove);
        return rest;
    }
}
