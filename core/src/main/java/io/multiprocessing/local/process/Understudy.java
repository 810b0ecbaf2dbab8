package io.multiprocessing.local.process;

import io.multiprocessing.local.os.Os;
import io.multiprocessing.local.os.Redirection;
import io.multiprocessing.local.segment.CrashPoint;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A stand-by JVM as it sees itself: it waits for its part, and answers whether it has taken it. {@link StandBy} is the
 * other side, and says what holds when one of the two dies.
 */
public final class Understudy {
    /** Stands in the arguments of a child where other children have their place in the context. */
    public static final String ARGUMENT = "stand-by";

    /** Stands in the arguments between the classes to initialize and those that may be needed. */
    static final String MAY_COME = "--";

    /** Everything is loaded, and an order can come. The pid of this JVM's undertaker follows, or 0 if it has none. */
    static final int READY = 'R';

    static final int READY_BYTES = 1 + Long.BYTES;

    /** The place in the context is taken, and the task will be run. */
    static final int TAKEN = 'T';

    private static final String UNDERTAKER_PROPERTY = "multiprocessing.standby.undertaker";

    /** Where standard input leads until an order comes. */
    private static final String NOWHERE = "/dev/null";

    private final InputStream control;
    private final OutputStream answers;

    private Understudy(InputStream control, OutputStream answers) {
        this.control = control;
        this.answers = answers;
    }

    public static Understudy begin() throws IOException {
        var understudy =
                new Understudy(new FileInputStream(Os.CONTROL.toString()), new FileOutputStream(Os.ANSWERS.toString()));
        Os.current().endAnswers();
        return understudy;
    }

    /** Reads an order and follows it, though it says nothing new, so that the next one is followed faster. */
    public static void rehearse() throws IOException {
        Payload payload = new Payload("", "", true, "", 0, 0, List.of(""), new byte[1]);
        byte[] bytes = new Order(0, NOWHERE, Redirection.AS_IT_IS, Redirection.AS_IT_IS, payload.toBytes()).toBytes();
        Order order = Order.read(new ByteArrayInputStream(bytes));
        Payload.read(order.payload());
        follow(order);
        FileChannel.open(Path.of(NOWHERE), StandardOpenOption.READ).close();
        new FileInputStream(NOWHERE).close();
        new FileOutputStream(NOWHERE).close();
        Os.current().rehearseUndertaker();
    }

    /**
     * Gets ready for tasks of the user.
     *
     * @param arguments those of this process: from the third on the classes to initialize, {@link #MAY_COME}, and those
     *     that tasks came from before
     */
    public static void prepare(String[] arguments) {
        List<String> names = List.of(arguments).subList(2, arguments.length);
        int end = names.indexOf(MAY_COME);
        preload(names.subList(0, end));
        names.subList(end + 1, names.size()).forEach(Ahead::link);
    }

    /** Loads and initializes classes of the user. One that fails will fail for the task that uses it, too. */
    private static void preload(List<String> names) {
        for (String name : names) {
            try {
                Class.forName(name, true, ClassLoader.getSystemClassLoader());
            } catch (ClassNotFoundException | LinkageError leftToTheTask) {
                // It will say so.
            }
        }
    }

    /**
     * Says that an order may come, waits for it, and lets the standard streams lead where it says.
     *
     * @return which place in the context is reserved for this process, and what it is to do
     * @throws IOException if the parent is gone, or a stream can't be opened
     */
    public Order awaitOrder() throws IOException {
        answerReady();
        Order order = Order.read(control);
        CrashPoint.reached("standby-K3");
        follow(order);
        return order;
    }

    private static void follow(Order order) throws IOException {
        reopen(0, order.stdin());
        reopen(1, order.stdout());
        reopen(2, order.stderr());
    }

    private static void reopen(int stream, String path) throws IOException {
        if (!path.equals(Redirection.AS_IT_IS)) {
            Os.current().reopen(stream, path);
        }
    }

    /** Says that this process has taken the task, which it must not begin before. */
    public void take() throws IOException {
        CrashPoint.reached("standby-K4");
        answers.write(TAKEN);
        CrashPoint.reached("standby-K5");
        answers.close();
        control.close();
    }

    private void answerReady() throws IOException {
        boolean wanted = Boolean.parseBoolean(System.getProperty(UNDERTAKER_PROPERTY, "true"));
        long undertaker = wanted ? Os.current().engageUndertaker() : 0;
        CrashPoint.reached("standby-K6");
        answers.write(ByteBuffer.allocate(READY_BYTES)
                .put((byte) READY)
                .putLong(undertaker)
                .array());
    }
}
