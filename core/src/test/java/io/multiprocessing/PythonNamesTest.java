package io.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds docs/python.md to the code: every name of Python's has its row, and every name of ours in it exists. */
class PythonNamesTest {
    private static final Path TABLE = Path.of("..", "docs", "python.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern MEMBER = Pattern.compile("([A-Z]\\w*)(?:\\.(\\w+))?");

    /** Types that are named in the table and belong to the JDK or to a neighbour of this module. */
    private static final Set<String> ELSEWHERE = Set.of(
            "BrokenBarrierException", "CancellationException", "CompletableFuture", "EOFException", "TimeoutException");

    @Test
    void everyPythonNameHasItsRow() throws Exception {
        Set<String> rows = rows().stream()
                .flatMap(row -> codes(row.getFirst()).stream())
                .map(name -> name.replaceAll("\\(.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(pythonNames())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(rows).contains(name));
    }

    @Test
    void everyNameOfOursExists() throws Exception {
        List<String> missing = new ArrayList<>();
        for (List<String> row : rows()) {
            for (String code : codes(row.get(1))) {
                var member = MEMBER.matcher(code);
                if (member.matches()
                        && !ELSEWHERE.contains(member.group(1))
                        && !exists(member.group(1), member.group(2))) {
                    missing.add(code);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyRowSaysWhatThereIsOrWhyThereIsNothing() throws Exception {
        assertThat(rows())
                .hasSizeGreaterThan(50)
                .allSatisfy(row ->
                        assertThat(row.get(1) + row.get(2)).as(row.toString()).isNotBlank());
    }

    private static boolean exists(String type, String member) {
        try {
            Class<?> found = Class.forName("io.multiprocessing." + (type.equals("Codec") ? "spi." : "") + type);
            return member == null
                    || Arrays.stream(found.getMethods()).map(Method::getName).anyMatch(member::equals);
        } catch (ClassNotFoundException none) {
            return false;
        }
    }

    private static List<List<String>> rows() throws IOException {
        return Files.readAllLines(TABLE).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| Python "))
                .map(line -> Arrays.stream(line.substring(1).split("\\|", -1))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    private static List<String> codes(String cell) {
        return CODE.matcher(cell)
                .results()
                .map((MatchResult code) -> code.group(1))
                .toList();
    }

    private static List<String> pythonNames() throws IOException {
        try (var names = Objects.requireNonNull(PythonNamesTest.class.getResourceAsStream("python-names.txt"))) {
            return new String(names.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(name -> !name.isBlank())
                    .toList();
        }
    }
}
