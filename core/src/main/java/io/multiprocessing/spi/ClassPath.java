package io.multiprocessing.spi;

/** The class path, on which all processes of a program look for classes. */
public final class ClassPath {
    private ClassPath() {}

    /** @throws IllegalArgumentException if there is no such class */
    public static void require(String className) {
        try {
            Class.forName(className, false, ClassLoader.getSystemClassLoader());
        } catch (ClassNotFoundException | LinkageError missing) {
            throw new IllegalArgumentException(
                    "there is no class \"" + className + "\" on the class path, where processes look for it", missing);
        }
    }
}
