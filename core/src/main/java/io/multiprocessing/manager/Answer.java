package io.multiprocessing.manager;

import org.jspecify.annotations.Nullable;

/**
 * How a call is answered.
 *
 * @param frame what the client is told
 * @param undo what to do if it does not say that this has come; null if it need not say so
 */
@SuppressWarnings("ArrayRecordComponent") // it is never compared
record Answer(byte[] frame, @Nullable Runnable undo) {
    static Answer of(byte[] frame) {
        return new Answer(frame, null);
    }
}
