package io.multiprocessing.codec;

import io.multiprocessing.UnreadableMessageException;
import java.io.IOException;
import java.io.NotSerializableException;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Serializable lambdas and method references. After the tag come the class whose code they are of as a type; as texts the
 * interface, its method and descriptor, and the class, name and descriptor of the method that does the work, and the
 * descriptor of the instance; two bytes, the kind of that method and the number of captured values; and these values.
 *
 * <p>The class makes the lambda itself, by the method that the compiler gave it for that: so bytes can't name any code
 * but what is a serializable lambda there.
 */
final class LambdaForm extends Form {
    private static final String MAKER = "$deserializeLambda$";

    @Override
    void write(Object value, Encoder out) throws NotSerializableException {
        if (out.isReference(value)) {
            return;
        }
        SerializedLambda lambda = Lambdas.describe(value);
        if (lambda == null) {
            throw Unwritable.because(value, " is of a hidden class, which nobody else can know");
        }
        int begun = out.begin();
        out.writeByte(Tag.LAMBDA);
        out.writeType(NamedType.of(capturingClass(lambda, value)));
        out.writeText(lambda.getFunctionalInterfaceClass());
        out.writeText(lambda.getFunctionalInterfaceMethodName());
        out.writeText(lambda.getFunctionalInterfaceMethodSignature());
        out.writeText(lambda.getImplClass());
        out.writeText(lambda.getImplMethodName());
        out.writeText(lambda.getImplMethodSignature());
        out.writeText(lambda.getInstantiatedMethodType());
        out.writeByte(lambda.getImplMethodKind());
        out.writeByte(lambda.getCapturedArgCount());
        for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
            try {
                out.writeValue(lambda.getCapturedArg(i));
            } catch (Unwritable refused) {
                throw refused.at("<" + CapturedVariables.name(lambda, i) + ">");
            }
        }
        out.end(begun);
    }

    private static Class<?> capturingClass(SerializedLambda lambda, Object value) throws NotSerializableException {
        String name = lambda.getCapturingClass().replace('/', '.');
        try {
            return Class.forName(name, false, value.getClass().getClassLoader());
        } catch (ClassNotFoundException hidden) {
            throw Unwritable.because(value, " comes from " + name + ", which nobody else can know", hidden);
        }
    }

    static Object read(Decoder in) {
        int number = in.reserve();
        Class<?> capturing = in.readType().type();
        String interfaceClass = in.readText();
        String interfaceMethod = in.readText();
        String interfaceDescriptor = in.readText();
        String implementationClass = in.readText();
        String implementationMethod = in.readText();
        String implementationDescriptor = in.readText();
        String instantiatedDescriptor = in.readText();
        int kind = in.readByte();
        int count = in.readByte() & 0xff;
        in.claim(count);
        @Nullable Object[] captured = new Object[count];
        ObjectArrayForm.readElements(captured, in);
        var lambda = new SerializedLambda(
                capturing,
                interfaceClass,
                interfaceMethod,
                interfaceDescriptor,
                kind,
                implementationClass,
                implementationMethod,
                implementationDescriptor,
                instantiatedDescriptor,
                captured);
        Object made = make(lambda, capturing, in.loader());
        in.remember(number, made);
        return made;
    }

    /** @throws UnreadableMessageException if the class has no such lambda */
    static Object make(SerializedLambda lambda, Class<?> capturing, ClassLoader loader) {
        try {
            Method maker = capturing.getDeclaredMethod(MAKER, SerializedLambda.class);
            if (!Modifier.isStatic(maker.getModifiers()) || !maker.isSynthetic()) {
                throw new NoSuchMethodException(MAKER);
            }
            Object made = maker.trySetAccessible()
                    ? maker.invoke(null, lambda)
                    // Its package is not open to us; Java serialization may do what we may not.
                    : JavaSerialization.read(JavaSerialization.write(lambda), loader);
            return Objects.requireNonNull(made);
        } catch (InvocationTargetException refused) {
            throw otherVersion(capturing, Objects.requireNonNullElse(refused.getCause(), refused));
        } catch (ReflectiveOperationException | IOException missing) {
            throw otherVersion(capturing, missing);
        }
    }

    private static UnreadableMessageException otherVersion(Class<?> capturing, Throwable cause) {
        if (cause instanceof VirtualMachineError error) {
            throw error;
        }
        return new UnreadableMessageException(
                "the message was written by another version of " + capturing + ": it has no such lambda", cause);
    }
}
