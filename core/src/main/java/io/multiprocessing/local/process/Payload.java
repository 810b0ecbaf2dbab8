package io.multiprocessing.local.process;

import io.multiprocessing.SegmentException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * What a child must know, in a file of its context's folder that only its user can read. The child removes it. To one
 * on stand-by it is sent.
 *
 * @param name the child's name
 * @param identity its position among the descendants of the first process, as {@code 2:1}
 * @param parentName its parent's name
 * @param parentPid its parent's pid
 * @param standBy how many JVMs on stand-by its context may have there, see {@link StandBy}
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
        int standBy,
        List<String> jvmOptions,
        byte[] task) {

    private static Path file(Path folder, int owner) {
        return folder.resolve("task-" + Integer.toHexString(owner));
    }

    byte[] toBytes() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            writeText(name, out);
            writeText(identity, out);
            out.writeBoolean(isDaemon);
            writeText(parentName, out);
            out.writeLong(parentPid);
            out.writeInt(standBy);
            out.writeInt(jvmOptions.size());
            for (String option : jvmOptions) {
                writeText(option, out);
            }
            writeBytes(task, out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    void write(Path folder, int owner) {
        Path file = file(folder, owner);
        byte[] bytes = toBytes();
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            // Not through a channel, which would fail where the thread has been interrupted.
            try (var out = new FileOutputStream(file.toFile())) {
                out.write(bytes);
            }
        } catch (IOException failed) {
            delete(folder, owner);
            throw new SegmentException("the task can't be written to " + file + ": " + failed.getMessage(), failed);
        }
    }

    /** Reads what the parent wrote, and removes the file. */
    public static Payload take(Path folder, int owner) throws IOException {
        File file = file(folder, owner).toFile();
        byte[] bytes;
        try (var in = new FileInputStream(file)) {
            bytes = in.readAllBytes();
        }
        file.delete(); // if it can't be, it goes with its folder
        return read(bytes);
    }

    /** Reads what the parent told. */
    public static Payload read(byte[] bytes) throws IOException {
        try {
            return read(ByteBuffer.wrap(bytes));
        } catch (BufferUnderflowException damaged) {
            throw new IOException("what the parent says is to be done is damaged", damaged);
        }
    }

    /** Not through a DataInputStream, for which a fresh JVM links its variable handles: 2 ms. */
    private static Payload read(ByteBuffer in) {
        String name = readText(in);
        String identity = readText(in);
        boolean daemon = in.get() != 0;
        String parentName = readText(in);
        long parentPid = in.getLong();
        int standBy = in.getInt();
        List<String> options = new ArrayList<>();
        for (int i = in.getInt(); i > 0; i--) {
            options.add(readText(in));
        }
        return new Payload(name, identity, daemon, parentName, parentPid, standBy, options, readBytes(in));
    }

    private static void writeText(String text, DataOutputStream out) throws IOException {
        writeBytes(text.getBytes(StandardCharsets.UTF_8), out);
    }

    private static String readText(ByteBuffer in) {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    private static void writeBytes(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(ByteBuffer in) {
        byte[] bytes = new byte[in.getInt()];
        in.get(bytes);
        return bytes;
    }

    static void delete(Path folder, int owner) {
        try {
            Files.deleteIfExists(file(folder, owner));
        } catch (IOException leftToTheSweep) {
            // It goes with its folder.
        }
    }
}
