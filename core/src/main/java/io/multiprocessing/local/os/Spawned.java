package io.multiprocessing.local.os;

import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** A started process: its number, and the parent's ends of the streams that are pipes, of the control pipe, and of answers. */
public record Spawned(
        long pid,
        @Nullable OutputStream stdin,
        @Nullable InputStream stdout,
        @Nullable InputStream stderr,
        @Nullable OutputStream control,
        @Nullable InputStream answers) {}
