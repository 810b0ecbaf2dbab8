package io.multiprocessing.local;

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
import io.multiprocessing.codec.Arrivals;
import io.multiprocessing.codec.Handle;
import io.multiprocessing.local.block.LocalBlocks;
import io.multiprocessing.local.connection.LocalConnection;
import io.multiprocessing.local.member.ContextFolders;
import io.multiprocessing.local.member.Registry;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.os.Os;
import io.multiprocessing.local.os.Signals;
import io.multiprocessing.local.process.LocalProcess;
import io.multiprocessing.local.process.ProcessHost;
import io.multiprocessing.local.process.StandBy;
import io.multiprocessing.local.process.ThisProcess;
import io.multiprocessing.local.segment.CellId;
import io.multiprocessing.manager.ManagerProcess;
import io.multiprocessing.manager.RemoteManagers;
import io.multiprocessing.pool.OpenPools;
import io.multiprocessing.spi.ClassPath;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A context in shared memory: its memory, its members, and the processes that were started from it. */
final class LocalContext extends LocalSharedObjects implements Context {
    private final LocalRuntime runtime;
    private final LocalHome home;
    private final Registry registry;
    private final ObjectNames names;
    private final Children children = new Children();
    private final ProcessHost host = new Host();
    private final StandBy standBy;

    private final OpenPools pools = new OpenPools();

    private @Nullable LocalBlocks blocks; // guarded by this; most contexts have none
    private boolean left;

    LocalContext(LocalRuntime runtime, Registry registry, int standBy) {
        this(runtime, registry, standBy, new LocalHome(registry));
    }

    private LocalContext(LocalRuntime runtime, Registry registry, int standBy, LocalHome home) {
        super(home);
        this.runtime = runtime;
        this.registry = registry;
        this.home = home;
        this.standBy = new StandBy(host, standBy);
        this.names = new ObjectNames(registry.folder());
        home.setContext(this);
    }

    /** Makes all that a context is made of, once, and forgets it. */
    static void rehearse(Registry registry) {
        new LocalContext(LocalRuntime.get(), registry, 0).contextId();
    }

    String contextId() {
        return home.contextId();
    }

    Path folder() {
        return registry.folder();
    }

    Children children() {
        return children;
    }

    /** Lets the files of the context be opened and closed once more in this process. */
    void secureSeat() {
        if (registry.hasSeat()) {
            registry.secureSeat();
        }
    }

    SharedObject resolve(ObjectKind kind, CellId id) {
        return home.resolve(kind, id);
    }

    /** The block that a handle names, or the list in it. */
    SharedObject resolve(ObjectKind kind, long number, String name) {
        return blocks().arrived(kind, number, name);
    }

    private synchronized LocalBlocks blocks() {
        home.checkOpen();
        LocalBlocks known = blocks;
        if (known == null) {
            known = new LocalBlocks(home);
            blocks = known;
        }
        return known;
    }

    private synchronized void closeBlocks() {
        if (blocks != null) {
            blocks.close();
        }
    }

    /** An end of a pipe in a message that nobody is to get: one beside the end that this process may have, and closed soon. */
    SharedObject forgotten(CellId id, int ticket) {
        LocalConnection end = LocalConnection.resolve(home, id);
        Arrivals.add(end::close);
        end.arrived(ticket);
        return end;
    }

    @Override
    public Optional<String> name() {
        home.checkOpen();
        String name = registry.contextName();
        return name.isEmpty() ? Optional.empty() : Optional.of(name);
    }

    @Override
    public Process process(Task task) {
        home.checkOpen();
        return new LocalProcess(host, task);
    }

    @Override
    public void preload(List<String> classNames) {
        home.checkOpen();
        classNames.forEach(ClassPath::require);
        standBy.preload(classNames);
    }

    /** Its process does not end by the interrupt that the terminal sends to all: it has to serve those who end by it. */
    @Override
    public Manager manager() {
        home.checkOpen();
        return ManagerProcess.start(this, () -> Os.current().ignore(Signals.SIGINT));
    }

    @Override
    public Manager serve(SocketAddress address, SocketOptions options) throws IOException {
        home.checkOpen();
        return RemoteManagers.serve(this::manager, address, options);
    }

    @Override
    public Manager connect(SocketAddress address, SocketOptions options) throws IOException, InterruptedException {
        home.checkOpen();
        return RemoteManagers.connect(this, address, options);
    }

    @Override
    public Pipe pipe(boolean duplex) {
        return LocalConnection.pipe(home, duplex);
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

    @Override
    public Pool pool(PoolOptions options) {
        home.checkOpen();
        return pools.start(this, options);
    }

    @Override
    public SharedObjects named(String name) {
        home.checkOpen();
        return new LocalSharedObjects(home, new NamedMaker(home, names, ObjectNames.check(name)));
    }

    @Override
    public <T extends SharedObject> T attach(String name, Class<T> type) {
        home.checkOpen();
        Handle handle = names.find(ObjectNames.check(name))
                .orElseThrow(() -> new NoSuchElementException("no object was made under the name \"" + name
                        + "\" in this context; there are: " + names.all()));
        SharedObject object = home.resolve(ObjectKind.of(handle.kind()), new CellId(handle.segment(), handle.offset()));
        if (!type.isInstance(object)) {
            throw new ClassCastException(
                    "the object named \"" + name + "\" is " + object + ", not a " + type.getName());
        }
        return type.cast(object);
    }

    @Override
    public List<String> objectNames() {
        home.checkOpen();
        return names.all();
    }

    @Override
    public boolean isClosed() {
        return home.isClosed();
    }

    @Override
    public void close() {
        if (!home.isClosed()) {
            endPools();
            children.endDaemons();
            children.joinAll();
            standBy.close();
            if (beginsToLeave()) {
                leave();
            }
        }
    }

    /** At the end of the JVM: as {@link #close}, but a signal does not wait for children. */
    void shutDown(Shutdown shutdown) {
        if (shutdown.isBySignal()) {
            registry.setExitSignal(shutdown.signal());
        }
        standBy.close();
        endPools();
        children.endDaemons();
        if (!shutdown.isBySignal()) {
            children.joinAll();
        }
        standBy.buryTheEnded();
        if (beginsToLeave()) {
            end(shutdown);
        }
    }

    /** Before the children are ended: a pool would replace its workers. */
    private void endPools() {
        pools.terminateAll();
    }

    private synchronized boolean beginsToLeave() {
        if (left) {
            return false;
        }
        left = true;
        return true;
    }

    private void leave() {
        home.close();
        closeBlocks();
        home.awaitIdle();
        runtime.remove(this);
        boolean isLeftToParent = registry.hasSeat() && ThisProcess.isParentAlive() && registry.leaveSeat();
        if (!isLeftToParent) {
            ContextFolders.ofUser().leave(registry);
        }
    }

    /** As {@link #leave}, but what this process holds it holds until it has ended: its threads still run. */
    private void end(Shutdown shutdown) {
        home.close();
        closeBlocks();
        // A terminal's signal goes to all processes at once: the parent may be ending, too.
        boolean isLeftToParent =
                registry.hasSeat() && ThisProcess.isParentAlive() && !shutdown.isBySignal() && registry.endSeat();
        if (!isLeftToParent) {
            ContextFolders.ofUser().end(registry);
        }
    }

    @Override
    public String toString() {
        if (home.isClosed()) {
            return "Context[closed]";
        }
        return "Context[local:" + name().orElse("") + ", " + registry.living().size() + " processes" + standBy + "]";
    }

    private final class Host implements ProcessHost {
        @Override
        public Registry registry() {
            return registry;
        }

        @Override
        public void checkOpen() {
            home.checkOpen();
        }

        @Override
        public Class<?> bootstrap() {
            return ChildMain.class;
        }

        @Override
        public StandBy standBy() {
            return standBy;
        }

        @Override
        public void started(LocalProcess child) {
            children.add(child);
        }

        @Override
        public void ended(LocalProcess child) {
            children.remove(child);
        }
    }
}
