package io.multiprocessing.local.process;

import io.multiprocessing.SegmentException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a child must know, in a file of its context's folder that only its user can read. The child removes it.
 *
 * @param name the child's name
 * @param identity its position among the descendants of the first process, as {@code 2:1}
 * @param parentName its parent's name
 * @param parentPid its parent's pid
 * @param jvmOptions those that the child hands on to its own children
 * @param task what it does, encoded
 */
@SuppressWarnings("ArrayRecordComponent") // it is written and read once, and never compared
public record Payload(
        String name,
        String identity,
        boolean isDaemon,
        String parentName,
        long parentPid,
        List<String> jvmOptions,
        byte[] task) {

    private static Path file(Path folder, int owner) {
        return folder.resolve("task-" + Integer.toHexString(owner));
    }

    void write(Path folder, int owner) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeUTF(name);
            out.writeUTF(identity);
            out.writeBoolean(isDaemon);
            out.writeUTF(parentName);
            out.writeLong(parentPid);
            out.writeInt(jvmOptions.size());
            for (String option : jvmOptions) {
                out.writeUTF(option);
            }
            out.writeInt(task.length);
            out.write(task);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        Path file = file(folder, owner);
        try (var channel = Files.newByteChannel(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            var buffer = java.nio.ByteBuffer.wrap(bytes.toByteArray());
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException failed) {
            delete(folder, owner);
            throw new SegmentException("the task can't be written to " + file + ": " + failed.getMessage(), failed);
        }
    }

    /** Reads what the parent wrote, and removes the file. */
    public static Payload take(Path folder, int owner) throws IOException {
        byte[] bytes = Files.readAllBytes(file(folder, owner));
        delete(folder, owner);
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            String name = in.readUTF();
            String identity = in.readUTF();
            boolean daemon = in.readBoolean();
            String parentName = in.readUTF();
            long parentPid = in.readLong();
            List<String> options = new ArrayList<>();
            for (int i = in.readInt(); i > 0; i--) {
                options.add(in.readUTF());
            }
            byte[] task = new byte[in.readInt()];
            in.readFully(task);
            return new Payload(name, identity, daemon, parentName, parentPid, options, task);
        }
    }

    static void delete(Path folder, int owner) {
        try {
            Files.deleteIfExists(file(folder, owner));
        } catch (IOException leftToTheSweep) {
            // It goes with its folder.
        }
    }
}
