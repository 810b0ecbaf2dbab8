package io.multiprocessing.manager;

import io.multiprocessing.UnreadableMessageException;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One channel to a client, as the server serves it, on a thread of its own: so a call that waits holds up nobody else. A
 * client calls by as many sessions as it has calls at a time, and says the rest by its control session, which is always
 * being read: so its end is seen at once, whatever its calls wait for.
 */
final class Session implements Runnable {
    private static final long NONE = -1;

    /** For how long what a client has said before it went is waited for; on this machine it is there already. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Server server;
    private final Channel channel;
    private final boolean isTrusted;
    private long number;
    private @Nullable Thread thread;
    private long running = NONE;
    private long cancelled = NONE;
    private boolean isAnswering;
    private boolean awaitsReceipt;
    private volatile boolean isEnded;

    /** @param isTrusted whether the client may have code of its own run here */
    Session(Server server, Channel channel, boolean isTrusted) {
        this.server = server;
        this.channel = channel;
        this.isTrusted = isTrusted;
    }

    long number() {
        return number;
    }

    boolean isTrusted() {
        return isTrusted;
    }

    @Override
    public void run() {
        try (channel) {
            byte[] hello = channel.receive();
            if (hello != null) {
                greet(Hello.read(hello));
            }
        } catch (UnreadableMessageException garbage) {
            System.getLogger("io.multiprocessing")
                    .log(System.Logger.Level.WARNING, "a client of the manager was dropped: {0}", garbage.getMessage());
        } catch (IOException | IllegalStateException ended) {
            // its end is told to the client that has it
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Interrupts the call if it still runs, or as soon as it does. */
    synchronized void cancel(long call) {
        cancelled = Math.max(cancelled, call);
        if (running == call && thread != null) {
            thread.interrupt();
        }
    }

    /** Waits until no call runs and what the last one came to is told, or the time is over. */
    synchronized void awaitDone(Patience patience) throws InterruptedException {
        while (isAnswering && patience.await(this)) {
            // waits on
        }
    }

    /**
     * The client is gone, or is sent away: ends what it does and the channel; what the call came to by that is told to nobody. That the client has
     * received what it took is heard nevertheless, if it has said so.
     */
    void end() {
        isEnded = true;
        synchronized (this) {
            if (running != NONE && thread != null) {
                thread.interrupt();
            }
            if (awaitsReceipt) {
                Thread.ofVirtual().name("multiprocessing-manager-last-words").start(this::closeLater);
                return;
            }
        }
        channel.close();
    }

    private void closeLater() {
        try {
            Thread.sleep(LAST_WORDS);
        } catch (InterruptedException never) {
            Thread.currentThread().interrupt();
        }
        channel.close();
    }

    private void greet(Hello hello) throws IOException, InterruptedException {
        number = hello.session();
        if (hello.role() == Frame.CONTROL) {
            Client client = server.arrive(hello);
            try {
                channel.send(server.welcome());
                listen(client);
            } finally {
                server.depart(client);
            }
            return;
        }
        Client client = server.client(hello.client());
        if (client == null || !client.add(this)) {
            throw new UnreadableMessageException("a session of a client that is not there");
        }
        try {
            thread = Thread.currentThread();
            channel.send(server.welcome());
            answer(client);
        } finally {
            client.remove(this);
        }
    }

    private void listen(Client client) throws IOException, InterruptedException {
        for (byte[] frame = channel.receive(); frame != null; frame = channel.receive()) {
            Notice notice = Notice.read(frame);
            switch (notice.frame()) {
                case Frame.RELEASE -> server.table().release(client, notice.first(), (int) notice.second());
                case Frame.SENT -> server.table().sent(client, notice.first());
                case Frame.CANCEL -> client.cancel(notice.first(), notice.second());
                default -> throw new UnreadableMessageException("frame " + notice.frame() + " in a control session");
            }
        }
    }

    private void answer(Client client) throws IOException, InterruptedException {
        for (byte[] frame = channel.receive(); frame != null; frame = channel.receive()) {
            Request request = Request.read(frame);
            try {
                send(answer(client, request));
            } finally {
                answered();
            }
        }
    }

    private void send(Answer answer) throws IOException, InterruptedException {
        Runnable undo = answer.undo();
        if (undo == null) {
            requireNotEnded();
            channel.send(answer.frame());
            return;
        }
        boolean isReceived = false;
        setAwaitsReceipt(true);
        try {
            requireNotEnded();
            channel.send(answer.frame());
            byte[] receipt = channel.receive();
            isReceived = receipt != null && receipt.length == 1 && receipt[0] == Frame.RECEIVED;
            if (receipt != null && !isReceived) {
                throw new UnreadableMessageException("a client that does not say that it has received what it took");
            }
        } finally {
            setAwaitsReceipt(false);
            if (!isReceived) {
                undo.run();
            }
        }
        requireNotEnded(); // these were its last words
    }

    private synchronized void setAwaitsReceipt(boolean awaits) {
        awaitsReceipt = awaits;
    }

    private void requireNotEnded() throws IOException {
        if (isEnded) {
            throw new IOException("the session has ended");
        }
    }

    private Answer answer(Client client, Request request) {
        if (!begin(request.number())) {
            return Reply.failure(new IllegalStateException("the manager is shut down"));
        }
        try {
            return server.answer(this, client, request);
        } finally {
            done();
        }
    }

    /** Who stops the server says so before it looks here whether a call runs, so none is overlooked. */
    private synchronized boolean begin(long call) {
        if (server.isStopping()) {
            return false;
        }
        running = call;
        isAnswering = true;
        if (call <= cancelled && thread != null) {
            thread.interrupt(); // the wish to cancel it was faster
        }
        return true;
    }

    /** From now on nobody interrupts, and no interrupt that came too late is left. */
    @SuppressWarnings("ResultOfMethodCallIgnored")
    private synchronized void done() {
        running = NONE;
        Thread.interrupted();
    }

    private synchronized void answered() {
        isAnswering = false;
        if (server.isStopping()) {
            notifyAll();
        }
    }
}
