package io.multiprocessing.codec;

import io.multiprocessing.RemoteException;
import io.multiprocessing.UnreadableMessageException;
import java.io.IOException;
import java.io.NotSerializableException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Exceptions. An exception travels as a description, from which its reader can make at least a {@link RemoteException}, and
 * where it can be had, with the object itself by Java serialization. Common exceptions of the JDK need no more than the
 * description, see {@link DescribedThrowables}.
 *
 * <p>After the tag: the class name as text, the message as text or null, the count of stack frames, each as loader, module and version or nulls,
 * class, method, file or null, and line; the count of the bytes of the serialized object, and these; a byte, 1 if there is a cause, and
 * then the cause in this form without a tag; the count of suppressed exceptions, and these likewise.
 */
final class ThrowableForm extends Form {
    /** Causes that lie deeper are left out. */
    private static final int MAXIMUM_DEPTH = 100;

    @Override
    void write(Object value, Encoder out) throws NotSerializableException {
        if (!out.isReference(value)) {
            out.writeByte(Tag.THROWABLE);
            new Writer(out).write((Throwable) value, true, 0);
        }
    }

    private static final class Writer {
        private final Encoder out;
        private final Set<Throwable> described = Collections.newSetFromMap(new IdentityHashMap<>());

        Writer(Encoder out) {
            this.out = out;
        }

        void write(Throwable throwable, boolean isObjectNeeded, int depth) {
            described.add(throwable);
            out.writeText(throwable.getClass().getName());
            out.writeOptionalText(throwable.getMessage());
            StackTraceElement[] trace = throwable.getStackTrace();
            out.writeCount(trace.length);
            for (StackTraceElement frame : trace) {
                writeFrame(frame);
            }
            byte[] object = isObjectNeeded && !DescribedThrowables.suffices(throwable.getClass())
                    ? serialized(throwable)
                    : new byte[0];
            out.writeCount(object.length);
            out.writeBytes(object, 0, object.length);
            boolean areObjectsNeeded = isObjectNeeded && object.length == 0;
            Throwable cause = throwable.getCause();
            if (cause == null || depth == MAXIMUM_DEPTH || described.contains(cause)) {
                out.writeByte(0);
            } else {
                out.writeByte(1);
                write(cause, areObjectsNeeded, depth + 1);
            }
            Throwable[] suppressed = throwable.getSuppressed();
            int count = 0;
            while (count < suppressed.length && depth < MAXIMUM_DEPTH && !described.contains(suppressed[count])) {
                count++;
            }
            out.writeCount(count);
            for (int i = 0; i < count; i++) {
                write(suppressed[i], areObjectsNeeded, depth + 1);
            }
        }

        /** What a printed trace shows of a frame: not the loaders and versions that come with the JDK. */
        private void writeFrame(StackTraceElement frame) {
            String loader = frame.getClassLoaderName();
            String module = frame.getModuleName();
            boolean isOfJdk = module != null && (module.startsWith("java.") || module.startsWith("jdk."));
            out.writeOptionalText("app".equals(loader) || "platform".equals(loader) ? null : loader);
            out.writeOptionalText(module);
            out.writeOptionalText(isOfJdk ? null : frame.getModuleVersion());
            out.writeText(frame.getClassName());
            out.writeText(frame.getMethodName());
            out.writeOptionalText(frame.getFileName());
            out.writeInt(frame.getLineNumber());
        }
    }

    /** The object, or no bytes if it can't be had: an exception that can't be sent is no reason to lose it. */
    private static byte[] serialized(Throwable throwable) {
        try {
            return JavaSerialization.write(throwable);
        } catch (NotSerializableException | RuntimeException | StackOverflowError refused) {
            return new byte[0];
        }
    }

    static Object read(Decoder in) {
        int number = in.reserve();
        Throwable throwable = read(in, 0);
        in.remember(number, throwable);
        return throwable;
    }

    @SuppressWarnings("ReferenceEquality") // an exception can't suppress itself
    private static Throwable read(Decoder in, int depth) {
        if (depth > MAXIMUM_DEPTH) {
            throw new UnreadableMessageException("the message is damaged: causes nested too deep");
        }
        String type = in.readText();
        String message = in.readOptionalText();
        int frames = in.readCount();
        in.requireRemaining(frames);
        StackTraceElement[] trace = new StackTraceElement[frames];
        for (int i = 0; i < frames; i++) {
            trace[i] = readFrame(in);
        }
        byte[] object = in.readBytes(in.readCount());
        Throwable cause = in.readByte() == 0 ? null : read(in, depth + 1);
        Throwable itself = object.length == 0 ? null : deserialized(object, in.loader());
        boolean isMadeHere = itself == null;
        if (itself == null) {
            itself = DescribedThrowables.make(type, message, trace, cause);
        }
        if (itself == null) {
            itself = new RemoteException(type, message, trace, cause);
        }
        for (int suppressed = in.readCount(); suppressed > 0; suppressed--) {
            Throwable read = read(in, depth + 1);
            if (isMadeHere && read != itself) {
                itself.addSuppressed(read);
            }
        }
        return itself;
    }

    private static StackTraceElement readFrame(Decoder in) {
        return new StackTraceElement(
                in.readOptionalText(),
                in.readOptionalText(),
                in.readOptionalText(),
                in.readText(),
                in.readText(),
                in.readOptionalText(),
                in.readInt());
    }

    private static @Nullable Throwable deserialized(byte[] object, ClassLoader loader) {
        try {
            return JavaSerialization.read(object, loader) instanceof Throwable throwable ? throwable : null;
        } catch (IOException | ClassNotFoundException | RuntimeException | LinkageError missing) {
            return null; // the description will do
        }
    }
}
