package io.multiprocessing.local.connection;

import io.multiprocessing.Pipe;
import io.multiprocessing.codec.Departures;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.LocalObject;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.CellId;
import io.multiprocessing.local.segment.CrashPoint;
import io.multiprocessing.spi.Deadline;
import io.multiprocessing.spi.Uninterrupted;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One end of a pipe in shared memory, as this process has it; see {@link PipeState}. */
@SuppressWarnings("serial") // travels as a handle
public final class LocalConnection extends LocalObject implements ConnectionForms {
    private final PipeState pipe;
    private final int end;
    private final Cleaner.Cleanable release;
    private final @Nullable PipeReader reader;
    private final @Nullable PipeWriter writer;
    private volatile boolean closed;
    private volatile boolean unreadable;

    private LocalConnection(Home home, PipeState pipe, int end) {
        super(home, ObjectKind.CONNECTION, pipe.end(end));
        this.pipe = pipe;
        this.end = end;
        this.release = Cleaning.CLEANER.register(this, new Release(home, pipe, end, pipe.hold(end)));
        Way in = pipe.wayFrom(1 - end);
        Way out = pipe.wayFrom(end);
        this.reader = in == null ? null : new PipeReader(pipe, end, in, this);
        this.writer = out == null ? null : new PipeWriter(pipe, end, out, this);
    }

    /** Makes a pipe. */
    public static Pipe pipe(Home home, boolean duplex) {
        home.checkOpen();
        Cell cell = PipeState.make(home, duplex);
        return new Pipe(
                new LocalConnection(home, new PipeState(home, cell), 0),
                new LocalConnection(home, new PipeState(home, cell), 1));
    }

    /**
     * The end that a handle names.
     *
     * @throws io.multiprocessing.SegmentException if it is closed for good
     */
    public static LocalConnection resolve(Home home, CellId id) {
        PipeState pipe = new PipeState(home, PipeState.find(home, id));
        return new LocalConnection(home, pipe, pipe.indexOf(id));
    }

    /** Says that a handle of this end has arrived: from now on this process holds it. */
    public void arrived(int ticket) {
        CrashPoint.reached("pipe-K10");
        pipe.release(end, ticket);
    }

    @Override
    protected int newTicket() {
        checkOpen();
        int ticket = pipe.hold(end);
        Departures.add(new Release(home, pipe, end, ticket));
        return ticket;
    }

    @Override
    public boolean isReadable() {
        return reader != null && !unreadable;
    }

    @Override
    public boolean isWritable() {
        return writer != null;
    }

    @Override
    public boolean isClosed() {
        return closed || home.isClosed();
    }

    @Override
    public void write(Outgoing message, Deadline deadline) throws IOException, InterruptedException, TimeoutException {
        writer().write(message, deadline);
    }

    @Override
    public void read(Incoming target, Deadline deadline) throws InterruptedException, TimeoutException {
        if (!reader().read(target, deadline)) {
            throw new TimeoutException("no message came in time");
        }
    }

    @Override
    public boolean poll() {
        return Uninterrupted.get(() -> poll(Duration.ZERO));
    }

    @Override
    public boolean poll(Duration timeout) throws InterruptedException {
        return reader().poll(Deadline.after(timeout));
    }

    /** @throws IllegalStateException if this end is closed in this process */
    void checkOpen() {
        if (closed) {
            throw new IllegalStateException("this end of the connection is closed");
        }
        home.checkOpen();
    }

    @Override
    public void checkReadable() {
        reader();
    }

    @Override
    public void checkWritable() {
        writer();
    }

    /** Who has this end is a process of the same user. */
    @Override
    public void checkMayDecode() {
        reader();
    }

    @Override
    public void endReading() {
        if (writer == null) {
            close();
        } else {
            unreadable = true;
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        if (!home.isClosed()) {
            pipe.wakeAll();
        }
        release.clean();
    }

    @Override
    public String toString() {
        if (isClosed()) {
            return "Connection[closed]";
        }
        String ways = !isReadable() ? "sends" : !isWritable() ? "receives" : "sends and receives";
        return "Connection[" + (end == 0 ? "first" : "second") + " end of a pipe, " + ways
                + (pipe.isEnded(1 - end) ? ", the other end is closed]" : "]");
    }

    private PipeReader reader() {
        checkOpen();
        PipeReader known = reader;
        if (known == null) {
            throw new IllegalStateException("this end of the connection only sends");
        }
        if (unreadable) {
            throw new IllegalStateException(
                    "nothing more can be received here, since a message came that was longer than it might be");
        }
        return known;
    }

    private PipeWriter writer() {
        checkOpen();
        PipeWriter known = writer;
        if (known == null) {
            throw new IllegalStateException("this end of the connection only receives");
        }
        return known;
    }

    /** Removes a hold; it has no reference to the end, so it can be done when that has been collected. */
    private record Release(Home home, PipeState pipe, int end, int hold) implements Runnable {
        @Override
        public void run() {
            if (!home.isClosed()) {
                pipe.release(end, hold);
            }
        }
    }

    /** Closes ends that nobody has closed and nobody can reach any more, as Python does. */
    private static final class Cleaning {
        static final Cleaner CLEANER = Cleaner.create();
    }
}
