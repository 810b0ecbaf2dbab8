package io.multiprocessing.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Proxy;

/**
 * Java serialization that finds classes by a loader and makes no more than its bytes allow. The filter of the JVM, which
 * users set by {@code jdk.serialFilter}, has its say too.
 */
final class LimitedObjectInput extends ObjectInputStream {
    private final ClassLoader loader;
    private final Limits limits = new Limits();

    LimitedObjectInput(InputStream in, ClassLoader loader) throws IOException {
        super(in);
        this.loader = loader;
        setObjectInputFilter(limits);
    }

    /** Says that so many bytes more are there. */
    void allow(int bytes) {
        limits.bytes += bytes;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description) throws ClassNotFoundException {
        Class<?> primitive = Class.forPrimitiveName(description.getName());
        return primitive != null ? primitive : Class.forName(description.getName(), false, loader);
    }

    @Override
    @SuppressWarnings("deprecation") // the replacement for getProxyClass makes an instance, which is not ours to make
    protected Class<?> resolveProxyClass(String[] interfaces) throws ClassNotFoundException {
        Class<?>[] found = new Class<?>[interfaces.length];
        for (int i = 0; i < found.length; i++) {
            found[i] = Class.forName(interfaces[i], false, loader);
        }
        try {
            return Proxy.getProxyClass(loader, found);
        } catch (IllegalArgumentException notInterfaces) {
            throw new ClassNotFoundException(notInterfaces.getMessage(), notInterfaces);
        }
    }

    /** What a stream may claim, in proportion to its bytes. */
    private static final class Limits implements ObjectInputFilter {
        private static final int MAXIMUM_DEPTH = 1000;

        /** Tables of maps are larger than what they hold. */
        private static final int ELEMENTS_OF_A_BYTE = 8;

        private static final int FREE_ELEMENTS = 1024;

        private long bytes;
        private long elements;

        @Override
        public Status checkInput(FilterInfo info) {
            if (info.arrayLength() >= 0) {
                elements += info.arrayLength() * width(info.serialClass());
            }
            if (info.depth() > MAXIMUM_DEPTH
                    || info.references() > bytes
                    || elements > ELEMENTS_OF_A_BYTE * bytes + FREE_ELEMENTS) {
                return Status.REJECTED;
            }
            ObjectInputFilter ofJvm = ObjectInputFilter.Config.getSerialFilter();
            return ofJvm == null ? Status.UNDECIDED : ofJvm.checkInput(info);
        }

        /** The least bytes that an element takes in the stream. */
        private static long width(Class<?> array) {
            Class<?> component = array.getComponentType();
            if (component == long.class || component == double.class) {
                return 8;
            } else if (component == int.class || component == float.class) {
                return 4;
            }
            return component == short.class || component == char.class ? 2 : 1;
        }
    }
}
