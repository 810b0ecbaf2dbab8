package io.multiprocessing.threads;

import io.multiprocessing.Context;
import io.multiprocessing.Process;
import io.multiprocessing.spi.ContextProvider;
import java.net.URI;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Contexts whose processes are threads of this JVM: {@code threads:}, and {@code threads:name}, which others in this JVM
 * find. {@code threads:?virtual=true} takes virtual threads; {@code threads:?copy=false} shares tasks and messages in
 * place of copying them.
 */
public final class ThreadsContextProvider implements ContextProvider {
    /** Called by the service loader. */
    public ThreadsContextProvider() {}

    @Override
    public String scheme() {
        return "threads";
    }

    @Override
    public Context open(URI uri) {
        return TwinRuntime.get().open(Options.of(uri));
    }

    @Override
    public Context attach(URI uri) {
        Options options = Options.of(uri);
        if (options.name() == null) {
            throw new NoSuchElementException("a context without a name can't be attached to");
        }
        return TwinRuntime.get().attach(options);
    }

    /** Empty but in a thread that runs a task, or was started by one. */
    @Override
    public Optional<Process> currentProcess() {
        return Optional.ofNullable(TwinProcess.current()).map(TwinProcess::self);
    }

    @Override
    public Optional<Process> parentProcess() {
        return Optional.ofNullable(TwinProcess.current()).map(TwinProcess::parent);
    }

    @Override
    public List<Process> activeChildren() {
        return TwinRuntime.get().contextsOf(TwinProcess.current()).stream()
                .flatMap(context -> context.livingChildren().stream())
                .map(Process.class::cast)
                .toList();
    }
}
