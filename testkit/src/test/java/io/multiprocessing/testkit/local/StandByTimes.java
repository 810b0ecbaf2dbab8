package io.multiprocessing.testkit.local;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets JVMs on stand-by come at once, and stay: while the tests of a class run they have no reason to spare a
 * processor, and none may go because a test took its time.
 */
final class StandByTimes implements BeforeAllCallback, AfterAllCallback {
    static final String DELAY = "multiprocessing.standby.delayMillis";
    static final String IDLE = "multiprocessing.standby.idleMillis";
    static final String PATIENCE = "multiprocessing.standby.patienceMillis";

    static final String AT_ONCE = "-D" + DELAY + "=0";

    @Override
    public void beforeAll(ExtensionContext context) {
        System.setProperty(DELAY, "0");
        System.setProperty(IDLE, "3600000");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        System.clearProperty(DELAY);
        System.clearProperty(IDLE);
    }
}
