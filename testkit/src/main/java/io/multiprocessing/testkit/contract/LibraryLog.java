package io.multiprocessing.testkit.contract;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the library logs in this process while this is open, as far as it is of interest. It goes nowhere else. */
final class LibraryLog extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("io.multiprocessing");
    private final Predicate<LogRecord> isOfInterest;
    final List<LogRecord> records = new CopyOnWriteArrayList<>();

    LibraryLog(Predicate<LogRecord> isOfInterest) {
        this.isOfInterest = isOfInterest;
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord record) {
        if (isOfInterest.test(record)) {
            records.add(record);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
