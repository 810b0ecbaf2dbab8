package io.multiprocessing.local;

import io.multiprocessing.SegmentException;
import io.multiprocessing.codec.Handle;
import io.multiprocessing.local.segment.CrashPoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names of a context's objects: for each a small file in its folder that says where the object lies. The file is
 * written under another name and linked to its own, so it is there wholly or not at all, and the first one wins.
 *
 * <p>Kill points: name-K1 the file is written and not linked: the name is free, the object is unused, the file goes
 * with the folder.
 */
final class ObjectNames {
    private static final String PREFIX = "name-";
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");

    private final Path folder;

    ObjectNames(Path folder) {
        this.folder = folder;
    }

    static String check(String name) {
        if (!FORM.matcher(name).matches()) {
            throw new IllegalArgumentException("not a name: \"" + name
                    + "\"; it must be 1 to 100 letters, digits, '.', '_' or '-', and not begin with '.'");
        }
        return name;
    }

    Optional<Handle> find(String name) {
        try {
            String[] parts = Files.readString(file(name)).strip().split(" ");
            return Optional.of(new Handle(
                    folder.toString(), Integer.parseInt(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2])));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException damaged) {
            throw new SegmentException("the file of the name \"" + name + "\" in " + folder + " is damaged", damaged);
        }
    }

    /** Gives an object its name; false if the name is taken. */
    boolean publish(String name, Handle handle) {
        Path written = folder.resolve(".name-" + UUID.randomUUID());
        try {
            Files.createFile(
                    written, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(
                    written,
                    (handle.kind() + " " + handle.segment() + " " + handle.offset())
                            .getBytes(StandardCharsets.US_ASCII));
            CrashPoint.reached("name-K1");
            Files.createLink(file(name), written);
            return true;
        } catch (FileAlreadyExistsException taken) {
            return false;
        } catch (IOException failed) {
            throw new SegmentException("the name \"" + name + "\" can't be given in " + folder, failed);
        } finally {
            written.toFile().delete();
        }
    }

    List<String> all() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.startsWith(PREFIX))
                    .map(file -> file.substring(PREFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException gone) {
            throw new SegmentException("the folder of the context is gone: " + folder, gone);
        }
    }

    private Path file(String name) {
        return folder.resolve(PREFIX + name);
    }
}
