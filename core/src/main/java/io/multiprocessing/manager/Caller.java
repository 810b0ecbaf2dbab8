package io.multiprocessing.manager;

/**
 * Who calls: what owns a recursive lock.
 *
 * @param client the process
 * @param thread which of its threads
 */
record Caller(Client client, long thread) {
    @Override
    public String toString() {
        return "thread " + thread + " of " + client;
    }
}
