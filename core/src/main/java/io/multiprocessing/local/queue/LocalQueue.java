package io.multiprocessing.local.queue;

import io.multiprocessing.Queue;
import io.multiprocessing.QueueEmptyException;
import io.multiprocessing.QueueFullException;
import io.multiprocessing.UnreadableMessageException;
import io.multiprocessing.codec.Decoder;
import io.multiprocessing.codec.Encoder;
import io.multiprocessing.codec.ValueCodec;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.LocalObject;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.spi.Deadline;
import io.multiprocessing.spi.Uninterrupted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A queue of objects: encodes what is put before it touches the queue, and decodes what it got when it has let go. */
@SuppressWarnings("serial") // travels as a handle
class LocalQueue<E> extends LocalObject implements Queue<E> {
    private static final Deadline NOW = Deadline.after(Duration.ZERO);

    private final ByteQueue queue;

    LocalQueue(Home home, ObjectKind kind, Cell cell) {
        super(home, kind, cell);
        this.queue = new ByteQueue(home, cell);
    }

    @Override
    public void put(E message) throws InterruptedException {
        put(message, Deadline.NEVER);
    }

    @Override
    public void put(E message, Duration timeout) throws InterruptedException {
        if (!put(message, Deadline.after(timeout))) {
            throw full();
        }
    }

    @Override
    public void putNow(E message) {
        if (!offer(message)) {
            throw full();
        }
    }

    @Override
    public boolean offer(E message) {
        ByteQueue used = used();
        Outgoing raw = Messages.raw(message);
        if (raw != null) {
            return Uninterrupted.get(() -> used.put(raw, NOW));
        }
        boolean isPut = false;
        try (Encoder encoder = Encoder.borrow()) {
            try {
                Outgoing outgoing = Messages.encode(message, encoder, used.mostBytes());
                isPut = Uninterrupted.get(() -> used.put(outgoing, NOW));
            } finally {
                if (!isPut) {
                    encoder.lost();
                }
            }
        }
        return isPut;
    }

    @Override
    public boolean offer(E message, long timeout, TimeUnit unit) throws InterruptedException {
        return put(message, Deadline.after(timeout, unit));
    }

    @Override
    public void putAll(Collection<? extends E> messages) throws InterruptedException {
        ByteQueue used = used();
        List<Outgoing> encoded = new ArrayList<>(messages.size());
        int[] put = new int[1];
        try {
            for (E message : messages) {
                encoded.add(Messages.encode(message, used.mostBytes()));
            }
            used.putAll(encoded, put);
        } finally {
            encoded.subList(put[0], encoded.size()).forEach(Outgoing::lost);
        }
    }

    @Override
    public E get() throws InterruptedException {
        return Objects.requireNonNull(get(Deadline.NEVER));
    }

    @Override
    public E get(Duration timeout) throws InterruptedException {
        E message = get(Deadline.after(timeout));
        if (message == null) {
            throw new QueueEmptyException("no message came within " + timeout);
        }
        return message;
    }

    @Override
    public @Nullable E poll() {
        return Uninterrupted.get(() -> Optional.ofNullable(get(NOW))).orElse(null);
    }

    @Override
    public @Nullable E poll(long timeout, TimeUnit unit) throws InterruptedException {
        return get(Deadline.after(timeout, unit));
    }

    @Override
    public @Nullable E peek() {
        List<E> first = copies(1);
        return first.isEmpty() ? null : first.getFirst();
    }

    @Override
    @SuppressWarnings("unchecked")
    public int drainTo(Collection<? super E> target, int most) {
        refuseItself(target);
        ByteQueue used = used();
        UnreadableMessageException unreadable = null;
        int drained = 0;
        boolean isMoreThere = most > 0;
        while (isMoreThere && drained < most) {
            int left = most - drained;
            try (Batch batch = Uninterrupted.get(() -> used.getSome(left))) {
                isMoreThere = batch.isMoreThere();
                drained += batch.count();
                UnreadableMessageException one = batch.decodeInto((Collection<Object>) target);
                unreadable = one == null ? unreadable : one;
            }
        }
        if (unreadable != null) {
            throw unreadable;
        }
        return drained;
    }

    @Override
    public void clear() {
        boolean isCleared = isEmpty();
        while (!isCleared) {
            try (Batch dropped = Uninterrupted.get(() -> queue.getSome(Integer.MAX_VALUE))) {
                dropped.forget();
                isCleared = dropped.count() == 0 || isEmpty();
            }
        }
    }

    @Override
    public int size() {
        return used().size();
    }

    @Override
    public int capacity() {
        return used().mostMessages();
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        return used().await(Deadline.after(timeout));
    }

    @Override
    public List<E> snapshot() {
        return Collections.unmodifiableList(copies(Integer.MAX_VALUE));
    }

    @Override
    public void shutdown() {
        used().shutDown();
    }

    @Override
    public void shutdownNow() {
        ByteQueue used = used();
        used.shutDownNow();
        Uninterrupted.run(used::forgetDropped);
    }

    @Override
    public boolean isShutDown() {
        return used().state() != QueueLayout.OPEN;
    }

    @Override
    public void close() {
        if (!home.isClosed()) {
            queue.close();
        }
    }

    @Override
    public boolean isBusy() {
        return queue.isBusy();
    }

    @Override
    public String toString() {
        String name = kind().apiName();
        if (home.isClosed() || queue.isClosed()) {
            return name + "[closed]";
        }
        return name + "[" + size()
                + (capacity() == Integer.MAX_VALUE ? "" : " of " + capacity())
                + " messages"
                + (isShutDown() ? ", shut down]" : "]");
    }

    /** The queue, which neither the context nor this handle's closing has ended. */
    ByteQueue used() {
        home.checkOpen();
        queue.isUsed();
        return queue;
    }

    private boolean put(E message, Deadline deadline) throws InterruptedException {
        ByteQueue used = used();
        Outgoing raw = Messages.raw(message);
        if (raw != null) {
            return used.put(raw, deadline);
        }
        boolean isPut = false;
        try (Encoder encoder = Encoder.borrow()) {
            try {
                isPut = used.put(Messages.encode(message, encoder, used.mostBytes()), deadline);
            } finally {
                if (!isPut) {
                    encoder.lost();
                }
            }
        }
        return isPut;
    }

    @SuppressWarnings("unchecked") // as with all that comes from elsewhere, the user says what it is
    private @Nullable E get(Deadline deadline) throws InterruptedException {
        ByteQueue used = used();
        try (Message message = Message.borrow()) {
            return used.get(message, deadline) ? (E) message.decode() : null;
        }
    }

    @SuppressWarnings("unchecked")
    private List<E> copies(int most) {
        ByteQueue used = used();
        List<E> copies = new ArrayList<>();
        for (byte[] message : Uninterrupted.get(() -> used.copySome(most))) {
            try (Decoder decoder = Decoder.borrow(ValueCodec.threadLoader())) {
                copies.add((E) Objects.requireNonNull(
                        decoder.over(message, 0, message.length).read()));
            }
        }
        return copies;
    }

    private QueueFullException full() {
        return new QueueFullException("the queue is full: it has " + queue.size() + " messages"
                + (queue.mostMessages() == Integer.MAX_VALUE
                        ? ", and may have " + queue.mostBytes() + " bytes of memory"
                        : ", and may have " + queue.mostMessages()));
    }

    private void refuseItself(Object other) {
        if (equals(Objects.requireNonNull(other))) {
            throw new IllegalArgumentException("a queue can't be drained into itself");
        }
    }
}
