package io.multiprocessing.testkit.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the crash tests to the code: wherever an algorithm says that a process may die, one is killed in a test. */
class CrashPointsTest {
    private static final Pattern LABEL = Pattern.compile("\\b([a-z]+(?:-[a-z]+)*)-K(\\d+)\\b");
    private static final Pattern MARK = Pattern.compile("CrashPoint\\.reached\\(\"([^\"]+)\"\\)");
    private static final Pattern COMMENT = Pattern.compile("^ *(?:/?\\*|//)");
    private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"");

    @Test
    void everyPointInTheCodeIsReachedByACrashTest() throws Exception {
        assertThat(labels(textsOf("src/test/java", "../sqlite/src/test/java"))).containsAll(marks());
    }

    @Test
    void everyPointThatIsArmedIsInTheCode() throws Exception {
        assertThat(marks())
                .containsAll(labels(textsOf("src/test/java", "../sqlite/src/test/java", "../cli/src/main/java")));
    }

    @Test
    void everyPointIsExplained_byTheAlgorithmThatHasIt() throws Exception {
        assertThat(labels(lines("../core/src/main/java", "../sqlite/src/main/java")
                        .filter(line -> COMMENT.matcher(line).find())))
                .isEqualTo(marks());
    }

    @Test
    void pointsAreNumberedWithoutAGap() throws Exception {
        Map<String, Set<Integer>> numbers = new TreeMap<>();
        for (String label : marks()) {
            Matcher parts = LABEL.matcher(label);
            assertThat(parts.matches()).as(label + " is a label").isTrue();
            numbers.computeIfAbsent(parts.group(1), _ -> new TreeSet<>()).add(Integer.valueOf(parts.group(2)));
        }
        assertThat(numbers)
                .isNotEmpty()
                .allSatisfy((algorithm, of) -> assertThat(of)
                        .as(algorithm)
                        .first()
                        .isEqualTo(1)
                        .satisfies(_ -> assertThat(of).last().isEqualTo(of.size())));
    }

    private static Set<String> marks() throws IOException {
        Set<String> marks = new TreeSet<>();
        lines("../core/src/main/java", "../sqlite/src/main/java").forEach(line -> {
            Matcher mark = MARK.matcher(line);
            while (mark.find()) {
                marks.add(mark.group(1));
            }
        });
        return marks;
    }

    private static Set<String> labels(Stream<String> texts) {
        Set<String> labels = new TreeSet<>();
        texts.forEach(text -> {
            Matcher label = LABEL.matcher(text);
            while (label.find()) {
                labels.add(label.group());
            }
        });
        return labels;
    }

    /** What stands in quotation marks. */
    private static Stream<String> textsOf(String... folders) throws IOException {
        return lines(folders).flatMap(line -> TEXT.matcher(line).results().map(text -> text.group()));
    }

    private static Stream<String> lines(String... folders) throws IOException {
        Stream.Builder<Path> sources = Stream.builder();
        for (String folder : folders) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources);
            }
        }
        return sources.build().flatMap(CrashPointsTest::lines);
    }

    private static Stream<String> lines(Path source) {
        try {
            return Files.readAllLines(source).stream();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
