package io.multiprocessing.examples;

import io.multiprocessing.Multiprocessing;

/**
 * The parent sends a text, a worker receives it and works on it, and sends back what comes of it.
 *
 * <p>The Python idea: {@code Pipe()}, of which the parent keeps one end and gives the other to a {@code Process}.
 */
public final class ParentToWorker {
    private ParentToWorker() {}

    public static void main(String[] args) throws Exception {
        try (var mp = Multiprocessing.open()) {
            var pipe = mp.pipe();
            var parent = pipe.first();
            var child = pipe.second();

            var worker = mp.process(() -> {
                var text = child.receive(String.class);
                System.out.println("Worker received: " + text);
                child.send(text.split(" ").length);
            });
            worker.start();
            child.close();
            parent.send("work on these five words");
            System.out.println("Words: " + parent.receive());
            worker.join();
            parent.close();
        }
    }
}
