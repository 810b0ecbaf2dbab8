package io.multiprocessing;

import java.io.IOException;

/** A message can't be sent, because nobody is left who could receive it. Source: Python's {@code BrokenPipeError}. */
public class BrokenPipeException extends IOException {
    private static final long serialVersionUID = 1L;

    public BrokenPipeException(String message) {
        super(message);
    }
}
