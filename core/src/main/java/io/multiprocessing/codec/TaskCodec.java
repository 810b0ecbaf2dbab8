package io.multiprocessing.codec;

import io.multiprocessing.Task;
import io.multiprocessing.TaskNotSerializableException;
import java.io.IOException;
import java.io.NotSerializableException;
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
        try (Encoder out = Encoder.standard()) {
            SerializedLambda lambda = Lambdas.describe(task);
            if (!(task instanceof MethodTask)) {
                requireKnownToChildren(task.getClass());
            }
            if (lambda != null) {
                writeLambda(lambda, out);
            } else {
                writeObject(task, out);
            }
            return out.toBytes();
        }
    }

    /**
     * Reads what {@link #write} wrote, in a process that may be another one. The bytes must come from who may say what is
     * run here: they can name any method.
     *
     * @throws IOException if the bytes are damaged
     * @throws IllegalStateException if a shared object in them can't be had
     */
    public static Task read(byte[] bytes, ClassLoader loader) throws IOException, ClassNotFoundException {
        try (Decoder in = new Decoder(loader).over(bytes, 0, bytes.length)) {
            int form = in.readByte();
            if (form == LAMBDA) {
                return readLambda(in);
            } else if (form == OBJECT) {
                return (Task) Objects.requireNonNull(in.readValue());
            }
            throw new IOException("an unknown form of tasks: " + form);
        } catch (IllegalStateException ofAnObject) {
            throw ofAnObject; // as when the context of a shared object is gone
        } catch (RuntimeException | StackOverflowError damaged) {
            throw new IOException("the task can't be read: " + damaged.getMessage(), damaged);
        }
    }

    private static Task readLambda(Decoder in) throws ClassNotFoundException {
        String capturingClass = in.readText();
        String interfaceMethod = in.readText();
        String implementationClass = in.readText();
        String implementationMethod = in.readText();
        String implementationDescriptor = in.readText();
        String instantiatedDescriptor = in.readText();
        int kind = in.readByte();
        @Nullable Object[] captured = new Object[in.readByte() & 0xff];
        for (int i = 0; i < captured.length; i++) {
            captured[i] = in.readValue();
        }
        var lambda = new SerializedLambda(
                Class.forName(capturingClass.replace('/', '.'), false, in.loader()),
                Task.class.getName().replace('.', '/'),
                interfaceMethod,
                "()V",
                kind,
                implementationClass,
                implementationMethod,
                implementationDescriptor,
                instantiatedDescriptor,
                captured);
        return new MethodTask(lambda, in.loader());
    }

    private static void writeLambda(SerializedLambda lambda, Encoder out) {
        out.writeByte(LAMBDA);
        out.writeText(lambda.getCapturingClass());
        out.writeText(lambda.getFunctionalInterfaceMethodName());
        out.writeText(lambda.getImplClass());
        out.writeText(lambda.getImplMethodName());
        out.writeText(lambda.getImplMethodSignature());
        out.writeText(lambda.getInstantiatedMethodType());
        out.writeByte(lambda.getImplMethodKind());
        out.writeByte(lambda.getCapturedArgCount());
        for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
            Object captured = lambda.getCapturedArg(i);
            try {
                out.writeValue(captured);
            } catch (NotSerializableException refused) {
                throw refused(CapturedVariables.name(lambda, i), captured, refused);
            }
        }
    }

    private static void writeObject(Task task, Encoder out) {
        out.writeByte(OBJECT);
        try {
            out.writeValue(task);
        } catch (NotSerializableException refused) {
            throw refused("the task", task, refused);
        }
    }

    private static TaskNotSerializableException refused(String what, Object value, NotSerializableException refused) {
        String type = value.getClass().getName();
        String culprit = Unwritable.culprit(refused, value);
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
}
