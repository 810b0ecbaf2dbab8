package io.multiprocessing.manager;

import io.multiprocessing.RemoteException;
import java.util.Arrays;

/** Exceptions that come from the server, as the caller gets them. */
final class Failures {
    private Failures() {}

    /**
     * Throws an exception of the server, with the caller's stack trace and, as cause, that of the server.
     *
     * @return nothing; so that the caller can throw it
     */
    static RuntimeException thrown(Throwable failure) {
        var remote =
                new RemoteException(failure.getClass().getName(), failure.getMessage(), failure.getStackTrace(), null);
        try {
            if (failure.getCause() == null) {
                failure.initCause(remote);
            } else {
                failure.addSuppressed(remote);
            }
        } catch (IllegalStateException hasNoCauseForEver) {
            failure.addSuppressed(remote);
        }
        StackTraceElement[] here = Thread.currentThread().getStackTrace();
        int own = 1;
        while (own < here.length && here[own].getClassName().startsWith(Failures.class.getPackageName() + ".")) {
            own++;
        }
        failure.setStackTrace(Arrays.copyOfRange(here, own, here.length));
        throw Failures.<RuntimeException>unchecked(failure);
    }

    /** The interfaces of proxies say which checked exceptions there are. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> T unchecked(Throwable failure) throws T {
        throw (T) failure;
    }
}
