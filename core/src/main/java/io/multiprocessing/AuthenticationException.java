package io.multiprocessing;

import java.io.IOException;

/**
 * The other side of a connection has not proved that it knows the key, or says that we have not. Source: Python's {@code
 * AuthenticationError}.
 */
public class AuthenticationException extends IOException {
    private static final long serialVersionUID = 1L;

    public AuthenticationException(String message) {
        super(message);
    }

    public AuthenticationException(String message, Throwable cause) {
        super(message, cause);
    }
}
