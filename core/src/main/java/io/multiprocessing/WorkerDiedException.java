package io.multiprocessing;

/**
 * The process that ran a task of a {@link Pool} ended before the task did: it was killed, it crashed, or the task called
 * {@link System#exit}. Whether the task had done all, some or nothing of its work is not known.
 *
 * <p>Source: Python's {@code BrokenProcessPool}, which there takes the whole pool with it.
 */
public class WorkerDiedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long pid;
    private final int exitCode;
    private final String task;
    private final String errorReport;

    /**
     * @param reason what is known beyond the exit code; empty if nothing is
     * @param errorReport what the JVM wrote when it crashed; empty if it wrote nothing
     */
    public WorkerDiedException(
            String workerName, long pid, int exitCode, String reason, String task, String errorReport) {
        super("the worker " + workerName + ", pid " + pid + ", " + ending(exitCode)
                + (reason.isEmpty() ? "" : " (" + reason + ")") + " while it had " + task
                + (errorReport.isEmpty() ? "" : "\n" + errorReport));
        this.pid = pid;
        this.exitCode = exitCode;
        this.task = task;
        this.errorReport = errorReport;
    }

    /** The operating system's number of the process. */
    public long pid() {
        return pid;
    }

    /** How it ended, as {@link Process#exitCode()} counts: −<i>N</i> when signal <i>N</i> ended it. */
    public int exitCode() {
        return exitCode;
    }

    /** Which task it had, in words. */
    public String task() {
        return task;
    }

    /** The beginning of the JVM's error report ({@code hs_err}); empty if there is none. */
    public String errorReport() {
        return errorReport;
    }

    private static String ending(int exitCode) {
        return exitCode >= 0
                ? "ended with exit code " + exitCode
                : "was ended by signal " + -exitCode
                        + switch (-exitCode) {
                            case 4 -> " (SIGILL)";
                            case 6 -> " (SIGABRT: a crash of the JVM)";
                            case 7 -> " (SIGBUS)";
                            case 9 -> " (SIGKILL)";
                            case 11 -> " (SIGSEGV)";
                            case 15 -> " (SIGTERM)";
                            default -> "";
                        };
    }
}
