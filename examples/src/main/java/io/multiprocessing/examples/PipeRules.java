package io.multiprocessing.examples;

import io.multiprocessing.Multiprocessing;
import java.io.EOFException;
import java.time.Duration;

/**
 * The rules of pipes. A pipe that goes both ways: both ends send and receive. One that goes one way: the first end only
 * receives, the second only sends. To receive waits until something comes. When the other end is closed everywhere, who
 * receives gets what is left and an exception then.
 *
 * <p>The Python idea: {@code Pipe(duplex)} and {@code EOFError}.
 */
public final class PipeRules {
    private PipeRules() {}

    public static void main(String[] args) throws Exception {
        try (var mp = Multiprocessing.open()) {
            try (var both = mp.pipe(true)) {
                both.first().send("there");
                both.second().send("back");
                System.out.println("Two ways: " + both.second().receive() + " and "
                        + both.first().receive());
            }
            var pipe = mp.pipe(false);
            var receiving = pipe.first();
            var sending = pipe.second();
            try {
                receiving.send("wrong way");
            } catch (IllegalStateException refused) {
                System.out.println("Refused: " + refused.getMessage());
            }
            try {
                sending.receive();
            } catch (IllegalStateException refused) {
                System.out.println("Refused: " + refused.getMessage());
            }

            var child = mp.process(() -> {
                Thread.sleep(20);
                sending.send("worth waiting for");
            });
            child.start();
            sending.close();
            System.out.println("Something there at once: " + receiving.poll(Duration.ZERO));
            System.out.println("Received: " + receiving.receive());
            child.join();
            try {
                receiving.receive();
            } catch (EOFException end) {
                System.out.println("End: nobody can send any more");
            }
            receiving.close();
        }
    }
}
