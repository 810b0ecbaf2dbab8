package io.multiprocessing.cli.chaos;

import io.multiprocessing.BrokenPipeException;
import io.multiprocessing.Connection;
import io.multiprocessing.LongArray;
import io.multiprocessing.Pipe;
import io.multiprocessing.Queue;
import io.multiprocessing.SegmentException;
import io.multiprocessing.Task;
import io.multiprocessing.UnreadableMessageException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * Pipes from one process to another: who makes one puts the receiving end into a queue, closes its own, and sends numbered
 * messages, small and large; who finds the end there receives them. None may be missing, come twice or be changed. The end
 * may come too early only if the sender has died, or has written down that it gave up. Each message is an operation: a pipe
 * may take long as a whole, if the other side is slow with each, without anybody standing still.
 */
final class PipeStorm extends Storm {
    private static final Duration PATIENCE = Duration.ofMillis(400);
    private static final int MOST_MESSAGES = 40;
    private static final int MOST_WAITING = 20;
    private static final int GIVEN_UP = 4096;
    private static final int HEADER_BYTES = 21;

    private final Queue<Connection> ends;
    private final LongArray givenUp;
    private final LongArray pipes;

    PipeStorm(Ground ground) {
        super(ground);
        ends = ground.mp().named("pipe.ends").queue();
        givenUp = ground.mp().named("pipe.given-up").raw().longArray(GIVEN_UP);
        pipes = ground.mp().named("pipe.pipes").raw().longArray(1);
    }

    @Override
    public String name() {
        return "pipe";
    }

    @Override
    protected Task victim(LongArray roll, long serial) {
        return () -> Worker.victim(new PipeStorm(Ground.of(roll)), serial);
    }

    @Override
    protected List<String> crashPoints() {
        return List.of(
                "pipe-K1",
                "pipe-K2",
                "pipe-K3",
                "pipe-K4",
                "pipe-K5",
                "pipe-K6",
                "pipe-K7",
                "pipe-K8",
                "pipe-K9",
                "pipe-K10",
                "pipe-K11",
                "pipe-K12");
    }

    @Override
    protected void round(Worker me) throws Exception {
        int waiting = ends.size();
        if (waiting > 0 && (waiting > MOST_WAITING || me.chance(2))) {
            receiveAll(me);
        } else {
            sendAll(me);
        }
        me.did();
    }

    private void sendAll(Worker me) throws IOException, InterruptedException {
        long number = pipes.getAndAdd(0, 1) + 1;
        try (Pipe pipe = ground.mp().pipe(false)) {
            ends.put(pipe.first());
            pipe.first().close();
            int messages = me.pick(MOST_MESSAGES) + 1;
            for (int i = 0; i < messages; i++) {
                byte[] message = message(me, number, i, i == messages - 1);
                pipe.second().sendBytes(message, 0, message.length, PATIENCE);
                me.did();
            }
        } catch (BrokenPipeException receiverIsGone) {
            // It has died, or given up.
        } catch (TimeoutException nobodyReceives) {
            givenUp.set((int) (number % GIVEN_UP), number);
        }
    }

    private static byte[] message(Worker me, long number, int index, boolean isLast) {
        byte[] message = new byte[HEADER_BYTES + (me.chance(10) ? me.pick(300_000) : me.pick(500))];
        ByteBuffer.wrap(message)
                .putLong(me.serial())
                .putLong(number)
                .putInt(index)
                .put((byte) (isLast ? 1 : 0));
        for (int i = HEADER_BYTES; i < message.length; i++) {
            message[i] = (byte) (number + index + i);
        }
        return message;
    }

    private void receiveAll(Worker me) throws IOException, InterruptedException {
        long began = System.nanoTime();
        long sender = 0;
        long number = 0;
        int next = 0;
        boolean isLast = false;
        try (Connection end = ends.poll()) {
            if (end == null) {
                return;
            }
            while (true) {
                began = System.nanoTime();
                ByteBuffer message = ByteBuffer.wrap(end.receiveBytes(PATIENCE));
                sender = message.getLong();
                number = message.getLong();
                int index = message.getInt();
                if (isLast || index != next) {
                    me.violation("message " + index + " of pipe " + number + " came, where "
                            + (isLast ? "the end" : "message " + next) + " should");
                }
                next = index + 1;
                isLast = message.get() != 0;
                checkFilling(me, message, number + index);
                me.did();
            }
        } catch (EOFException theEnd) {
            if (sender != 0 && !isLast && givenUp.get((int) (number % GIVEN_UP)) < number) {
                if (me.isDoomed(sender)) {
                    me.wentOn(sender, began);
                } else {
                    me.violation("pipe " + number + " of process " + sender + ", which lives, ended after message "
                            + (next - 1));
                }
            }
        } catch (TimeoutException senderIsSlow) {
            if (sender != 0 && me.isLongDead(sender)) {
                me.violation("pipe " + number + " has no end, though process " + sender + " is dead");
            }
        } catch (UnreadableMessageException | SegmentException senderIsGone) {
            // The end was in the hands of one that has died.
        }
    }

    private static void checkFilling(Worker me, ByteBuffer message, long first) {
        for (int i = HEADER_BYTES; i < message.limit(); i++) {
            if (message.get(i) != (byte) (first + i)) {
                me.violation("byte " + i + " of a message of " + message.limit() + " bytes is damaged");
                return;
            }
        }
    }
}
