package io.multiprocessing.examples;

import io.multiprocessing.Context;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.ShareableList;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Memory that any program finds by its name: a block of a thousand numbers, and a list that says where they are. A Python
 * program, which has nothing of this library and is told nothing but the name of the list, adds them up in place, and sets
 * the sum in the list. Where there is no Python that can, a child does the same.
 *
 * <p>The Python idea: {@code shared_memory.SharedMemory} and {@code ShareableList}.
 */
public final class SharedWithPython {
    private static final int NUMBERS = 1000;

    /** At the end Python's resource tracker would take the names away, if it were not told to forget them. */
    private static final String PYTHON = """
        import sys
        from multiprocessing.resource_tracker import unregister
        if sys.version_info < (3, 9):
            sys.exit("its lists have another form")
        from multiprocessing.shared_memory import ShareableList, SharedMemory
        facts = ShareableList(name=sys.argv[1])
        numbers = SharedMemory(facts[0])
        with numbers.buf.cast("q") as view:
            facts[1] = sum(view[:1000])
        for block in facts.shm, numbers:
            unregister(block._name, "shared_memory")
        """;

    private SharedWithPython() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        try (var mp = Multiprocessing.open()) {
            var numbers = mp.sharedMemory(NUMBERS * Long.BYTES);
            for (int i = 0; i < NUMBERS; i++) {
                numbers.segment().setAtIndex(ValueLayout.JAVA_LONG, i, i);
            }
            System.out.println("Block: " + numbers.size() + " bytes");

            var facts = mp.shareableList(Arrays.asList(numbers.name(), null));
            if (runPython(facts.memory().name())) {
                System.out.println("Python adds the numbers up");
            } else {
                System.out.println("A child, as there is no Python 3.9 or newer, adds the numbers up");
                mp.process(() -> addUp(facts)).start().join();
            }
            System.out.println("Sum: " + facts.get(1));
            System.out.println("Sum is a Long: " + (facts.get(1) instanceof Long));
        }
    }

    private static boolean runPython(String nameOfList) throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "-c", PYTHON, nameOfList)
                            .redirectOutput(Redirect.DISCARD)
                            .redirectError(Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }

    private static void addUp(ShareableList facts) {
        Context mp = facts.context();
        try (var numbers = mp.sharedMemory(String.valueOf(facts.get(0)))) {
            long sum = 0;
            for (int i = 0; i < NUMBERS; i++) {
                sum += numbers.segment().getAtIndex(ValueLayout.JAVA_LONG, i);
            }
            facts.set(1, sum);
        }
    }
}
