package io.multiprocessing.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The chunk that a worker had when it died.
 *
 * @param reported how many of its inputs the worker had reported
 * @param position what the worker's word says
 */
record Loss(Chunk chunk, int reported, long position, Deaths death) {
    /**
     * What is to be done again, in order.
     *
     * @param retries how often an input is tried again that a worker died of
     * @param failed is told which input has failed for good, if one has
     * @throws RuntimeException if the inputs can't be read here, so they can't be parted
     */
    List<Chunk> remains(Backlog backlog, int retries, IntConsumer failed) {
        int count = chunk.count();
        if (reported == count) {
            return List.of(); // what lay behind was taken from it
        }
        int index = index();
        if (index < reported || index >= count) {
            return backlog.halves(chunk, reported);
        }
        List<Chunk> parts = new ArrayList<>();
        if (index > reported) {
            parts.add(backlog.part(chunk, reported, index, 0));
        }
        if (death.isRepeatable(position) && chunk.deaths < retries) {
            parts.add(backlog.part(chunk, index, index + 1, chunk.deaths + 1));
        } else {
            failed.accept(index);
        }
        if (index + 1 < count) {
            parts.add(backlog.part(chunk, index + 1, count, 0));
        }
        return parts;
    }

    /** The input that the worker was at; one that it can't have been at if that is not known. */
    private int index() {
        if (chunk.count() == 1) {
            return 0;
        }
        return Position.isOf(position, chunk.id) && !Position.isDone(position) ? Position.index(position) : -1;
    }
}
