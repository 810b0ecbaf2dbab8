package io.multiprocessing.examples;

import io.multiprocessing.Multiprocessing;

/**
 * A text goes through a pipe, from one child to another. Each child gets its end by capturing it; the parent closes its own
 * at once, for it needs neither. The sender closes its end when it is done, so the receiver sees the end of the pipe.
 *
 * <p>The Python idea: {@code Pipe()}, {@code send}, {@code recv}, {@code close}.
 */
public final class TextThroughAPipe {
    private TextThroughAPipe() {}

    public static void main(String[] args) throws InterruptedException {
        try (var mp = Multiprocessing.open()) {
            var pipe = mp.pipe();
            var ours = pipe.first();
            var theirs = pipe.second();

            var sender = mp.process(() -> {
                ours.send("Hello from the sender");
                ours.close();
            });
            var receiver = mp.process(() -> {
                System.out.println("Received: " + theirs.receive());
                theirs.close();
            });
            sender.start();
            receiver.start();
            pipe.close();
            sender.join();
            receiver.join();

            System.out.println("Closed: " + ours.isClosed() + " and " + theirs.isClosed());
        }
    }
}
