package io.multiprocessing.local.file;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;

/** The new content of a file, beside it and not yet under its name. The file's lock is held exclusively. */
final class Replacement {
    private final Path path;
    private final Path beside;

    Replacement(Path path) {
        this.path = path;
        this.beside = path.resolveSibling("." + path.getFileName() + ".new");
    }

    /** Writes the content and has it on the disk, with the permissions of the old one. */
    void write(byte[] content) throws IOException {
        remove();
        Files.createFile(beside); // which must be ours: nobody's link
        takePermissions();
        try (var out = new FileOutputStream(beside.toFile())) {
            out.write(content);
            out.getFD().sync();
        }
    }

    /** Opens it, locked. */
    OpenFile lock() throws IOException {
        OpenFile file = OpenFile.open(beside, false);
        if (!file.tryLock(false)) {
            file.close();
            throw new FileSystemException(beside.toString(), null, "somebody else has locked it");
        }
        return file;
    }

    /** Gives it the name. */
    void take() throws IOException {
        Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Has the name on the disk. */
    void forceFolder() throws IOException {
        try (FileChannel folder = FileChannel.open(path.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    void remove() throws IOException {
        Files.deleteIfExists(beside);
    }

    private void takePermissions() throws IOException {
        var old = Files.readAttributes(path, PosixFileAttributes.class);
        var view = Files.getFileAttributeView(beside, PosixFileAttributeView.class);
        PosixFileAttributes attributes = view.readAttributes();
        if (!attributes.group().equals(old.group())) {
            view.setGroup(old.group());
        }
        if (!attributes.owner().equals(old.owner())) {
            view.setOwner(old.owner());
        }
        view.setPermissions(old.permissions());
    }
}
