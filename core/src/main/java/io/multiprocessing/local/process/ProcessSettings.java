package io.multiprocessing.local.process;

import io.multiprocessing.Process.Stream;
import io.multiprocessing.StartMethod;
import io.multiprocessing.local.os.Launch.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a process is to be started. */
final class ProcessSettings {
    final List<String> jvmOptions = new ArrayList<>();
    final Map<String, String> environment = new LinkedHashMap<>();
    String name;
    boolean daemon = ThisProcess.isDaemon();
    StartMethod startMethod = StartMethod.FORKSERVER;

    @Nullable
    Path directory;

    Redirect stdin = new Redirect.Discard();
    Redirect stdout = new Redirect.Inherit();
    Redirect stderr = new Redirect.Inherit();

    ProcessSettings(String name) {
        this.name = name;
    }

    static Redirect redirect(Stream stream) {
        return switch (stream) {
            case INHERIT -> new Redirect.Inherit();
            case DISCARD -> new Redirect.Discard();
            case PIPE -> new Redirect.Pipe();
        };
    }

    /** Whether a JVM can be its own that was started before anything was known of it. */
    boolean isForAnyJvm() {
        return startMethod == StartMethod.FORKSERVER
                && jvmOptions.isEmpty()
                && environment.isEmpty()
                && directory == null
                && !(stdin instanceof Redirect.Inherit);
    }

    /** All variables of the child; null if they are just those of this process. */
    @Nullable
    Map<String, String> childEnvironment() {
        if (environment.isEmpty()) {
            return null;
        }
        Map<String, String> all = new LinkedHashMap<>(System.getenv());
        all.putAll(environment);
        return all;
    }
}
