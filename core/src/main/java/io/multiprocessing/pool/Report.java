package io.multiprocessing.pool;

/**
 * How some inputs of a chunk went.
 *
 * @param workedNanos how long these took together
 * @param waitedNanos how long the worker had waited for the chunk, if these are its first
 * @param slowest the one of them that took longest
 * @param from the first of these inputs
 * @param to the one behind the last of them
 * @param isLast whether the worker does no more of this chunk
 * @param form how the results are written, see {@link Wire}
 * @param isParcel whether the results come as one of {@link Parcels}, of {@code length} bytes
 * @param bytes in which the results lie, from {@code start} on
 */
@SuppressWarnings("ArrayRecordComponent") // read once, and never compared
record Report(
        long chunk,
        long workedNanos,
        long waitedNanos,
        int slowest,
        long slowestNanos,
        int from,
        int to,
        boolean isLast,
        byte form,
        boolean isParcel,
        byte[] bytes,
        int start,
        int length) {
    /** The same, with the results of the parcel. */
    Report unpacked(byte[] parcel) {
        return new Report(
                chunk,
                workedNanos,
                waitedNanos,
                slowest,
                slowestNanos,
                from,
                to,
                isLast,
                form,
                false,
                parcel,
                0,
                parcel.length);
    }
}
