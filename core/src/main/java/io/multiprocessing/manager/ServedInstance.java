package io.multiprocessing.manager;

import io.multiprocessing.ReturnsProxy;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * An object of a user's class, of which the methods of one interface can be called, and no others. A method is named by
 * its signature, or by its name alone if there is only one of that name.
 */
final class ServedInstance implements Served {
    private static final ClassValue<Map<String, Method>> METHODS = new ClassValue<>() {
        @Override
        protected Map<String, Method> computeValue(Class<?> type) {
            return methodsOf(type);
        }
    };

    private final ObjectTable table;
    private final Object target;
    private final Class<?> type;

    /** @throws IllegalArgumentException if the object is not of the type */
    ServedInstance(ObjectTable table, Object target, Class<?> type) {
        if (!type.isInstance(target)) {
            throw new IllegalArgumentException(
                    "a " + target.getClass().getName() + " was made, which is not a " + type.getName());
        }
        this.table = table;
        this.target = target;
        this.type = type;
    }

    String typeName() {
        return type.getName();
    }

    @Override
    public @Nullable Object call(Call call) throws Exception {
        if (call.method().equals("toString()")) {
            return target.toString();
        }
        Method method = METHODS.get(type).get(call.method());
        if (method == null) {
            throw new IllegalArgumentException(
                    type.getName() + " has no method \"" + call.method() + "\" to be called");
        }
        if (method.getParameterCount() != call.arguments().length) {
            throw new IllegalArgumentException(call.method() + " takes " + method.getParameterCount()
                    + " arguments, not " + call.arguments().length);
        }
        Object result;
        try {
            result = method.invoke(target, call.arguments());
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof Error error) {
                throw error;
            }
            throw thrown.getCause() instanceof Exception exception ? exception : thrown;
        }
        return result != null && method.isAnnotationPresent(ReturnsProxy.class)
                ? table.add(Kind.REGISTERED, new ServedInstance(table, result, method.getReturnType()))
                : result;
    }

    /** The signature by which a method is called. */
    static String signature(Method method) {
        StringJoiner signature = new StringJoiner(",", method.getName() + "(", ")");
        for (Class<?> parameter : method.getParameterTypes()) {
            signature.add(parameter.getName());
        }
        return signature.toString();
    }

    private static void open(Method method, Class<?> type) {
        try {
            method.setAccessible(true);
        } catch (InaccessibleObjectException closed) {
            throw new IllegalArgumentException(
                    "the methods of " + type.getName() + " can't be called from here: let its module open the package "
                            + type.getPackageName() + " to io.multiprocessing, or export it and make the type public",
                    closed);
        }
    }

    /** @throws IllegalArgumentException if its methods can't be called */
    static void requireCallable(Class<?> type) {
        METHODS.get(type);
    }

    private static Map<String, Method> methodsOf(Class<?> type) {
        Map<String, Method> methods = new HashMap<>();
        Map<String, Integer> count = new HashMap<>();
        for (Method method : type.getMethods()) {
            if (!Modifier.isStatic(method.getModifiers())) {
                open(method, type);
                methods.putIfAbsent(signature(method), method);
                count.merge(method.getName(), 1, Integer::sum);
            }
        }
        for (Method method : Map.copyOf(methods).values()) {
            if (count.getOrDefault(method.getName(), 0) == 1) {
                methods.put(method.getName(), method);
            }
        }
        return Map.copyOf(methods);
    }
}
