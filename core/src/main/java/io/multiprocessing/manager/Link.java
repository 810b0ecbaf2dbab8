package io.multiprocessing.manager;

import io.multiprocessing.CallTimeoutException;
import io.multiprocessing.Context;
import io.multiprocessing.ManagerEndedException;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.spi.Uninterrupted;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.lang.ref.WeakReference;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * This process as a client of one server. Each call takes a session that no other call uses, and makes one if there is
 * none: so there are as many as there ever were calls at a time, and a call is one frame there and one back, without a
 * thread between. What needs no answer goes by the control session.
 */
final class Link {
    private static final Cleaner CLEANER = Cleaner.create();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] RECEIPT = {Frame.RECEIVED};

    private final String address;
    private final Context context;
    private final Connector connector;
    private final long client = RANDOM.nextLong();
    private final AtomicLong lastSession = new AtomicLong();
    private final AtomicLong lastCall = new AtomicLong();
    private final Deque<ClientSession> idle = new ConcurrentLinkedDeque<>();
    private final Map<Long, WeakReference<Core>> cores = new HashMap<>();
    private final Exchange exchange;
    private final Object controlMonitor = new Object();
    private @Nullable ClientSession control;
    private volatile @Nullable String knownServerName;
    private volatile @Nullable String announcedEnd;
    private volatile @Nullable String endReason;
    private volatile @Nullable Duration callTimeout;

    Link(String address, Context context, Connector connector) {
        this.address = address;
        this.context = context;
        this.connector = connector;
        this.exchange = Exchange.ofClient(this, connector.isTrusted());
    }

    String address() {
        return address;
    }

    Context context() {
        return context;
    }

    @Nullable
    Duration callTimeout() {
        return callTimeout;
    }

    void setCallTimeout(@Nullable Duration timeout) {
        callTimeout = timeout;
    }

    /** What the server calls itself, and what handles between us say; elsewhere they say our {@link #address()}. */
    String serverName() {
        String known = knownServerName;
        if (known != null) {
            return known;
        }
        requireOpen();
        try {
            return control().serverName();
        } catch (IOException failed) {
            throw gone(failed);
        }
    }

    /**
     * Connects now, not at the first call.
     *
     * @throws IOException if that fails
     */
    void connect() throws IOException, InterruptedException {
        ClientSession opened = ClientSession.open(connector, hello(Frame.CONTROL));
        synchronized (controlMonitor) {
            control = opened;
            knownServerName = opened.serverName();
        }
    }

    /** The server as an object. */
    Core server() {
        return new Core(this, Kind.SERVER, Frame.SERVER);
    }

    /** The object that the server has just granted. */
    Core granted(Kind kind, long id) {
        synchronized (cores) {
            WeakReference<Core> reference = cores.get(id);
            Core core = reference == null ? null : reference.get();
            if (core == null) {
                core = new Core(this, kind, id);
                cores.put(id, new WeakReference<>(core));
                CLEANER.register(core, core.grants());
            }
            core.grants().add();
            return core;
        }
    }

    /** An object of which this process has read a handle that was sent by somebody else. */
    Core hold(Kind kind, long id) {
        synchronized (cores) {
            WeakReference<Core> reference = cores.get(id);
            Core core = reference == null ? null : reference.get();
            if (core != null) {
                return core;
            }
        }
        Object proxy = Objects.requireNonNull(call(Frame.SERVER, "hold", id));
        Core core = Proxies.coreOf(proxy);
        if (core == null || core.kind() != kind) {
            throw new IllegalStateException("object " + id + " of the manager is no " + kind);
        }
        return core;
    }

    /** Gives grants back; what can't be said is said by the end of the link. */
    void release(long id, int grants) {
        synchronized (cores) {
            WeakReference<Core> reference = cores.get(id);
            if (reference != null && reference.refersTo(null)) {
                cores.remove(id);
            }
        }
        tell(Frame.RELEASE, id, grants);
    }

    /** Says that a proxy of this process is on its way to somebody else. */
    void sent(long id) {
        tell(Frame.SENT, id, 0);
    }

    /** Calls what does not wait long; an interrupt is kept for later. */
    @Nullable
    Object call(long object, String method, @Nullable Object... arguments) {
        return resultOf(answer(false, object, method, arguments));
    }

    /** Calls what may wait; an interrupt cancels it. */
    @Nullable
    Object await(long object, String method, @Nullable Object... arguments) throws InterruptedException {
        Reply reply = answer(true, object, method, arguments);
        if (reply.isFailure() && reply.value() instanceof InterruptedException && Thread.interrupted()) {
            throw new InterruptedException();
        }
        return resultOf(reply);
    }

    private Reply answer(boolean mayWait, long object, String method, @Nullable Object... arguments) {
        long number = lastCall.incrementAndGet();
        byte[] request = write(number, object, method, arguments);
        ClientSession session = borrow();
        byte[] frame;
        boolean isWhole = false;
        try {
            session.send(request);
            Duration limit = callTimeout;
            if (!mayWait && limit != null && !session.await(limit)) {
                tell(Frame.CANCEL, session.number(), number);
                throw new CallTimeoutException(
                        "the manager has not answered " + method + " within " + limit + "; the call was cancelled");
            }
            Runnable onInterrupt = mayWait ? () -> tell(Frame.CANCEL, session.number(), number) : null;
            frame = taken(session, session.receive(onInterrupt));
            isWhole = true;
        } catch (IOException failed) {
            throw gone(failed);
        } finally {
            if (!isWhole) {
                session.close();
            }
        }
        return read(frame);
    }

    private byte[] write(long number, long object, String method, @Nullable Object... arguments) {
        try (var _ = exchange.enter()) {
            return Request.write(number, Thread.currentThread().threadId(), object, method, arguments);
        }
    }

    /** Says that an answer has come, if that is asked for, and lets others use the session. */
    private byte[] taken(ClientSession session, byte @Nullable [] frame) throws IOException {
        if (frame == null) {
            throw new IOException("the connection to the manager has ended");
        }
        if (frame.length > 0 && frame[0] == Frame.TAKEN) {
            session.send(RECEIPT);
        }
        idle.push(session);
        return frame;
    }

    private Reply read(byte[] frame) {
        try (var _ = exchange.enter()) {
            return Reply.read(frame, loader());
        }
    }

    private static @Nullable Object resultOf(Reply reply) {
        if (reply.isFailure()) {
            throw Failures.thrown((Throwable) Objects.requireNonNull(reply.value()));
        }
        return reply.value();
    }

    private static ClassLoader loader() {
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        return ofThread == null ? ClassLoader.getSystemClassLoader() : ofThread;
    }

    private ClientSession borrow() {
        requireOpen();
        ClientSession session = idle.poll();
        if (session != null) {
            return session;
        }
        try {
            control();
            return open(Frame.CALLS);
        } catch (IOException failed) {
            throw gone(failed);
        }
    }

    private ClientSession control() throws IOException {
        synchronized (controlMonitor) {
            ClientSession opened = control;
            if (opened == null) {
                opened = open(Frame.CONTROL);
                control = opened;
                knownServerName = opened.serverName();
            }
            return opened;
        }
    }

    private ClientSession open(int role) throws IOException {
        return Uninterrupted.get(() -> ClientSession.open(connector, hello(role)));
    }

    private Hello hello(int role) {
        return new Hello(
                role,
                client,
                lastSession.incrementAndGet(),
                ProcessHandle.current().pid(),
                Multiprocessing.currentProcess().name());
    }

    private void tell(int frame, long first, long second) {
        synchronized (controlMonitor) {
            ClientSession opened = control;
            if (opened != null && endReason == null) {
                try {
                    opened.send(new Notice(frame, first, second).write());
                } catch (IOException | IllegalStateException gone) {
                    // then the server knows, or is not there any more
                }
            }
        }
    }

    private void requireOpen() {
        String reason = endReason;
        if (reason != null) {
            throw new ManagerEndedException(reason);
        }
    }

    private ManagerEndedException gone(IOException cause) {
        String announced = announcedEnd;
        end(
                announced != null
                        ? announced
                        : connector.isServerGone()
                                ? "the manager's process has ended"
                                : "the connection to the manager has ended");
        return new ManagerEndedException(Objects.requireNonNull(endReason), cause);
    }

    boolean isOpen() {
        return endReason == null;
    }

    /** The server is about to end: says why, for all calls that it cuts off. */
    void announceEnd(String reason) {
        announcedEnd = reason;
    }

    /** Ends the link; the server takes back all that this process has. Ending it again does nothing. */
    void end(String reason) {
        synchronized (controlMonitor) {
            if (endReason == null) {
                endReason = reason;
            }
            if (control != null) {
                control.close();
            }
        }
        Links.forget(this);
        for (ClientSession session = idle.poll(); session != null; session = idle.poll()) {
            session.close();
        }
    }

    @Override
    public String toString() {
        String reason = endReason;
        return reason == null ? "connected" : reason;
    }
}
