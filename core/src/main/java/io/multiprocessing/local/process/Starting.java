package io.multiprocessing.local.process;

import io.multiprocessing.ProcessStartException;
import io.multiprocessing.Task;
import io.multiprocessing.codec.TaskCodec;
import io.multiprocessing.local.os.Launch;
import io.multiprocessing.local.os.Spawned;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The way of a process from its description to its JVM: one that is on stand-by if there is one that fits, or a new one. */
final class Starting {
    private static final int LONGEST_SHOWN_NAME = 200;

    private final ProcessHost host;
    private final ProcessSettings settings;
    private final String identity;
    private final Task task;
    private final byte[] encoded;

    /** @throws io.multiprocessing.TaskNotSerializableException if the task can't be sent */
    Starting(ProcessHost host, ProcessSettings settings, String identity, Task task) {
        this.host = host;
        this.settings = settings;
        this.identity = identity;
        this.task = task;
        this.encoded = TaskCodec.write(task);
    }

    /** @throws ProcessStartException if the system refuses, or a part of the class path is gone */
    Running start() {
        CommandLine.requireClassPath(host.bootstrap());
        CommandLine.requireClassPath(task.getClass());
        Running taken = settings.isForAnyJvm() ? takeFromStandBy() : null;
        return taken != null ? taken : startCold();
    }

    /** Hands the task to a JVM that waits for it; null if there is none. */
    private @Nullable Running takeFromStandBy() {
        StandBy standBy = host.standBy();
        for (var spare = standBy.take(task); spare != null; spare = standBy.take(task)) {
            int owner = 0;
            Spawned spawned = null;
            try {
                owner = host.registry().reserve(settings.name, settings.daemon);
                spawned = spare.handOver(owner, payload(), settings);
                if (spawned != null) {
                    return new Running(host, owner, spare.jvm(), spawned);
                }
            } finally {
                if (spawned == null) {
                    spare.giveUp();
                    unreserve(owner);
                }
            }
        }
        return null;
    }

    private Running startCold() {
        int owner = 0;
        ChildJvm jvm = null;
        try {
            owner = host.registry().reserve(settings.name, settings.daemon);
            payload().write(host.registry().folder(), owner);
            jvm = ChildJvm.start(launch(owner), settings.name);
            return new Running(host, owner, jvm, jvm.spawned());
        } catch (IOException refused) {
            throw new ProcessStartException(
                    "the process " + settings.name + " can't be started: " + refused.getMessage(), refused);
        } finally {
            if (jvm == null) {
                unreserve(owner);
            }
        }
    }

    private void unreserve(int owner) {
        if (owner != 0) {
            Payload.delete(host.registry().folder(), owner);
            host.registry().unreserve(owner);
        }
    }

    private Payload payload() {
        return new Payload(
                settings.name,
                identity,
                settings.daemon,
                ThisProcess.name(),
                ProcessHandle.current().pid(),
                host.standBy().most(),
                JvmOptions.inherited(),
                encoded);
    }

    private Launch launch(int owner) {
        String shownName = settings.name
                .substring(0, Math.min(settings.name.length(), LONGEST_SHOWN_NAME))
                .replace('\0', ' ');
        List<String> arguments =
                List.of(host.registry().folder().toString(), Integer.toHexString(owner), shownName, Ahead.origin(task));
        Map<String, String> environment = settings.childEnvironment();
        return new Launch(
                CommandLine.of(
                        host.bootstrap(),
                        settings.jvmOptions,
                        environment == null ? System.getenv() : environment,
                        arguments),
                environment,
                settings.directory,
                settings.stdin,
                settings.stdout,
                settings.stderr,
                true);
    }
}
