package io.multiprocessing;

/**
 * The two ends of a pipe. Closing it closes both in this process.
 *
 * @param first the end that receives, and also sends if the pipe goes both ways
 * @param second the end that sends, and also receives if the pipe goes both ways
 */
public record Pipe(Connection first, Connection second) implements AutoCloseable {
    @Override
    public void close() {
        first.close();
        second.close();
    }
}
