package io.multiprocessing.local.object;

import io.multiprocessing.SegmentException;
import io.multiprocessing.local.segment.StoredCells;
import io.multiprocessing.local.segment.StoredCells.StoredCell;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts the objects in a context's folder, for people. */
public final class ObjectCensus {
    private ObjectCensus() {}

    /**
     * The objects of one kind.
     *
     * @param kind as {@link #kindName} says it
     * @param bytes how many bytes their data have in all
     */
    public record Count(String kind, int objects, long bytes) {}

    /** The objects of each kind that is there, in the order of the kinds' numbers. */
    public static List<Count> of(Path folder) {
        Map<Integer, Count> counts = new TreeMap<>();
        for (StoredCell cell : StoredCells.in(folder)) {
            counts.merge(
                    cell.kind(),
                    new Count(kindName(cell.kind()), 1, cell.bytes()),
                    (one, other) ->
                            new Count(one.kind(), one.objects() + other.objects(), one.bytes() + other.bytes()));
        }
        return List.copyOf(counts.values());
    }

    /** The name of a kind as a user of the API knows it; one we don't know is told by its number. */
    public static String kindName(int number) {
        try {
            return ObjectKind.of(number).apiName();
        } catch (SegmentException ofALaterVersion) {
            return "kind " + number;
        }
    }
}
