package io.multiprocessing.local.process;

import io.multiprocessing.Task;

/**
 * Gets ready for a task that is known by its class only, and runs nothing of it. A child does so in a thread of its own while it
 * takes its place in the context: to open the class path, to load a class and to link a call by reflection is half of what
 * it has to do.
 */
public final class Ahead implements Runnable {
    private static final String OF_LAMBDAS = "$$Lambda";

    private final String origin;

    private Ahead(String origin) {
        this.origin = origin;
    }

    /** The name of the class that a task comes from; a lambda is compiled to a method of it. */
    static String origin(Task task) {
        String name = task.getClass().getName();
        int mark = name.indexOf(OF_LAMBDAS);
        return mark < 0 ? name : name.substring(0, mark);
    }

    /**
     * Begins.
     *
     * @param origin the class that the task comes from, which may be missing: then the task will say so
     */
    public static void begin(String origin) {
        Thread thread = new Thread(new Ahead(origin), "multiprocessing-ahead");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        link(origin);
        try {
            Ahead.class.getDeclaredMethod("nothing").invoke(null);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError("its own method is missing", impossible);
        }
    }

    /**
     * Loads a class and verifies it: to ask for its methods takes that much. It opens the class path as far as it must to find
     * it.
     */
    static void link(String name) {
        try {
            var _ = Class.forName(name, false, ClassLoader.getSystemClassLoader())
                    .getDeclaredMethods();
        } catch (ClassNotFoundException | LinkageError leftToTheTask) {
            // It will say so.
        }
    }

    /** Is called as tasks are. */
    @SuppressWarnings("UnusedMethod") // by reflection
    private static void nothing() {}
}
