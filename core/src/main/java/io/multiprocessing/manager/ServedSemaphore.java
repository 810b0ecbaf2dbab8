package io.multiprocessing.manager;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A semaphore that knows how many permits each client has; those of one that is gone come back. A client that releases
 * without having a permit gives back that of the one that has had one longest, if there is one: to acquire here and
 * release there is a way to use semaphores.
 */
final class ServedSemaphore implements Served {
    private final Kind kind;
    private final int limit;
    private final Map<Client, Integer> holders = new LinkedHashMap<>();
    private int value;

    ServedSemaphore(Kind kind, int permits) {
        if (permits < 0) {
            throw new IllegalArgumentException("a semaphore can't have " + permits + " permits");
        }
        this.kind = kind;
        this.limit = kind == Kind.BOUNDED_SEMAPHORE ? permits : Integer.MAX_VALUE;
        this.value = permits;
    }

    @Override
    public synchronized @Nullable Object call(Call call) throws InterruptedException {
        return switch (call.method()) {
            case "acquire" -> acquire(call.caller(), call.number(0));
            case "release" -> {
                release(call.caller().client(), call.integer(0));
                yield null;
            }
            case "value" -> value;
            case "describe" ->
                kind == Kind.SEMAPHORE
                        ? "Semaphore[" + value + " permits]"
                        : "BoundedSemaphore[" + value + " of " + limit + " permits]";
            default -> throw call.unknownMethod(kind.typeName());
        };
    }

    @Override
    public synchronized void departed(Client client) {
        Integer held = holders.remove(client);
        if (held != null) {
            value += held;
            notifyAll();
        }
    }

    private boolean acquire(Caller caller, long nanos) throws InterruptedException {
        Patience patience = new Patience(nanos);
        while (value == 0) {
            if (!patience.await(this)) {
                return false;
            }
        }
        Patience.requirePresent(caller);
        value--;
        holders.merge(caller.client(), 1, Integer::sum);
        return true;
    }

    private void release(Client client, int permits) {
        if (permits < 1) {
            throw new IllegalArgumentException("can't release " + permits + " permits");
        }
        if (permits > limit - value) {
            throw new IllegalStateException(
                    "can't release " + permits + " permits: the semaphore has " + value + ", and may have " + limit);
        }
        for (int i = 0; i < permits; i++) {
            forget(holders.containsKey(client) ? client : eldest());
        }
        value += permits;
        notifyAll();
    }

    private @Nullable Client eldest() {
        Iterator<Client> clients = holders.keySet().iterator();
        return clients.hasNext() ? clients.next() : null;
    }

    private void forget(@Nullable Client holder) {
        if (holder != null) {
            holders.computeIfPresent(holder, (_, held) -> held == 1 ? null : held - 1);
        }
    }
}
