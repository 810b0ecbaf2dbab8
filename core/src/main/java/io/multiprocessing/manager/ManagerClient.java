package io.multiprocessing.manager;

import io.multiprocessing.Array;
import io.multiprocessing.Barrier;
import io.multiprocessing.Condition;
import io.multiprocessing.Event;
import io.multiprocessing.JoinableQueue;
import io.multiprocessing.Lock;
import io.multiprocessing.Manager;
import io.multiprocessing.ManagerEndedException;
import io.multiprocessing.Namespace;
import io.multiprocessing.Pool;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.Queue;
import io.multiprocessing.RLock;
import io.multiprocessing.Semaphore;
import io.multiprocessing.Task;
import io.multiprocessing.Value;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** A manager as its users have it: a proxy of the server itself. */
@SuppressWarnings({"serial", "unchecked"
}) // it travels as a handle; what comes from elsewhere is what the user says it is
class ManagerClient extends ObjectProxy implements Manager {
    ManagerClient(Core server) {
        super(server);
    }

    @Override
    public <K, V> ConcurrentMap<K, V> dict(Map<? extends K, ? extends V> initial) {
        return (ConcurrentMap<K, V>) make(Kind.DICT, new LinkedHashMap<>(initial));
    }

    @Override
    public <E> List<E> list(Collection<? extends E> initial) {
        return (List<E>) make(Kind.LIST, new ArrayList<>(initial));
    }

    @Override
    public <E> Set<E> set(Collection<? extends E> initial) {
        return (Set<E>) make(Kind.SET, new ArrayList<>(initial));
    }

    @Override
    public Namespace namespace() {
        return (Namespace) make(Kind.NAMESPACE, Map.of());
    }

    @Override
    public Value<Object> value(char typecode, Object initial) {
        return (Value<Object>) make(Kind.VALUE, typecode, Objects.requireNonNull(initial));
    }

    @Override
    public Array<Object> array(char typecode, int length) {
        return (Array<Object>) make(Kind.ARRAY, typecode, length);
    }

    @Override
    public Array<Object> array(char typecode, Collection<?> elements) {
        return (Array<Object>) make(Kind.ARRAY, typecode, new ArrayList<>(elements));
    }

    @Override
    public Lock lock() {
        return (Lock) make(Kind.LOCK);
    }

    @Override
    public RLock rlock() {
        return (RLock) make(Kind.RLOCK);
    }

    @Override
    public Semaphore semaphore(int permits) {
        return (Semaphore) make(Kind.SEMAPHORE, permits);
    }

    @Override
    public Semaphore boundedSemaphore(int permits) {
        return (Semaphore) make(Kind.BOUNDED_SEMAPHORE, permits);
    }

    @Override
    public Condition condition() {
        return (Condition) make(Kind.CONDITION, (Object) null);
    }

    @Override
    public Condition condition(Lock lock) {
        requireOwn(lock);
        return lock.newCondition();
    }

    @Override
    public Event event() {
        return (Event) make(Kind.EVENT);
    }

    @Override
    public Barrier barrier(int parties, @Nullable Task action, @Nullable Duration timeout) {
        return (Barrier) make(Kind.BARRIER, parties, action, Patience.nanos(timeout));
    }

    @Override
    public <E> Queue<E> queue(int maxSize) {
        return (Queue<E>) make(Kind.QUEUE, maxSize);
    }

    @Override
    public <E> JoinableQueue<E> joinableQueue(int maxSize) {
        return (JoinableQueue<E>) make(Kind.JOINABLE_QUEUE, maxSize);
    }

    @Override
    public Pool pool(PoolOptions options) {
        return (Pool) make(Kind.POOL, Objects.requireNonNull(options));
    }

    @Override
    public <T> Manager register(String name, Class<T> type, Factory<? extends T> factory) {
        return registerAny(name, type, _ -> factory.make());
    }

    @Override
    public <T> Manager register(String name, Class<T> type, FactoryWithArguments<? extends T> factory) {
        return registerAny(name, type, factory::make);
    }

    private Manager registerAny(String name, Class<?> type, AnyFactory factory) {
        core().call("register", Objects.requireNonNull(name), Objects.requireNonNull(type), factory);
        return this;
    }

    @Override
    public <T> T create(String name, Class<T> type, @Nullable Object... arguments) {
        return cast(core().value("createRegistered", Objects.requireNonNull(name), arguments), name, type);
    }

    @Override
    public Manager publish(String name, Object proxy) {
        requireOwn(proxy);
        core().call("publish", Objects.requireNonNull(name), proxy);
        return this;
    }

    @Override
    public <T> T attach(String name, Class<T> type) {
        return cast(core().value("attach", Objects.requireNonNull(name)), name, type);
    }

    @Override
    public List<String> publishedNames() {
        return (List<String>) core().value("names");
    }

    @Override
    public Manager callTimeout(@Nullable Duration limit) {
        if (limit != null && !limit.isPositive()) {
            throw new IllegalArgumentException("the limit of calls must be positive, not " + limit);
        }
        core().link().setCallTimeout(limit);
        return this;
    }

    @Override
    public Optional<SocketAddress> address() {
        return Optional.ofNullable((SocketPlace) core().call("address")).map(SocketPlace::address);
    }

    /**
     * Lets clients in by sockets, too.
     *
     * @throws IOException if the manager can't listen there
     */
    void listen(SocketPlace place, DoorOptions options) throws IOException {
        core().call("listen", place, options);
    }

    @Override
    public int objectCount() {
        return core().integer("count");
    }

    @Override
    public long pid() {
        return (Long) core().value("pid");
    }

    @Override
    public boolean isAlive() {
        try {
            return pid() > 0;
        } catch (ManagerEndedException ended) {
            return false;
        }
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return "Manager[" + core().link() + "]";
    }

    private Object make(Kind kind, @Nullable Object... arguments) {
        @Nullable Object[] all = new Object[arguments.length + 1];
        all[0] = kind.number();
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return core().value("create", all);
    }

    private void requireOwn(Object proxy) {
        Core other = Proxies.coreOf(Objects.requireNonNull(proxy));
        if (other == null || !other.link().address().equals(core().link().address())) {
            throw new IllegalArgumentException(
                    "not a proxy of this manager: a " + proxy.getClass().getName());
        }
    }

    private static <T> T cast(Object proxy, String name, Class<T> type) {
        if (!type.isInstance(proxy)) {
            throw new ClassCastException("the object \"" + name + "\" is " + proxy + ", not a " + type.getName());
        }
        return type.cast(proxy);
    }
}
