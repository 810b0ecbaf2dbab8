package io.multiprocessing.manager;

import io.multiprocessing.QueueShutDownException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A queue, whose messages can be waited for. A message that a client has taken comes back if the client dies before it has
 * said that it got the message.
 */
final class ServedQueue implements Served {
    private final Kind kind;
    private final int capacity;
    private final Deque<Object> messages = new ArrayDeque<>();
    private int unfinished;
    private boolean isShutDown;
    private boolean isCleared;

    /** @param maxSize how many messages it holds at most; 0 or less for any number */
    ServedQueue(Kind kind, int maxSize) {
        this.kind = kind;
        this.capacity = maxSize <= 0 ? Integer.MAX_VALUE : maxSize;
    }

    @Override
    public synchronized @Nullable Object call(Call call) throws InterruptedException {
        return switch (call.method()) {
            case "put" -> put(call.caller(), call.value(0), call.number(1));
            case "putSome" -> putSome(call.caller(), call.collection(0), call.number(1));
            case "get" -> get(call.caller(), call.number(0));
            case "awaitReady" -> awaitReady(call.number(0));
            case "getSome" -> {
                List<Object> some = takeSome(call.integer(0));
                yield some.isEmpty() ? some : taken(some, some);
            }
            case "size" -> messages.size();
            case "capacity" -> capacity;
            case "snapshot" -> new ArrayList<>(messages);
            case "peek" -> messages.peekFirst();
            case "clear" -> takeSome(Integer.MAX_VALUE).size();
            case "shutdown" -> shutDown(call.flag(0));
            case "isShutDown" -> isShutDown;
            case "taskDone" -> taskDone();
            case "join" -> join(call.number(0));
            case "unfinished" -> unfinished;
            default -> throw call.unknownMethod(kind.typeName());
        };
    }

    private boolean put(Caller caller, Object message, long nanos) throws InterruptedException {
        return putSome(caller, List.of(message), nanos) == 1;
    }

    /** Puts as many messages as there is room for, at least one unless the time is over first. */
    private int putSome(Caller caller, List<?> added, long nanos) throws InterruptedException {
        Patience patience = new Patience(nanos);
        while (true) {
            if (isShutDown) {
                throw new QueueShutDownException("the queue is shut down: nothing can be put any more");
            }
            if (messages.size() < capacity) {
                break;
            }
            if (!patience.await(this)) {
                return 0;
            }
        }
        Patience.requirePresent(caller);
        int count = Math.min(added.size(), capacity - messages.size());
        for (Object message : added.subList(0, count)) {
            messages.addLast(message);
        }
        unfinished += count;
        notifyAll();
        return count;
    }

    /** The oldest message, or null if none came in time. */
    private @Nullable Object get(Caller caller, long nanos) throws InterruptedException {
        Patience patience = new Patience(nanos);
        while (messages.isEmpty()) {
            if (isShutDown) {
                throw new QueueShutDownException("the queue is shut down and empty");
            }
            if (!patience.await(this)) {
                return null;
            }
        }
        Patience.requirePresent(caller);
        Object message = messages.removeFirst();
        notifyAll();
        return taken(message, List.of(message));
    }

    /** Whether there is a message, or will be none, in time. */
    private boolean awaitReady(long nanos) throws InterruptedException {
        Patience patience = new Patience(nanos);
        while (messages.isEmpty() && !isShutDown) {
            if (!patience.await(this)) {
                return false;
            }
        }
        return true;
    }

    private Taken taken(Object result, List<Object> messages) {
        return new Taken(result, () -> putBack(messages));
    }

    /** They come first again, even if the queue is full by now. */
    private synchronized void putBack(List<Object> taken) {
        if (isCleared) {
            unfinished -= taken.size();
        } else {
            taken.reversed().forEach(messages::addFirst);
        }
        notifyAll();
    }

    private List<Object> takeSome(int most) {
        List<Object> taken = new ArrayList<>();
        while (taken.size() < most && !messages.isEmpty()) {
            taken.add(messages.removeFirst());
        }
        notifyAll();
        return taken;
    }

    private @Nullable Object shutDown(boolean isNow) {
        isShutDown = true;
        if (isNow) {
            unfinished -= messages.size();
            messages.clear();
            isCleared = true;
        }
        notifyAll();
        return null;
    }

    private @Nullable Object taskDone() {
        if (unfinished == 0) {
            throw new IllegalStateException("taskDone was called more often than messages were put");
        }
        unfinished--;
        notifyAll();
        return null;
    }

    private boolean join(long nanos) throws InterruptedException {
        Patience patience = new Patience(nanos);
        while (unfinished > 0) {
            if (!patience.await(this)) {
                return false;
            }
        }
        return true;
    }
}
