package io.multiprocessing.local.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Pipes between this process and one child; closing closes our copies of the ends that are the child's. */
final class Pipes implements AutoCloseable {
    private static final int O_CLOEXEC = 0x80000;
    private static final int F_DUPFD_CLOEXEC = 1030;

    /** What a child gets has the numbers below. */
    private static final int FIRST_OF_OURS = 5;

    private final SyscallNumbers numbers;
    private final List<Integer> descriptors = new ArrayList<>();

    Pipes(SyscallNumbers numbers) {
        this.numbers = numbers;
    }

    Pipe open() throws IOException {
        MemorySegment ends = Scratch.zeroed();
        long result = Syscall.call(numbers.pipe2(), ends.address(), O_CLOEXEC, 0);
        if (result < 0) {
            throw failure(result);
        }
        int readEnd = ends.getAtIndex(JAVA_INT, 0);
        int writeEnd = ends.getAtIndex(JAVA_INT, 1);
        descriptors.add(readEnd);
        descriptors.add(writeEnd);
        return new Pipe(outOfTheWay(readEnd), outOfTheWay(writeEnd));
    }

    /** Where a standard stream of ours was closed, a pipe may have got a number that a child is to have anew. */
    private int outOfTheWay(int descriptor) throws IOException {
        if (descriptor >= FIRST_OF_OURS) {
            return descriptor;
        }
        long moved = Syscall.call(numbers.fcntl(), descriptor, F_DUPFD_CLOEXEC, FIRST_OF_OURS);
        if (moved < 0) {
            throw failure(moved);
        }
        descriptors.add((int) moved);
        return (int) moved;
    }

    private static IOException failure(long result) {
        return new IOException("can't open a pipe: " + PosixSpawn.reason((int) -result));
    }

    @Override
    public void close() {
        for (int descriptor : descriptors) {
            Syscall.call(numbers.close(), descriptor, 0, 0);
        }
        descriptors.clear();
    }

    /** Two descriptors; Java gets streams of its own by opening them once more through the proc file system. */
    record Pipe(int readEnd, int writeEnd) {
        InputStream reader() throws IOException {
            return new FileInputStream("/proc/self/fd/" + readEnd);
        }

        OutputStream writer() throws IOException {
            return new FileOutputStream("/proc/self/fd/" + writeEnd);
        }
    }
}
