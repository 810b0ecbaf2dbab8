package io.multiprocessing.manager;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One end of a channel between two threads of one process. */
final class ThreadChannel implements Channel {
    private final Way in;
    private final Way out;

    private ThreadChannel(Way in, Way out) {
        this.in = in;
        this.out = out;
    }

    /** Both ends of a new channel. */
    static Channel[] pair() {
        Way one = new Way();
        Way other = new Way();
        return new Channel[] {new ThreadChannel(one, other), new ThreadChannel(other, one)};
    }

    /** What connects to a server of this process. */
    static Connector to(Server server) {
        return new Connector() {
            @Override
            public Channel connect() throws IOException {
                Channel[] pair = pair();
                server.serve(pair[1], true);
                return pair[0];
            }

            @Override
            public boolean isServerGone() {
                return false;
            }
        };
    }

    @Override
    public void send(byte[] frame) throws IOException {
        out.put(frame);
    }

    @Override
    public byte @Nullable [] receive() throws InterruptedException {
        return in.take();
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        return in.await(timeout);
    }

    @Override
    public Thread.Builder threads() {
        return Thread.ofVirtual();
    }

    @Override
    public void close() {
        in.end();
        out.end();
    }

    private static final class Way {
        private final Deque<byte[]> frames = new ArrayDeque<>();
        private boolean isEnded;

        synchronized void put(byte[] frame) throws IOException {
            if (isEnded) {
                throw new IOException("the other end is closed");
            }
            frames.addLast(frame);
            notifyAll();
        }

        synchronized byte @Nullable [] take() throws InterruptedException {
            while (frames.isEmpty() && !isEnded) {
                wait();
            }
            return frames.pollFirst();
        }

        synchronized boolean await(Duration timeout) throws InterruptedException {
            Patience patience = new Patience(Patience.nanos(timeout));
            while (frames.isEmpty() && !isEnded) {
                if (!patience.await(this)) {
                    return false;
                }
            }
            return true;
        }

        synchronized void end() {
            isEnded = true;
            notifyAll();
        }
    }
}
