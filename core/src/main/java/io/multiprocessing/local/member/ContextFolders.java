package io.multiprocessing.local.member;

import io.multiprocessing.SegmentException;
import io.multiprocessing.local.os.Os;
import io.multiprocessing.local.segment.CrashPoint;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The folders of all contexts of this user, one for each context. A folder holds everything of its context, so to
 * remove a context is to remove a folder.
 *
 * <p>A new folder is made under a temporary name that says who makes it, and gets its name when its maker is its first
 * member. It is removed by the last to leave, or by whoever finds that all its members are dead.
 *
 * <p>Kill points: folder-K1 the temporary folder exists, folder-K2 it is complete: it is swept when its maker is dead.
 * folder-K3 the context is marked as removed, folder-K4 its folder has lost its name: the next sweep removes the rest.
 */
public final class ContextFolders {
    private static final String ROOT_PROPERTY = "multiprocessing.folder";
    private static final String ANONYMOUS_PREFIX = "context-";
    private static final String NAMED_PREFIX = "named-";
    private static final String MAKING_PREFIX = ".making-";
    private static final String REMOVING_PREFIX = ".removing-";
    private static final int RANDOM_BYTES = 10;
    private static final int RENAMES = 10;

    private final Path root;

    private ContextFolders(Path root) {
        this.root = root;
    }

    /**
     * Those of the user that runs this process, in shared memory or where the system property
     * {@code multiprocessing.folder} says.
     */
    public static ContextFolders ofUser() {
        Os os = Os.current();
        String configured = System.getProperty(ROOT_PROPERTY);
        Path root = configured != null
                ? Path.of(configured).toAbsolutePath()
                : os.sharedMemory().resolve("io.multiprocessing-" + os.userId());
        return in(root);
    }

    /** The option by which another JVM keeps its contexts where this one does; null where all do by themselves. */
    public static @Nullable String option() {
        String configured = System.getProperty(ROOT_PROPERTY);
        return configured == null
                ? null
                : "-D" + ROOT_PROPERTY + "=" + Path.of(configured).toAbsolutePath();
    }

    /** Those in a folder, which is made if it is missing. */
    public static ContextFolders in(Path root) {
        return new ContextFolders(Folders.createOrTrust(root, Os.current().userId()));
    }

    /** Those inside the folder of a context, with which they go. */
    public static ContextFolders inside(Path context) {
        return new ContextFolders(context);
    }

    /** Makes a context without a name, and joins it. */
    public Registry create(String processName) {
        String random = random();
        Registry made = make("", ANONYMOUS_PREFIX + random, random, processName);
        if (made == null) {
            throw new SegmentException("a context of the random name " + random + " exists already");
        }
        return made;
    }

    /** Joins the context of a name; makes it if there is none with a living member. */
    public Registry createOrJoin(String name, String processName) {
        while (true) {
            Registry joined = join(name, processName);
            if (joined != null) {
                return joined;
            }
            Registry made = make(name, NAMED_PREFIX + name, random(), processName);
            if (made != null) {
                return made;
            }
        }
    }

    /**
     * Joins the context of a name.
     *
     * @throws NoSuchElementException if there is none with a living member
     */
    public Registry joinExisting(String name, String processName) {
        Registry joined = join(name, processName);
        if (joined == null) {
            throw new NoSuchElementException("no living process has a context named \"" + name + "\" open");
        }
        return joined;
    }

    /**
     * Joins the context in a folder, which a handle names.
     *
     * @throws SegmentException if it is gone
     */
    public Registry joinFolder(Path folder, String processName) {
        Registry joined = folder.startsWith(root) ? joinAt(folder, processName) : null;
        if (joined == null) {
            throw new SegmentException("the context of a shared object is gone: " + folder);
        }
        return joined;
    }

    /** The registries of all contexts with a living member, opened and not joined. */
    public List<Registry> living() {
        List<Registry> living = new ArrayList<>();
        for (Path folder : contexts()) {
            try {
                Registry registry = Registry.open(folder);
                if (!registry.living().isEmpty()) {
                    living.add(registry);
                } else {
                    registry.closeFiles();
                }
            } catch (SegmentException goneOrForeign) {
                logger().log(Level.DEBUG, "not a living context: " + folder, goneOrForeign);
            }
        }
        return living;
    }

    /**
     * Removes what dead contexts have left behind. Only what is proven dead: nobody holds a lock in it, or its maker is
     * no more.
     *
     * @return what was removed
     */
    public List<Removed> sweep() {
        List<Removed> removed = new ArrayList<>();
        for (Path folder : Folders.list(root)) {
            try {
                Path remains = remains(folder);
                if (remains != null) {
                    removed.add(new Removed(folder, Folders.bytes(remains)));
                    Folders.remove(remains);
                }
            } catch (IllegalStateException goneOrForeign) {
                // Often its last member has just removed it.
                if (Files.exists(folder)) {
                    logger().log(Level.WARNING, "left alone: " + folder + ", " + goneOrForeign.getMessage());
                }
            }
        }
        return removed;
    }

    /** A folder that was removed, and how much memory its files took. */
    public record Removed(Path folder, long bytes) {}

    /** Leaves a context, and removes it if nobody else has it open. */
    public void leave(Registry registry) {
        registry.leave();
        try {
            Path remains = retire(registry);
            if (remains != null) {
                Folders.remove(remains);
            }
        } finally {
            registry.closeFiles();
        }
    }

    /** Leaves a context at the end of this process, and removes it if nobody else has it open. */
    public void end(Registry registry) {
        registry.end();
        Path remains = retire(registry);
        if (remains != null) {
            Folders.remove(remains);
        }
    }

    private @Nullable Registry join(String name, String processName) {
        return joinAt(root.resolve(NAMED_PREFIX + name), processName);
    }

    /** Null if there is no living context. */
    private @Nullable Registry joinAt(Path folder, String processName) {
        Object identity = Folders.identity(folder);
        if (identity == null) {
            return null;
        }
        try {
            return joinIfLiving(folder, processName);
        } catch (SegmentException failed) {
            if (identity.equals(Folders.identity(folder))) {
                throw failed;
            }
            return null; // its last member has just removed it
        }
    }

    private @Nullable Registry joinIfLiving(Path folder, String processName) {
        Registry registry = Registry.open(folder);
        registry.enterGate();
        boolean joined = false;
        try {
            if (registry.isLive() && registry.hasOthers()) {
                registry.join(processName, false);
                joined = true;
                return registry;
            }
        } finally {
            registry.leaveGate();
            if (!joined) {
                registry.closeFiles();
            }
        }
        Path remains = retireIfDead(folder);
        if (remains != null) {
            Folders.remove(remains);
        }
        return null;
    }

    /** Null if a context of that folder name exists already. */
    private @Nullable Registry make(String contextName, String folderName, String random, String processName) {
        long pid = ProcessHandle.current().pid();
        Path making = root.resolve(MAKING_PREFIX + pid + "-" + Os.current().startTime(pid) + "-" + random);
        Path folder = root.resolve(folderName);
        Registry registry = null;
        boolean made = false;
        try {
            Folders.create(making);
            CrashPoint.reached("folder-K1");
            registry = Registry.create(making, folder, contextName);
            registry.join(processName, false);
            CrashPoint.reached("folder-K2");
            made = rename(making, folder);
            return made ? registry : null;
        } catch (IOException failed) {
            throw new SegmentException("the folder " + making + " for shared memory can't be made", failed);
        } finally {
            if (!made) {
                if (registry != null) {
                    registry.closeFiles();
                }
                Folders.remove(making);
            }
        }
    }

    /** Gives a folder its name; false if there is one of that name. */
    private static boolean rename(Path making, Path folder) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                Files.move(making, folder, StandardCopyOption.ATOMIC_MOVE);
                return true;
            } catch (FileSystemException failed) {
                // There is no exception that says for certain that a folder is in the way; and it may go meanwhile.
                if (Files.exists(folder)) {
                    return false;
                }
                if (tries == RENAMES) {
                    throw failed;
                }
            }
        }
    }

    /** What a folder is to be removed as; null if it is not to be removed. */
    private @Nullable Path remains(Path folder) {
        String name = folder.getFileName().toString();
        if (isContext(name)) {
            return retireIfDead(folder);
        }
        return (name.startsWith(MAKING_PREFIX) && isMakerDead(name)) || name.startsWith(REMOVING_PREFIX)
                ? folder
                : null;
    }

    /** Opens a context from outside and takes its name from it if it is dead; gives what is left then. */
    private @Nullable Path retireIfDead(Path folder) {
        Registry registry = Registry.open(folder);
        if (registry.mentions(ProcessHandle.current().pid())) {
            // Perhaps it is ours, joined by another copy of this library: to open and close its locks could lose them.
            return null;
        }
        try {
            return retire(registry);
        } finally {
            registry.closeFiles();
        }
    }

    /**
     * Takes its name from a context that nobody else has open; gives what is left then, otherwise null. Who finds the gate
     * taken leaves it to the one in it, who therefore looks once more when it has come out: the last member may have left
     * meanwhile.
     */
    private @Nullable Path retire(Registry registry) {
        do {
            if (!registry.tryGate()) {
                return null;
            }
            try {
                if (!registry.hasOthers()) {
                    return retireInGate(registry);
                }
            } finally {
                registry.leaveGate();
            }
        } while (!registry.hasOthers());
        return null;
    }

    private static @Nullable Path retireInGate(Registry registry) {
        if (!registry.isInPlace()) {
            return null; // somebody else has removed it, and a new one may have its name
        }
        registry.setRemoved(true);
        CrashPoint.reached("folder-K3");
        if (registry.hasOthers()) {
            // A child came in between; it may have seen the mark, and then it gives up.
            registry.setRemoved(false);
            return null;
        }
        return unname(registry.folder());
    }

    /** The new name is nobody else's: somebody may have died when he was about to remove another one of that name. */
    private static @Nullable Path unname(Path folder) {
        Path remains = folder.resolveSibling(REMOVING_PREFIX + folder.getFileName() + "-" + random());
        try {
            Files.move(folder, remains, StandardCopyOption.ATOMIC_MOVE);
            CrashPoint.reached("folder-K4");
            return remains;
        } catch (IOException gone) {
            return null;
        }
    }

    private List<Path> contexts() {
        return Folders.list(root).stream()
                .filter(folder -> isContext(folder.getFileName().toString()))
                .toList();
    }

    private static boolean isContext(String name) {
        return name.startsWith(ANONYMOUS_PREFIX) || name.startsWith(NAMED_PREFIX);
    }

    private static boolean isMakerDead(String name) {
        String[] parts = name.substring(MAKING_PREFIX.length()).split("-");
        try {
            return parts.length < 2 || Os.current().startTime(Long.parseLong(parts[0])) != Long.parseLong(parts[1]);
        } catch (NumberFormatException foreign) {
            return false;
        }
    }

    private static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return java.util.HexFormat.of().formatHex(bytes);
    }

    /** Not a constant: a child that logs nothing should not pay for one. */
    private static Logger logger() {
        return System.getLogger("io.multiprocessing");
    }
}
