package io.multiprocessing.threads;

import io.multiprocessing.Context;
import io.multiprocessing.Manager;
import io.multiprocessing.Pipe;
import io.multiprocessing.Pool;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.Process;
import io.multiprocessing.ShareableList;
import io.multiprocessing.SharedMemory;
import io.multiprocessing.SharedObject;
import io.multiprocessing.SharedObjects;
import io.multiprocessing.SocketOptions;
import io.multiprocessing.Task;
import io.multiprocessing.block.MemoryList;
import io.multiprocessing.codec.Handle;
import io.multiprocessing.manager.ManagerProcess;
import io.multiprocessing.manager.RemoteManagers;
import io.multiprocessing.pool.OpenPools;
import io.multiprocessing.spi.ClassPath;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A context over threads as one process has it open: its handles, and the processes that were started from it. It is what
 * holds a lock, or a leased permit, and dies with its process.
 */
final class TwinContext extends TwinSharedObjects implements Context {
    private final Space space;
    private final @Nullable TwinProcess process;
    private final boolean virtual;
    private final Map<Long, TwinObject> handles = new ConcurrentHashMap<>();
    private final List<TwinProcess> children = new ArrayList<>(); // guarded by itself

    private final OpenPools pools = new OpenPools();

    private volatile boolean closed;
    private volatile boolean crashed;

    /** @param process whose context it is; null for the program itself */
    TwinContext(Space space, @Nullable TwinProcess process, boolean virtual) {
        this.space = space;
        this.process = process;
        this.virtual = virtual;
    }

    @Override
    TwinContext home() {
        return this;
    }

    @Override
    @Nullable
    String objectName() {
        return null;
    }

    Space space() {
        return space;
    }

    @Nullable
    TwinProcess process() {
        return process;
    }

    Options options() {
        return new Options(space.name().orElse(null), virtual, space.copies());
    }

    /** The object of a number, as this process sees it: always the same one. */
    TwinObject handle(long number) {
        checkOpen();
        TwinObject known = handles.get(number);
        return known != null ? known : handles.computeIfAbsent(number, unseen -> space.view(this, unseen));
    }

    /** From now on a handle that comes back is this one, unless another one is open. */
    void remember(TwinObject handle) {
        handles.putIfAbsent(handle.id, handle);
    }

    /** Lets the object of a number be seen anew: this process has closed its handle. */
    void forget(TwinObject handle) {
        handles.remove(handle.id, handle);
    }

    SharedObject resolve(Handle handle) {
        TwinObject object = handle(handle.segment());
        if (handle.ticket() != 0 && object instanceof TwinConnection end) {
            end.arrived(handle.ticket());
        }
        return switch (handle.kind()) {
            case TwinObject.SLICE -> ((TwinArrayObject<?>) object).part(handle.offset());
            case TwinObject.LIST -> MemoryList.in((TwinSharedMemory) object);
            default -> object;
        };
    }

    @Override
    public void preload(List<String> classNames) {
        checkOpen();
        classNames.forEach(ClassPath::require);
    }

    /** @throws IllegalStateException if the context is closed */
    void checkOpen() {
        if (closed) {
            throw new IllegalStateException(
                    process != null && process.hasEnded()
                            ? "the context is closed: the process " + process.name() + " has ended"
                            : "the context is closed");
        }
    }

    /** Whether its process was killed before it had left. */
    boolean hasCrashed() {
        return crashed;
    }

    /** Whose it is, for people. */
    String owner() {
        return process == null ? "the program" : process.name();
    }

    void started(TwinProcess child) {
        synchronized (children) {
            children.add(child);
        }
    }

    void ended(TwinProcess child) {
        synchronized (children) {
            children.remove(child);
        }
    }

    List<TwinProcess> livingChildren() {
        synchronized (children) {
            return children.stream().filter(child -> !child.hasEnded()).toList();
        }
    }

    @Override
    public Optional<String> name() {
        checkOpen();
        return space.name();
    }

    @Override
    public Process process(Task task) {
        checkOpen();
        return new TwinProcess(this, task, virtual);
    }

    /** Tasks are given up in place of killed: their threads end when they heed an interrupt. */
    @Override
    public Pool pool(PoolOptions options) {
        checkOpen();
        if (!space.copies()) {
            throw new UnsupportedOperationException(
                    "a pool over threads needs copies, so that a worker can be cut off: open \"threads:\" without copy=false");
        }
        if (options.heapLimit().isPresent() || options.memoryLimit().isPresent()) {
            throw new UnsupportedOperationException(
                    "a worker that is a thread has no memory of its own to be limited; open \"local:\" for that");
        }
        return pools.start(this, options);
    }

    /** Its process is a thread as well. */
    @Override
    public Manager manager() {
        checkOpen();
        return ManagerProcess.start(this, () -> {});
    }

    @Override
    public Manager serve(SocketAddress address, SocketOptions options) throws IOException {
        checkOpen();
        return RemoteManagers.serve(this::manager, address, options);
    }

    @Override
    public Manager connect(SocketAddress address, SocketOptions options) throws IOException, InterruptedException {
        checkOpen();
        return RemoteManagers.connect(this, address, options);
    }

    @Override
    public Pipe pipe(boolean duplex) {
        return TwinConnection.pipe(this, duplex);
    }

    @Override
    public SharedMemory sharedMemory(String name, long size) {
        return blocks().sharedMemory(name, size);
    }

    @Override
    public SharedMemory sharedMemory(long size) {
        return blocks().sharedMemory(size);
    }

    @Override
    public SharedMemory sharedMemory(String name) {
        return blocks().sharedMemory(name);
    }

    @Override
    public ShareableList shareableList(String name, Collection<?> elements) {
        return blocks().shareableList(name, elements);
    }

    @Override
    public ShareableList shareableList(Collection<?> elements) {
        return blocks().shareableList(elements);
    }

    @Override
    public ShareableList shareableList(String name) {
        return blocks().shareableList(name);
    }

    /** Not kept: it has no state but what is shared. */
    private TwinBlocks blocks() {
        checkOpen();
        return new TwinBlocks(this);
    }

    @Override
    public SharedObjects named(String name) {
        checkOpen();
        return new NamedObjects(this, ObjectNames.check(name));
    }

    @Override
    public <T extends SharedObject> T attach(String name, Class<T> type) {
        checkOpen();
        TwinObject object = space.find(ObjectNames.check(name))
                .map(this::handle)
                .orElseThrow(() -> new NoSuchElementException("no object was made under the name \"" + name
                        + "\" in this context; there are: " + space.objectNames()));
        if (!type.isInstance(object)) {
            throw new ClassCastException(
                    "the object named \"" + name + "\" is " + object + ", not a " + type.getName());
        }
        return type.cast(object);
    }

    @Override
    public List<String> objectNames() {
        checkOpen();
        return space.objectNames();
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        if (!closed) {
            endPools();
            endDaemons();
            for (TwinProcess child : livingChildren()) {
                child.joinUninterruptibly(() -> closed);
            }
            leave();
        }
    }

    /** Leaves at once, as who is terminated or killed: of the children those that are daemons end too. */
    void cutOff(boolean killed) {
        crashed = killed;
        endPools();
        leave();
        endDaemons();
    }

    /** Before the children are ended: a pool would replace its workers. */
    private void endPools() {
        pools.terminateAll();
    }

    private void endDaemons() {
        livingChildren().stream().filter(TwinProcess::isDaemon).forEach(TwinProcess::terminateIfAlive);
    }

    private void leave() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        TwinRuntime.get().remove(this);
        handles.clear();
    }

    @Override
    public String toString() {
        return closed
                ? "Context[closed]"
                : "Context[threads:" + space.name().orElse("") + ", " + space.processes() + " processes]";
    }

    /** Makes objects under a name. */
    private static final class NamedObjects extends TwinSharedObjects {
        private final TwinContext home;
        private final String name;

        NamedObjects(TwinContext home, String name) {
            this.home = home;
            this.name = name;
        }

        @Override
        TwinContext home() {
            return home;
        }

        @Override
        String objectName() {
            return name;
        }
    }
}
