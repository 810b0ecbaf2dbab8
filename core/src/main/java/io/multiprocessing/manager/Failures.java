package io.multiprocessing.manager;

import io.multiprocessing.RemoteException;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Exceptions that come from the server, as the caller gets them. */
final class Failures {
    private Failures() {}

    /**
     * Throws an exception of the server, with the caller's stack trace and, as its last cause, that of the server.
     *
     * @return nothing; so that the caller can throw it
     */
    static RuntimeException thrown(Throwable failure) {
        if (failure instanceof RemoteException there) {
            throw new RemoteException(there.type(), there.remoteMessage(), callersTrace(), there);
        }
        var remote =
                new RemoteException(failure.getClass().getName(), failure.getMessage(), failure.getStackTrace(), null);
        try {
            lastCause(failure).initCause(remote);
        } catch (IllegalStateException hasNoCauseForEver) {
            failure.addSuppressed(remote);
        }
        failure.setStackTrace(callersTrace());
        throw Failures.<RuntimeException>unchecked(failure);
    }

    private static Throwable lastCause(Throwable failure) {
        Throwable last = failure;
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
            last = cause;
        }
        return last;
    }

    private static StackTraceElement[] callersTrace() {
        StackTraceElement[] here = Thread.currentThread().getStackTrace();
        int own = 1;
        while (own < here.length && here[own].getClassName().startsWith(Failures.class.getPackageName() + ".")) {
            own++;
        }
        return Arrays.copyOfRange(here, own, here.length);
    }

    /** The interfaces of proxies say which checked exceptions there are. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> T unchecked(Throwable failure) throws T {
        throw (T) failure;
    }
}
