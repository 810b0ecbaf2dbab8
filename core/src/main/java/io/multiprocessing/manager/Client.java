package io.multiprocessing.manager;

import java.util.HashMap;
import java.util.Map;

/** A process that has proxies, as the server sees it: it is there as long as its control session is. */
final class Client {
    private final long id;
    private final long pid;
    private final String name;
    private final Map<Long, Session> sessions = new HashMap<>();
    private boolean isGone;

    Client(long id, long pid, String name) {
        this.id = id;
        this.pid = pid;
        this.name = name;
    }

    long id() {
        return id;
    }

    long pid() {
        return pid;
    }

    /**
     * Whether nothing may be given to it any more. Who gives looks under the lock under which {@link Served#departed}
     * takes back, which comes later than this is true; so nothing is given for ever.
     */
    synchronized boolean isGone() {
        return isGone;
    }

    /** @return false if the client is gone */
    synchronized boolean add(Session session) {
        if (isGone) {
            return false;
        }
        sessions.put(session.number(), session);
        return true;
    }

    synchronized void remove(Session session) {
        sessions.remove(session.number(), session);
    }

    void cancel(long session, long call) {
        Session found;
        synchronized (this) {
            found = sessions.get(session);
        }
        if (found != null) {
            found.cancel(call);
        }
    }

    /** Ends all that it does here. */
    void depart() {
        Map<Long, Session> left;
        synchronized (this) {
            isGone = true;
            left = Map.copyOf(sessions);
        }
        left.values().forEach(Session::end);
    }

    @Override
    public String toString() {
        return name + " (pid " + pid + ")";
    }
}
