package io.multiprocessing;

/**
 * A block of shared memory can't be made under a name that one bears already, of whichever program. Source: Python's
 * {@code FileExistsError}.
 */
public class SharedMemoryExistsException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final String name;

    public SharedMemoryExistsException(String name) {
        super("there is a block of shared memory named \"" + name + "\" already; sharedMemory(\"" + name
                + "\") attaches to it, and unlink() frees the name");
        this.name = name;
    }

    /** The name that is taken. */
    public String name() {
        return name;
    }
}
