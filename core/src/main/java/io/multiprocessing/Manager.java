package io.multiprocessing;

import java.io.Serializable;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A process that keeps objects for others, which use them by proxies: any object, of any size, that grows and shrinks, and
 * also of classes of your own. Each call goes to that process and back, so where a {@link SharedObjects shared object} will
 * do it is ten to a thousand times faster.
 *
 * <p>{@snippet :
 * try (var mp = Multiprocessing.open(); var manager = mp.manager()) {
 *     ConcurrentMap<String, Integer> counts = manager.dict();
 *     var workers = Stream.generate(() -> mp.process(() -> counts.merge("done", 1, Integer::sum)).start()).limit(4).toList();
 *     for (var worker : workers) worker.join();
 *     System.out.println(counts); // {done=4}
 * }
 * }
 *
 * <p><b>Proxies</b> are the interfaces of Java: a dict is a {@link ConcurrentMap}, a list a {@link List}. They may be
 * captured by tasks, sent in messages, and put into each other; an object lives until the last proxy in the last process is
 * gone, and nothing holds it here any more. A proxy on its way in a message keeps its object as long as the sender has it,
 * and a minute longer; let the sender keep it, or {@link #publish} it, where messages may lie unread.
 *
 * <p>What is put into an object of a manager, or got from it, is a copy, unless it is a proxy. So a {@code List} in a dict
 * is a copy, which changes for nobody else until it is put again; a {@code manager.list()} in a dict is the same for all.
 * There are no nulls in these objects.
 *
 * <p><b>What is atomic.</b> Each call is. What takes a function, as {@link ConcurrentMap#compute} and {@link List#sort},
 * runs it in the caller, and sets the result if nobody has changed the value meanwhile, or runs it again: so it is atomic
 * too, but a function should do nothing else. Iterators fetch many elements at a time, never fail because of changes, and
 * see some of them.
 *
 * <p><b>Exceptions</b> of the manager's process arrive as themselves, with the caller's stack trace, and that of the
 * manager in a {@link RemoteException} as their last cause. One that can't be sent, or made here, arrives as a {@link
 * RemoteException} with its type and text.
 *
 * <p>Thread and process safety: everything may be used by any thread of any process. A call that waits holds up nobody
 * else.
 *
 * <p>Crash effects: a process that dies gives back its locks (whose next holder is {@linkplain Lock#abandonment() told}), its
 * permits and its proxies, within a second; a barrier at which it waits breaks; a call that it had begun is done or
 * not done. When the manager dies all calls throw {@link ManagerEndedException}, also those that wait, and all objects are
 * lost. When the process dies that has started the manager, the manager ends.
 *
 * <p><b>Other machines.</b> A manager that is started by {@link Context#serve} lets in clients by sockets, who have come by
 * {@link Context#connect}: all is as with other clients, but they may not register types, and no shared objects can be sent
 * between them and the manager other than its own proxies. A connection that is lost is lost for good: what the client held
 * is taken back, all its proxies throw {@link ManagerEndedException}, and whoever wants to go on connects again and gets new
 * ones, by {@link #attach}. For a proxy that went on by itself would hide that a call was done or not done, and that locks
 * were lost. A client that is slow, or stopped, is not taken for dead; one whose machine has gone without a word is, after
 * half a minute.
 *
 * <p>Source: Python's {@code multiprocessing.Manager()} and {@code multiprocessing.managers}.
 */
public interface Manager extends SharedObject, AutoCloseable {
    /** Makes an empty dict. Keys come in the order in which they were first put. */
    default <K, V> ConcurrentMap<K, V> dict() {
        return dict(Map.of());
    }

    /** Makes a dict that holds copies of what a map holds. */
    <K, V> ConcurrentMap<K, V> dict(Map<? extends K, ? extends V> initial);

    /** Makes an empty list. */
    default <E> List<E> list() {
        return list(List.of());
    }

    /** Makes a list that holds copies of what a collection holds. */
    <E> List<E> list(Collection<? extends E> initial);

    /** Makes an empty set. Elements come in the order in which they were first added. */
    default <E> Set<E> set() {
        return set(List.of());
    }

    /** Makes a set that holds copies of what a collection holds. */
    <E> Set<E> set(Collection<? extends E> initial);

    /** Makes an empty namespace. */
    Namespace namespace();

    /**
     * Makes a value of a {@linkplain Typecode typecode}.
     *
     * @throws IllegalArgumentException if there is no such typecode, or {@code initial} does not fit it
     */
    Value<Object> value(char typecode, Object initial);

    /**
     * Makes an array of a {@linkplain Typecode typecode}, filled with zeros. It lies in the manager's process, so it has no
     * {@link Array#segment()}.
     *
     * @throws IllegalArgumentException if there is no such typecode, or {@code length} is negative
     */
    Array<Object> array(char typecode, int length);

    /**
     * Makes an array of a {@linkplain Typecode typecode} from its elements.
     *
     * @throws IllegalArgumentException if there is no such typecode, or an element does not fit it
     */
    Array<Object> array(char typecode, Collection<?> elements);

    /** Makes a lock. */
    Lock lock();

    /** Makes a lock that its holder, a thread of a process, may take again. */
    RLock rlock();

    /**
     * Makes a semaphore. Permits of a process that dies come back, also to one that is not bounded.
     *
     * @throws IllegalArgumentException if {@code permits} is negative
     */
    Semaphore semaphore(int permits);

    /**
     * Makes a semaphore that refuses to hold more permits than it began with.
     *
     * @throws IllegalArgumentException if {@code permits} is negative
     */
    Semaphore boundedSemaphore(int permits);

    /** Makes a condition with a recursive lock of its own. */
    Condition condition();

    /**
     * Makes a condition of a lock.
     *
     * @throws IllegalArgumentException if the lock is not one of this manager
     */
    Condition condition(Lock lock);

    /** Makes an event. */
    Event event();

    /** As {@link #barrier(int, Task, Duration)}, without action and time limit. */
    default Barrier barrier(int parties) {
        return barrier(parties, null, null);
    }

    /**
     * Makes a barrier.
     *
     * @param parties how many must arrive for all to go on
     * @param action what the last to arrive runs in its process, before anyone goes on
     * @param timeout how long {@link Barrier#await()} waits at most
     * @throws IllegalArgumentException if {@code parties} is less than 1
     */
    Barrier barrier(int parties, @Nullable Task action, @Nullable Duration timeout);

    /** Makes a queue that is not bounded. */
    default <E> Queue<E> queue() {
        return queue(0);
    }

    /** Makes a queue that holds at most so many messages; 0 or less for any number. */
    <E> Queue<E> queue(int maxSize);

    /** Makes a queue that is not bounded and whose messages can be waited for. */
    default <E> JoinableQueue<E> joinableQueue() {
        return joinableQueue(0);
    }

    /** Makes a queue that holds at most so many messages, and whose messages can be waited for. */
    <E> JoinableQueue<E> joinableQueue(int maxSize);

    /** As {@link #pool(PoolOptions)}, with so many workers. */
    default Pool pool(int size) {
        return pool(PoolOptions.defaults().size(size));
    }

    /**
     * Starts a pool whose workers are children of the manager's process, and which several processes can use. Each task, and
     * each input of {@code imap}, is a call of its own; a client that dies cancels those that it waits for. The workers end
     * when the pool is shut down, when no proxy of it is left, and when the manager ends.
     *
     * @throws SecurityException if this process is connected to a manager of another machine
     * @throws UnsupportedOperationException if contexts of this kind have no pools
     */
    Pool pool(PoolOptions options);

    /**
     * Registers a type of your own, so that all who have this manager can {@linkplain #create create} objects of it. Its
     * proxies are the interface; only the interface's methods can be called. Arguments and results are copies, unless they
     * are proxies or the method is marked with {@link ReturnsProxy}. The object's methods are called by many threads at
     * once. Those that may throw {@link InterruptedException} are interrupted when the caller is.
     *
     * @param name under which objects are created
     * @param type an interface that all processes know
     * @param factory makes the objects, in the manager's process; it travels as a task does
     * @return this
     * @throws IllegalArgumentException if the name is taken, or the type is no interface
     * @throws MessageNotSerializableException if the factory, or something it captures, can't be sent
     * @throws SecurityException if this process is connected to a manager of another machine
     */
    <T> Manager register(String name, Class<T> type, Factory<? extends T> factory);

    /** As {@link #register(String, Class, Factory)}, with a factory that is given the arguments of {@link #create}. */
    <T> Manager register(String name, Class<T> type, FactoryWithArguments<? extends T> factory);

    /**
     * Creates an object of a registered type.
     *
     * @param type the interface that was registered, or one that it extends
     * @return a proxy
     * @throws NoSuchElementException if no type is registered under that name; the message lists those that are
     * @throws ClassCastException if the objects are not of that type
     */
    <T> T create(String name, Class<T> type, @Nullable Object... arguments);

    /**
     * Gives an object of this manager a name, by which all who have this manager find it. It lives as long as the manager.
     *
     * @param proxy a proxy of this manager
     * @return this
     * @throws IllegalArgumentException if another object has the name, or it is no proxy of this manager
     */
    Manager publish(String name, Object proxy);

    /**
     * Finds an object by the name that {@link #publish} has given it.
     *
     * @throws NoSuchElementException if there is none; the message lists those that are there
     * @throws ClassCastException if it is of another type
     */
    <T> T attach(String name, Class<T> type);

    /** The names that were given by {@link #publish}, sorted. */
    List<String> publishedNames();

    /**
     * Limits how long this process waits for answers to calls that do not wait by their nature, as those of queues and locks
     * do: a call that takes longer is cancelled, and throws a {@link CallTimeoutException}. Without limit at first.
     *
     * @return this
     * @throws IllegalArgumentException if the limit is not positive
     */
    Manager callTimeout(@Nullable Duration limit);

    /**
     * Where the manager lets in clients of other contexts and machines, with the port that it was given if that was 0; empty
     * if it was not started by {@link Context#serve}.
     */
    Optional<SocketAddress> address();

    /** How many objects the manager has, after it has collected those that nothing refers to any more. */
    int objectCount();

    /** The pid of the manager's process. */
    long pid();

    /** Whether the manager answers. */
    boolean isAlive();

    /**
     * In the process that has started the manager: lets running calls end, for a second at most, ends the manager's process
     * and waits until it has ended. All proxies throw {@link ManagerEndedException} then. Of a manager that was {@linkplain
     * Context#connect connected to}: ends the connection of this process, of which no proxy can be used any more, and whose
     * locks are given back. Otherwise does nothing. Closing again does nothing.
     */
    @Override
    void close();

    /** Whether it is connected, and to which process. */
    @Override
    String toString();

    /**
     * Makes objects of a registered type.
     *
     * @param <T> what they are
     */
    @FunctionalInterface
    interface Factory<T> extends Serializable {
        T make() throws Exception;
    }

    /**
     * Makes objects of a registered type from arguments.
     *
     * @param <T> what they are
     */
    @FunctionalInterface
    interface FactoryWithArguments<T> extends Serializable {
        T make(@Nullable Object[] arguments) throws Exception;
    }
}
