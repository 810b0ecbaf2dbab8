package io.multiprocessing.codec;

import io.multiprocessing.Task;
import java.io.IOException;
import java.io.Serial;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A task that came as a lambda: calls the method that the lambda's body was compiled to, or makes the lambda anew. */
@SuppressWarnings("serial") // TaskCodec writes it as the lambda it came as
final class MethodTask implements Task {
    private static final int LINKED_ARGUMENTS = 2;

    private final transient SerializedLambda lambda;
    private final transient ClassLoader loader;

    MethodTask(SerializedLambda lambda, ClassLoader loader) {
        this.lambda = lambda;
        this.loader = loader;
    }

    SerializedLambda lambda() {
        return lambda;
    }

    @Override
    public void run() throws Exception {
        Executable body = body();
        if (isLinkedSoon(body) && body.trySetAccessible()) {
            call(body);
        } else {
            Class<?> capturing = Class.forName(lambda.getCapturingClass().replace('/', '.'), true, loader);
            ((Task) LambdaForm.make(lambda, capturing, loader)).run();
        }
    }

    /**
     * The JDK links a call by reflection anew for each number and kind of arguments. What the cache of prepared classes has not seen
     * costs a fresh JVM 60 ms for three arguments, more than the lambda.
     */
    private static boolean isLinkedSoon(Executable body) {
        Class<?>[] types = body.getParameterTypes();
        if (types.length > LINKED_ARGUMENTS) {
            return false;
        }
        for (Class<?> type : types) {
            if (type.isPrimitive()) {
                return false;
            }
        }
        return true;
    }

    private void call(Executable body) throws Exception {
        @Nullable Object[] captured = new Object[lambda.getCapturedArgCount()];
        for (int i = 0; i < captured.length; i++) {
            captured[i] = lambda.getCapturedArg(i);
        }
        try {
            call(body, captured);
        } catch (InvocationTargetException thrown) {
            throw unwrap(thrown);
        }
    }

    private void call(Executable body, @Nullable Object[] captured) throws ReflectiveOperationException {
        // A switch over types would cost a fresh JVM 5 ms to link.
        if (body instanceof Constructor<?> constructor) {
            constructor.newInstance(captured);
        } else if (lambda.getImplMethodKind() == MethodHandleInfo.REF_invokeStatic) {
            ((Method) body).invoke(null, captured);
        } else {
            ((Method) body).invoke(captured[0], Arrays.copyOfRange(captured, 1, captured.length));
        }
    }

    private Executable body() throws ClassNotFoundException, NoSuchMethodException {
        Class<?> owner = Class.forName(lambda.getImplClass().replace('/', '.'), true, loader);
        Executable[] candidates = lambda.getImplMethodKind() == MethodHandleInfo.REF_newInvokeSpecial
                ? owner.getDeclaredConstructors()
                : owner.getDeclaredMethods();
        for (Executable candidate : candidates) {
            if ((candidate instanceof Constructor<?> || candidate.getName().equals(lambda.getImplMethodName()))
                    && lambda.getImplMethodSignature().startsWith(parameters(candidate))) {
                return candidate;
            }
        }
        throw new NoSuchMethodException(owner.getName() + "." + lambda.getImplMethodName()
                + lambda.getImplMethodSignature() + ": the parent runs another version of this class");
    }

    private static String parameters(Executable candidate) {
        var descriptor = new StringBuilder("(");
        for (Class<?> parameter : candidate.getParameterTypes()) {
            descriptor.append(parameter.descriptorString());
        }
        return descriptor.append(')').toString();
    }

    private static Exception unwrap(InvocationTargetException thrown) {
        return switch (thrown.getCause()) {
            case Exception exception -> exception;
            case Error error -> throw error;
            case null, default -> thrown;
        };
    }

    @Serial
    private Object writeReplace() throws IOException {
        return lambda;
    }
}
