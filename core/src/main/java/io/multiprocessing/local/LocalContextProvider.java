package io.multiprocessing.local;

import io.multiprocessing.Context;
import io.multiprocessing.Process;
import io.multiprocessing.local.process.ThisProcess;
import io.multiprocessing.spi.ContextProvider;
import java.net.URI;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Contexts in shared memory on one machine, {@code local:}, {@code local:name} and {@code local:name?standby=2}. */
public final class LocalContextProvider implements ContextProvider {
    /** Called by the service loader. */
    public LocalContextProvider() {}

    @Override
    public String scheme() {
        return "local";
    }

    @Override
    public Context open(URI uri) {
        return LocalRuntime.get().open(LocalOptions.of(uri));
    }

    @Override
    public Context attach(URI uri) {
        LocalOptions options = LocalOptions.of(uri);
        String name = options.name();
        if (name == null) {
            throw new NoSuchElementException("a context without a name can't be attached to");
        }
        return LocalRuntime.get().attach(name, options.standBy());
    }

    @Override
    public Optional<Process> currentProcess() {
        return Optional.of(ThisProcess.self());
    }

    @Override
    public Optional<Process> parentProcess() {
        return ThisProcess.parent().map(Process.class::cast);
    }

    @Override
    public List<Process> activeChildren() {
        return List.copyOf(LocalRuntime.get().activeChildren());
    }
}
