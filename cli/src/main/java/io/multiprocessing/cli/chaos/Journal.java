package io.multiprocessing.cli.chaos;

import io.multiprocessing.ByteArray;
import io.multiprocessing.Context;
import io.multiprocessing.LongArray;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the processes of a storm have to tell of broken rules. It uses no lock: who writes takes a page of its own, and
 * says last how long the text is.
 */
final class Journal {
    private static final int PAGES = 100;
    private static final int PAGE_BYTES = 2000;

    private final LongArray lengths;
    private final ByteArray texts;

    Journal(Context mp) {
        lengths = mp.named("chaos.journal.lengths").raw().longArray(PAGES + 1);
        texts = mp.named("chaos.journal.texts").raw().byteArray(PAGES * PAGE_BYTES);
    }

    void write(String text) {
        long page = lengths.getAndAdd(PAGES, 1);
        if (page < PAGES) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            int length = Math.min(bytes.length, PAGE_BYTES);
            texts.copyFrom(bytes, 0, (int) page * PAGE_BYTES, length);
            lengths.set((int) page, length);
        }
    }

    /** The first of the texts; some may be missing because their writers were killed. */
    List<String> read() {
        List<String> all = new ArrayList<>();
        for (int page = 0; page < Math.min(lengths.get(PAGES), PAGES); page++) {
            byte[] bytes = texts.toArray(page * PAGE_BYTES, page * PAGE_BYTES + (int) lengths.get(page));
            all.add(new String(Arrays.copyOf(bytes, bytes.length), StandardCharsets.UTF_8));
        }
        return all;
    }
}
