package io.multiprocessing.cli.chaos;

import io.multiprocessing.FileLock;
import io.multiprocessing.LongArray;
import io.multiprocessing.SharedFile;
import io.multiprocessing.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Shared files. One is a log: every line in it is whole, and the last one is that of who has just appended under its lock. One
 * is a table of numbers that is read, changed and replaced: nobody's change gets lost.
 */
final class FileStorm extends Storm {
    private static final int OPERATIONS = 5;
    private static final int LONGEST_LINE = 12_000;
    private static final int LONGEST_LOG = 200_000;

    private final SharedFile log;
    private final SharedFile table;
    private long counted;

    FileStorm(Ground ground) {
        super(ground);
        Path folder = ground.folder();
        log = ground.mp().sharedFile(folder.resolve("storm-log"));
        table = ground.mp().sharedFile(folder.resolve("storm-table"));
    }

    @Override
    public String name() {
        return "file";
    }

    @Override
    protected Task victim(LongArray roll, long serial) {
        return () -> Worker.victim(new FileStorm(Ground.of(roll)), serial);
    }

    @Override
    protected List<String> crashPoints() {
        return List.of("file-append-K1", "file-append-K2", "file-replace-K1", "file-replace-K2", "file-replace-K3");
    }

    @Override
    protected Duration longestLife() {
        return Duration.ofMillis(50);
    }

    @Override
    protected Duration patience() {
        return Duration.ofSeconds(10);
    }

    @Override
    protected void round(Worker me) throws Exception {
        for (int i = 0; i < OPERATIONS; i++) {
            switch (me.pick(4)) {
                case 0 -> appendAndLook(me);
                case 1 -> count(me);
                case 2 -> look(me);
                default -> log.append(line(me));
            }
            me.did();
        }
    }

    private void appendAndLook(Worker me) throws IOException, InterruptedException {
        FileLock lock = log.lock();
        try (var _ = lock.hold()) {
            String line = line(me);
            log.append(line);
            List<String> lines = log.lines();
            if (!lines.getLast().equals(line)) {
                me.violation("appended a line and found another one last");
            }
            if (log.read().length > LONGEST_LOG) {
                log.replace(new byte[0]);
            }
        }
    }

    private void look(Worker me) throws IOException, InterruptedException {
        String text = log.readText();
        if (!text.isEmpty() && !text.endsWith("\n")) {
            me.violation("found half a line at the end of a log");
        }
        for (String line : text.lines().toList()) {
            if (!isWhole(line)) {
                me.violation("found a line that is not whole: " + line.substring(0, Math.min(40, line.length())));
            }
        }
    }

    /** A number for each thread that is not killed, and one for all others. */
    private void count(Worker me) throws IOException, InterruptedException {
        String key = me.isSteady() ? "thread-" + me.serial() + "-" + me.place() : "victims";
        table.updateText(text -> {
            List<String> rows = new ArrayList<>(text.lines().toList());
            long found = 0;
            for (String row : rows) {
                if (row.startsWith(key + "=")) {
                    found = Long.parseLong(row.substring(key.length() + 1));
                }
            }
            if (me.isSteady() && found != counted) {
                me.violation("counted to " + counted + ", and finds " + found);
            }
            rows.remove(key + "=" + found);
            rows.add(key + "=" + (found + 1));
            counted = found + 1;
            return String.join("\n", rows) + "\n";
        });
    }

    private static String line(Worker me) {
        String word = Long.toString(me.serial()) + ".";
        String text = word.repeat(1 + me.pick(LONGEST_LINE / word.length()));
        return text + "#" + text.hashCode();
    }

    private static boolean isWhole(String line) {
        int mark = line.lastIndexOf('#');
        return mark > 0
                && line.substring(mark + 1)
                        .equals(Integer.toString(line.substring(0, mark).hashCode()));
    }

    @Override
    protected void settle(Findings findings) throws InterruptedException {
        try {
            if (!log.lock().tryAcquire()) {
                findings.leak("a file is locked and nobody lives: " + log);
                return;
            }
            log.lock().release();
            log.append("1.#" + Objects.hashCode("1."));
            if (!log.lines().stream().allMatch(FileStorm::isWhole)) {
                findings.violation("a line of a log is not whole");
            }
            table.readText().lines().forEach(row -> Long.parseLong(row.substring(row.indexOf('=') + 1)));
        } catch (IOException | NumberFormatException broken) {
            findings.violation("a shared file is not in order: " + broken);
        }
    }
}
