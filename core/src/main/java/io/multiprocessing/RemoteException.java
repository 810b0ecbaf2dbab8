package io.multiprocessing;

import org.jspecify.annotations.Nullable;

/**
 * Stands for an exception of another process that can't be made here: its class is missing, or it holds what can't be
 * sent. It has the stack trace, the cause and the suppressed exceptions of the one it stands for.
 *
 * <p>Source: the {@code RemoteError} of Python's manager and the {@code RemoteTraceback} of its pool.
 */
public final class RemoteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String type;
    private final @Nullable String remoteMessage;

    /**
     * @param type the name of the class that was thrown
     * @param message what its {@link Throwable#getMessage} said
     * @param remoteTrace where it was thrown
     * @param cause its cause
     */
    public RemoteException(
            String type, @Nullable String message, StackTraceElement[] remoteTrace, @Nullable Throwable cause) {
        super(message == null ? type : type + ": " + message, cause);
        this.type = type;
        this.remoteMessage = message;
        setStackTrace(remoteTrace);
    }

    /** The name of the class that was thrown in the other process. */
    public String type() {
        return type;
    }

    /** What the exception's {@link Throwable#getMessage} said in the other process. */
    public @Nullable String remoteMessage() {
        return remoteMessage;
    }
}
