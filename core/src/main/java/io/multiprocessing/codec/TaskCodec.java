package io.multiprocessing.codec;

import io.multiprocessing.Task;
import io.multiprocessing.TaskNotSerializableException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.SerializedLambda;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tasks to bytes and back. A lambda or method reference is written as the method it stands for and what it captures,
 * and read as a {@link MethodTask}, which calls that method: to make the lambda anew would cost a fresh JVM more time
 * than all the rest of its start. Any other task goes by Java serialization.
 */
public final class TaskCodec {
    private static final int LAMBDA = 1;
    private static final int OBJECT = 2;

    private TaskCodec() {}

    /**
     * @throws TaskNotSerializableException if the task, or something it captures, can't be sent; the message names the
     *     captured variable and its class
     */
    public static byte[] write(Task task) {
        Objects.requireNonNull(task, "task");
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            if (task instanceof MethodTask again) {
                writeLambda(again.lambda(), out);
            } else if (replacement(task) instanceof SerializedLambda lambda) {
                requireKnownToChildren(task.getClass());
                writeLambda(lambda, out);
            } else {
                requireKnownToChildren(task.getClass());
                writeObject(task, out);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** Reads what {@link #write} wrote, in a process that may be another one. */
    public static Task read(byte[] bytes, ClassLoader loader) throws IOException, ClassNotFoundException {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readUnsignedByte() == OBJECT) {
                return (Task) Objects.requireNonNull(ValueCodec.read(in, loader));
            }
            String capturingClass = ValueCodec.readText(in);
            String interfaceMethod = ValueCodec.readText(in);
            String implementationClass = ValueCodec.readText(in);
            String implementationMethod = ValueCodec.readText(in);
            String implementationDescriptor = ValueCodec.readText(in);
            String instantiatedDescriptor = ValueCodec.readText(in);
            int kind = in.readUnsignedByte();
            @Nullable Object[] captured = new Object[in.readUnsignedByte()];
            for (int i = 0; i < captured.length; i++) {
                captured[i] = ValueCodec.read(in, loader);
            }
            var lambda = new SerializedLambda(
                    Class.forName(capturingClass.replace('/', '.'), false, loader),
                    Task.class.getName().replace('.', '/'),
                    interfaceMethod,
                    "()V",
                    kind,
                    implementationClass,
                    implementationMethod,
                    implementationDescriptor,
                    instantiatedDescriptor,
                    captured);
            return new MethodTask(lambda, loader);
        }
    }

    private static void writeLambda(SerializedLambda lambda, DataOutputStream out) throws IOException {
        out.writeByte(LAMBDA);
        ValueCodec.writeText(lambda.getCapturingClass(), out);
        ValueCodec.writeText(lambda.getFunctionalInterfaceMethodName(), out);
        ValueCodec.writeText(lambda.getImplClass(), out);
        ValueCodec.writeText(lambda.getImplMethodName(), out);
        ValueCodec.writeText(lambda.getImplMethodSignature(), out);
        ValueCodec.writeText(lambda.getInstantiatedMethodType(), out);
        out.writeByte(lambda.getImplMethodKind());
        out.writeByte(lambda.getCapturedArgCount());
        for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
            Object captured = lambda.getCapturedArg(i);
            try {
                ValueCodec.write(captured, out);
            } catch (NotSerializableException refused) {
                throw refused(CapturedVariables.name(lambda, i), captured, refused);
            }
        }
    }

    private static void writeObject(Task task, DataOutputStream out) throws IOException {
        out.writeByte(OBJECT);
        try {
            ValueCodec.write(task, out);
        } catch (NotSerializableException refused) {
            throw refused("the task", task, refused);
        }
    }

    private static TaskNotSerializableException refused(String what, Object value, NotSerializableException refused) {
        String type = value.getClass().getName();
        String culprit = Objects.requireNonNullElse(refused.getMessage(), type);
        return new TaskNotSerializableException(
                "the task can't be sent to another process: " + what + " is a " + type
                        + (culprit.equals(type) ? ", which is" : ", which holds a " + culprit + ", and that is")
                        + " not Serializable. Capture a shared object or plain data instead, or make it in the task",
                refused);
    }

    /** A child has the class path of its parent and no class loader beside it. */
    @SuppressWarnings("ReferenceEquality") // a class loader is itself
    private static void requireKnownToChildren(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        if (loader != null
                && loader != ClassLoader.getSystemClassLoader()
                && loader != ClassLoader.getPlatformClassLoader()) {
            throw new TaskNotSerializableException(
                    "the task can't be sent to another process: its class " + type.getName() + " was loaded by "
                            + loader + ", and a child has only the class path. Compile it and put it there");
        }
    }

    /** What Java serialization would write in place of an object: for a lambda its description. */
    private static @Nullable Object replacement(Task task) {
        try (var finder = new ReplacementFinder()) {
            finder.writeObject(task);
            return finder.found;
        } catch (IOException notALambda) {
            return null;
        }
    }

    private static final class ReplacementFinder extends ObjectOutputStream {
        @Nullable
        Object found;

        ReplacementFinder() throws IOException {
            super(OutputStream.nullOutputStream());
            enableReplaceObject(true);
        }

        @Override
        protected @Nullable Object replaceObject(Object object) {
            found = object;
            return null;
        }
    }
}
