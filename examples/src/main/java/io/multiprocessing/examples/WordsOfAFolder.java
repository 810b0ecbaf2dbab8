package io.multiprocessing.examples;

import static java.util.Objects.requireNonNull;

import io.multiprocessing.IntValue;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Pool;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.PoolResults;
import io.multiprocessing.progress.ProgressBars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which words are in the text files of a folder, and how often? A pool counts each file in a process, with a bar of its progress on a
 * terminal. On the way one of its workers dies in the middle of a file; with a retry allowed the counts are right nevertheless.
 *
 * <p>Give it a folder of your own, whose files end in {@code .txt}; without one it writes itself some, of which it knows the counts, and
 * looks whether they are right.
 *
 * <p>The Python idea: {@code with Pool() as pool: sum(pool.imap_unordered(count_words, files), Counter())}. In Python the
 * death of a worker would hang it.
 */
public final class WordsOfAFolder {
    private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}']+");
    private static final List<String> WORDS = List.of("whale", "sea", "ship", "captain", "harpoon", "white", "storm");
    private static final int FILES = 60;
    private static final int WORDS_PER_FILE = 20_000;
    private static final int MOST_SHOWN = 5;

    private WordsOfAFolder() {}

    public static void main(String[] args) throws IOException {
        if (args.length > 0) {
            show(count(textFiles(Path.of(args[0]))));
            return;
        }
        Path folder = Files.createTempDirectory("words");
        try {
            Map<String, Long> expected = write(folder);
            Map<String, Long> counted = count(textFiles(folder));
            show(counted);
            System.out.println("As they were written: " + counted.equals(expected));
        } finally {
            for (Path file : textFiles(folder)) {
                Files.delete(file);
            }
            Files.delete(folder);
        }
    }

    private static Map<String, Long> count(List<Path> files) {
        var options = PoolOptions.defaults().size(2).retries(1).progress(ProgressBars.onTerminal());
        Map<String, Long> counts = new TreeMap<>();
        try (var mp = Multiprocessing.open();
                Pool pool = mp.pool(options)) {
            IntValue begun = mp.intValue(0);
            int fatal = files.size() / 2;
            try (PoolResults<Map<String, Long>> results = pool.imapUnordered(
                    file -> {
                        if (begun.add(1) == fatal) {
                            Runtime.getRuntime().halt(1); // here and now, as if it were killed
                        }
                        return wordsOf(Path.of(file));
                    },
                    files.stream().map(Path::toString).toList())) {
                while (results.hasNext()) {
                    requireNonNull(results.next()).forEach((word, count) -> counts.merge(word, count, Long::sum));
                }
            }
            System.out.println("Files: " + files.size() + ", workers that died: "
                    + pool.insights().restarts());
        }
        return counts;
    }

    private static Map<String, Long> wordsOf(Path file) throws IOException {
        Map<String, Long> counts = new HashMap<>();
        try (Stream<String> lines = Files.lines(file)) {
            lines.flatMap(NO_LETTERS::splitAsStream)
                    .filter(word -> !word.isEmpty())
                    .forEach(word -> counts.merge(word.toLowerCase(Locale.ROOT), 1L, Long::sum));
        }
        return counts;
    }

    private static void show(Map<String, Long> counts) {
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_SHOWN)
                .forEach(word -> System.out.println(word.getKey() + ": " + word.getValue()));
    }

    private static List<Path> textFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        }
    }

    /** Writes texts of which it says what is in them: word n of the list is n times as likely as the first. */
    private static Map<String, Long> write(Path folder) throws IOException {
        Map<String, Long> written = new TreeMap<>();
        Random dice = new Random(24);
        int[] weighted = IntStream.range(0, WORDS.size())
                .flatMap(n -> IntStream.generate(() -> n).limit(n + 1))
                .toArray();
        for (int file = 0; file < FILES; file++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < WORDS_PER_FILE; i++) {
                String word = WORDS.get(weighted[dice.nextInt(weighted.length)]);
                written.merge(word, 1L, Long::sum);
                text.append(word).append(i % 12 == 11 ? ".\n" : " ");
            }
            Files.writeString(folder.resolve("chapter-" + file + ".txt"), text);
        }
        return written;
    }
}
