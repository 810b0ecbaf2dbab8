package io.multiprocessing.manager;

import io.multiprocessing.ManagerEndedException;
import io.multiprocessing.SharedObject;
import io.multiprocessing.spi.Sendable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A proxy of a registered type: it is the user's interface. */
final class InterfaceProxy implements InvocationHandler {
    private static final @Nullable Object[] NOTHING = {};

    private final Core core;
    private final Class<?> type;

    private InterfaceProxy(Core core, Class<?> type) {
        this.core = core;
        this.type = type;
    }

    Core core() {
        return core;
    }

    /** @throws IllegalStateException if the interface is not known in this process */
    static SharedObject of(Core core) {
        Referent referent = core.referent();
        String name = referent != null && referent.target() instanceof ServedInstance instance
                ? instance.typeName()
                : (String) core.link().server().value("type", core.id());
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = ofThread == null ? ClassLoader.getSystemClassLoader() : ofThread;
        try {
            Class<?> type = Class.forName(name, false, loader);
            if (!type.isInterface()) {
                throw new IllegalStateException("the manager has an object of the class " + name
                        + ": methods that return proxies must return interfaces");
            }
            return (SharedObject) Proxy.newProxyInstance(
                    type.getClassLoader() == null ? InterfaceProxy.class.getClassLoader() : type.getClassLoader(),
                    new Class<?>[] {type, Sendable.class},
                    new InterfaceProxy(core, type));
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException(
                    "the manager has an object of the type " + name + ", which is not here", missing);
        }
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] given) throws Throwable {
        @Nullable Object[] arguments = given == null ? NOTHING : given;
        if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
                case "equals" -> core.equals(Proxies.coreOf(arguments[0]));
                case "hashCode" -> core.hashCode();
                default -> describe();
            };
        }
        if (method.getDeclaringClass() != type && !method.getDeclaringClass().isAssignableFrom(type)) {
            return switch (method.getName()) {
                case "context" -> core.context();
                default -> core.handle(0); // writeReplace
            };
        }
        String signature = ServedInstance.signature(method);
        boolean mayWait = List.of(method.getExceptionTypes()).contains(InterruptedException.class);
        return mayWait ? core.await(signature, arguments) : core.call(signature, arguments);
    }

    private String describe() {
        try {
            return (String) core.value("toString()");
        } catch (ManagerEndedException gone) {
            return type.getSimpleName() + "[of a manager that has ended]";
        }
    }
}
