package io.multiprocessing.testkit.jvm;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Sends signals, of which Java itself knows but two. */
public final class Signals {
    private Signals() {}

    /**
     * Sends one to a process.
     *
     * @param name as {@code INT}
     * @throws AssertionError if there is no such process
     */
    public static void send(String name, long pid) throws Exception {
        if (kill(name, List.of(pid)) != 0) {
            throw new AssertionError("SIG" + name + " could not be sent to " + pid);
        }
    }

    /** Sends one to all of them, as a terminal does; one that has just ended is no matter. */
    public static void sendToAll(String name, List<Long> pids) throws Exception {
        kill(name, pids);
    }

    /** Stops a process, and waits until it stands still. */
    public static void stop(long pid) throws Exception {
        send("STOP", pid);
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        Await.until(
                "process " + pid + " has stopped", () -> Files.readString(stat).contains(") T "));
    }

    private static int kill(String name, List<Long> pids) throws Exception {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        pids.forEach(pid -> command.add(Long.toString(pid)));
        return new ProcessBuilder(command).start().waitFor();
    }
}
