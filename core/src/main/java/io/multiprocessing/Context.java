package io.multiprocessing;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A place where processes share objects, and the maker of those objects and processes.
 *
 * <p>A context without a name belongs to the process that opened it and the processes started from it. One with a
 * name can be joined by any process of the same user. Its memory goes when the last process that has it open is
 * gone, however it went.
 *
 * <p>Thread and process safety: all methods may be called from any thread of any process that has the context.
 *
 * <p>Crash effects: a process that dies takes nothing with it but what it had not finished; objects that it made stay.
 *
 * <p>In a context that was opened as {@code threads:} the processes are threads of this JVM; all else is the same: tasks
 * and messages are copied, each process has its own handles, and what it held is taken over when it ends without giving
 * it back. It is for tests, and for work that waits more than it computes. Such a process has the JVM's pid, streams and
 * environment, and {@link System#exit} in it ends the JVM. {@link Process#terminate()} and {@link Process#kill()} cut it
 * off, so that it has ended for all others and what is shared refuses to work in it, and interrupt it; until it heeds that,
 * its thread runs on. The URI takes options: {@code threads:?virtual=true} starts virtual threads, which do not keep the
 * JVM from ending; {@code threads:?copy=false} shares tasks and messages as they are, also the handles that a task
 * captures, which then belong to the process that made them.
 *
 * <p>Source: Python's {@code multiprocessing.get_context()}, and {@code multiprocessing.dummy} for the threads.
 */
public interface Context extends SharedObjects, AutoCloseable {
    /** The name by which other processes join the context; empty if it has none. */
    Optional<String> name();

    /**
     * Describes a process that will run a task.
     *
     * @throws IllegalStateException if the context is closed
     */
    Process process(Task task);

    /**
     * Says which classes the JVMs that stand by for coming processes shall load and initialize ahead, in place of those said
     * before. What their static initializers do is done in each of these JVMs, whether it gets a task or not. A class whose
     * initializer fails is left to the task that uses it. Processes that are started cold load classes when they use them,
     * and so do threads.
     *
     * <p>Source: Python's {@code set_forkserver_preload()}.
     *
     * @throws IllegalArgumentException if a class is not on the class path
     * @throws IllegalStateException if the context is closed
     */
    void preload(List<String> classNames);

    /** As {@link #preload(List)}. */
    default void preload(Class<?>... classes) {
        preload(Stream.of(classes).map(Class::getName).toList());
    }

    /**
     * Starts a manager: a process that keeps objects of any kind, for which it gives proxies. It ends when the manager is
     * closed, when this context is, and when this process ends.
     *
     * @throws ProcessStartException if its process can't be started
     * @throws IllegalStateException if the context is closed
     */
    Manager manager();

    /**
     * Starts a manager that also lets in clients of other contexts and other machines, who have {@linkplain #connect
     * connected}. All else is as with {@link #manager()}; what it may be used for when it has other clients is said there.
     *
     * @param address where it listens; of port 0 means any free one, see {@link Manager#address()}
     * @param options how clients prove that they may come in. A key is needed, but for Unix sockets, which nobody but this
     *     user can open; it may be empty only where no other machine can connect
     * @throws java.net.BindException if the address is in use or not ours
     * @throws IllegalArgumentException if it is of another family, or the key is not good enough for it
     * @throws ProcessStartException if the manager's process can't be started
     * @throws IllegalStateException if the context is closed
     */
    Manager serve(SocketAddress address, SocketOptions options) throws IOException;

    /** As {@link #serve(SocketAddress, SocketOptions)}, with a key. */
    default Manager serve(SocketAddress address, byte[] authkey) throws IOException {
        return serve(address, SocketOptions.authkey(authkey));
    }

    /**
     * Connects to a manager that some process has started by {@link #serve}. Its proxies may be used by all processes of this
     * context, to which they may be sent, and which connect by themselves; each is a client of its own.
     *
     * @return a manager, whose {@link Manager#close()} ends this process's connection
     * @throws AuthenticationException if one side did not prove itself to the other
     * @throws java.net.ConnectException if nobody listens there
     * @throws java.net.SocketTimeoutException if it takes longer than the options allow
     * @throws IllegalArgumentException if the address is of another family, or there is no key where one is needed
     * @throws InterruptedException if the calling thread is interrupted
     * @throws IllegalStateException if the context is closed
     */
    Manager connect(SocketAddress address, SocketOptions options) throws IOException, InterruptedException;

    /** As {@link #connect(SocketAddress, SocketOptions)}, with a key. */
    default Manager connect(SocketAddress address, byte[] authkey) throws IOException, InterruptedException {
        return connect(address, SocketOptions.authkey(authkey));
    }

    /** Makes a pipe that goes both ways. */
    default Pipe pipe() {
        return pipe(true);
    }

    /**
     * Makes a pipe. Both ends are held by this process, until it closes them. Its memory is freed when both ends are closed
     * everywhere.
     *
     * @param duplex whether it goes both ways; otherwise the first end only receives and the second only sends
     * @throws IllegalStateException if the context is closed
     */
    Pipe pipe(boolean duplex);

    /**
     * Makes a block of shared memory that any program of this user finds by its name, a stock CPython too. It goes with this
     * context. Source: Python's {@code SharedMemory(name, create=True, size=…)}.
     *
     * @param name 1 to 230 bytes in UTF-8, without {@code /} and NUL
     * @param size in bytes; they are zero at first
     * @throws SharedMemoryExistsException if a block, or another file of the system's shared memory, bears the name
     * @throws IllegalArgumentException if the name is not of that form, or the size less than 1
     * @throws SegmentException if there is no room for it
     * @throws IllegalStateException if the context is closed
     */
    SharedMemory sharedMemory(String name, long size);

    /** As {@link #sharedMemory(String, long)}, under a random name, as {@code psm_21467a7c}. */
    SharedMemory sharedMemory(long size);

    /**
     * Attaches to a block of shared memory, whoever has made it, and has all of it. Each call gives a handle that is closed by
     * itself. Source: Python's {@code SharedMemory(name)}.
     *
     * @throws NoSuchElementException if there is none of that name (any more)
     * @throws IllegalArgumentException if the name is not of the form that {@link #sharedMemory(String, long)} says
     * @throws SegmentException if it is empty, or of another user
     * @throws IllegalStateException if the context is closed
     */
    SharedMemory sharedMemory(String name);

    /**
     * Makes a list in a block of shared memory, as {@link #sharedMemory(String, long)} makes the block; nobody finds it before
     * it holds its elements. Source: Python's {@code ShareableList(sequence, name=…)}.
     *
     * @param elements of the types that {@link ShareableList} says
     * @throws SharedMemoryExistsException if a block, or another file of the system's shared memory, bears the name
     * @throws IllegalArgumentException if the list can't hold one of the elements, or the name is not of the form
     * @throws SegmentException if there is no room for it
     * @throws IllegalStateException if the context is closed
     */
    ShareableList shareableList(String name, Collection<?> elements);

    /** As {@link #shareableList(String, Collection)}, under a random name. */
    ShareableList shareableList(Collection<?> elements);

    /**
     * Attaches to a list in a block of shared memory. Source: Python's {@code ShareableList(name=…)}.
     *
     * @throws NoSuchElementException if there is no block of that name (any more)
     * @throws SegmentException if the block holds no list, or a damaged one
     * @throws IllegalArgumentException if the name is not of the form that {@link #sharedMemory(String, long)} says
     * @throws IllegalStateException if the context is closed
     */
    ShareableList shareableList(String name);

    /**
     * A file that processes share; it lives on when the context is closed, and others use it as well.
     *
     * @throws IllegalArgumentException if the path is a directory
     */
    default SharedFile sharedFile(Path path) {
        return SharedFile.of(path);
    }

    /** As {@link #pool(PoolOptions)}, with a worker for each CPU that this process may use. */
    default Pool pool() {
        return pool(PoolOptions.defaults());
    }

    /**
     * As {@link #pool(PoolOptions)}.
     *
     * @throws IllegalArgumentException if {@code size} is less than 1
     */
    default Pool pool(int size) {
        return pool(PoolOptions.defaults().size(size));
    }

    /**
     * Starts a pool of worker processes. They are daemons.
     *
     * @throws TaskNotSerializableException if a task in the options can't be sent
     * @throws ProcessStartException if the operating system refuses a worker; those started before are ended
     * @throws IllegalStateException if the context is closed
     * @throws UnsupportedOperationException if the options ask for what the context can't do, as one over threads can't limit memory
     */
    Pool pool(PoolOptions options);

    /**
     * Makes objects under a name, so that other processes that have this context open find them: the first to ask
     * creates the object, all others get the same one.
     *
     * @param name 1 to 100 letters, digits, {@code .}, {@code _} or {@code -}, not beginning with a dot
     * @throws IllegalArgumentException if the name is not of that form; and, by the methods of the result, if an
     *     object of another type or size bears the name already
     */
    SharedObjects named(String name);

    /**
     * Finds an object that was made under a name.
     *
     * @throws NoSuchElementException if there is none of that name
     * @throws ClassCastException if it is of another type; the message names it
     */
    <T extends SharedObject> T attach(String name, Class<T> type);

    /** The names under which objects have been made, sorted. */
    List<String> objectNames();

    /** Whether {@link #close()} has been called in this process. */
    boolean isClosed();

    /**
     * Leaves the context. First the daemon children that were started from it are terminated, and the others joined;
     * then everything blocked on its objects in this process is woken with an exception, and if no other process has
     * the context open its memory is freed. Closing again does nothing.
     */
    @Override
    void close();
}
