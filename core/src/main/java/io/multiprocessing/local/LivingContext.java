package io.multiprocessing.local;

import io.multiprocessing.SegmentException;
import io.multiprocessing.local.member.ContextFolders;
import io.multiprocessing.local.member.Member;
import io.multiprocessing.local.member.Registry;
import io.multiprocessing.local.object.ObjectCensus;
import io.multiprocessing.local.segment.BlockFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A context that some process has open, as somebody sees it who does not take part.
 *
 * @param id what tells it from others: the name of its folder
 * @param bytes how much memory its files take
 * @param members the processes that have it open
 * @param objects the objects that were made in it, counted by kind
 * @param blocks the bytes of its blocks of shared memory, by their flat names
 * @param named the kinds of the named ones, by name
 */
public record LivingContext(
        String id,
        Optional<String> name,
        Instant created,
        long bytes,
        List<Member> members,
        List<ObjectCensus.Count> objects,
        Map<String, Long> blocks,
        Map<String, String> named) {

    /** All those of this user. One that goes meanwhile is left out. */
    public static List<LivingContext> all() {
        List<LivingContext> all = new ArrayList<>();
        for (Registry registry : ContextFolders.ofUser().living()) {
            try {
                all.add(of(registry));
            } catch (SegmentException gone) {
                // Its last process has left.
            } finally {
                registry.closeFiles();
            }
        }
        return all;
    }

    private static LivingContext of(Registry registry) {
        Path folder = registry.folder();
        String name = registry.contextName();
        return new LivingContext(
                folder.getFileName().toString(),
                name.isEmpty() ? Optional.empty() : Optional.of(name),
                registry.created(),
                registry.bytes(),
                registry.living(),
                ObjectCensus.of(folder),
                BlockFile.in(folder),
                named(folder));
    }

    private static Map<String, String> named(Path folder) {
        var names = new ObjectNames(folder);
        Map<String, String> kinds = new TreeMap<>();
        for (String name : names.all()) {
            names.find(name).ifPresent(handle -> kinds.put(name, ObjectCensus.kindName(handle.kind())));
        }
        return kinds;
    }
}
