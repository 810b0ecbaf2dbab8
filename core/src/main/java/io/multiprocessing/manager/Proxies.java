package io.multiprocessing.manager;

import io.multiprocessing.SharedObject;
import io.multiprocessing.spi.Sendable;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Makes proxies. */
final class Proxies {
    private Proxies() {}

    /** What a proxy stands for; null if the object is no proxy. */
    static @Nullable Core coreOf(@Nullable Object object) {
        if (object instanceof ManagedProxy proxy) {
            return proxy.core();
        }
        return object instanceof Sendable && Proxy.getInvocationHandler(object) instanceof InterfaceProxy proxy
                ? proxy.core()
                : null;
    }

    /** @param detail what the handle says beside the object: which slice of an array */
    static SharedObject of(Core core, long detail) {
        return switch (core.kind()) {
            case DICT -> new DictProxy<>(core);
            case LIST -> new ListProxy<>(core);
            case SET -> new SetProxy<>(core);
            case NAMESPACE -> new NamespaceProxy(core);
            case VALUE -> new ValueProxy<>(core);
            case ARRAY -> ArrayProxy.of(core, detail);
            case LOCK -> new LockProxy(core);
            case RLOCK -> new RLockProxy(core);
            case SEMAPHORE, BOUNDED_SEMAPHORE -> new SemaphoreProxy(core);
            case CONDITION -> new ConditionProxy(core);
            case EVENT -> new EventProxy(core);
            case BARRIER -> new BarrierProxy(core);
            case QUEUE -> new QueueProxy<>(core);
            case JOINABLE_QUEUE -> new JoinableQueueProxy<>(core);
            case POOL -> new PoolProxy(core);
            case REGISTERED -> InterfaceProxy.of(core);
            case SERVER -> new ManagerClient(core);
        };
    }
}
