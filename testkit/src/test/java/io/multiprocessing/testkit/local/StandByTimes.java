package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.jvm.Await;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets JVMs on stand-by come at once, and stay: while the tests of a class run they have no reason to spare a
 * processor, and none may go because a test took its time, or be given up because it took its own.
 */
final class StandByTimes implements BeforeAllCallback, AfterAllCallback {
    static final String DELAY = "multiprocessing.standby.delayMillis";
    static final String IDLE = "multiprocessing.standby.idleMillis";
    static final String PATIENCE = "multiprocessing.standby.patienceMillis";

    private static final String AT_ONCE = "0";
    private static final String AN_HOUR = "3600000";
    private static final String PATIENT = Long.toString(Await.LIMIT.toMillis());

    /** The same for another JVM. */
    static String[] options() {
        return new String[] {option(DELAY, AT_ONCE), option(IDLE, AN_HOUR), option(PATIENCE, PATIENT)};
    }

    private static String option(String property, String value) {
        return "-D" + property + "=" + value;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        System.setProperty(DELAY, AT_ONCE);
        System.setProperty(IDLE, AN_HOUR);
        System.setProperty(PATIENCE, PATIENT);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        System.clearProperty(DELAY);
        System.clearProperty(IDLE);
        System.clearProperty(PATIENCE);
    }
}
