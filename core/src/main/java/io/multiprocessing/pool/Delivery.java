package io.multiprocessing.pool;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells a job how some inputs of a chunk went, as a worker reported it. */
record Delivery(Job job, long offset, Report report, Parcels parcels, ClassLoader loader, Judge judge) {
    /** Says what a failure of an input is to those who wait for it. */
    @FunctionalInterface
    interface Judge {
        Throwable failure(int index, Throwable failure);
    }

    void deliver() {
        if (!report.isParcel()) {
            tell();
            return;
        }
        Report unpacked;
        try {
            unpacked = report.unpacked(parcels.take(report));
        } catch (OutOfMemoryError full) {
            allFailed(full);
            return;
        }
        new Delivery(job, offset, unpacked, parcels, loader, judge).tell();
    }

    private void tell() {
        switch (report.form()) {
            case Wire.VALUE -> value(report.from(), report.start(), report.length());
            case Wire.LIST -> list();
            case Wire.EACH -> each();
            default -> allFailed(Failures.decode(report.bytes(), report.start(), report.length(), loader));
        }
    }

    private void list() {
        List<?> values;
        try {
            values = (List<?>)
                    Objects.requireNonNull(Wire.value(report.bytes(), report.start(), report.length(), loader));
        } catch (RuntimeException | Error unreadable) {
            allFailed(unreadable);
            return;
        }
        job.succeedAll(offset + report.from(), values);
    }

    private void each() {
        ByteBuffer in = ByteBuffer.wrap(report.bytes()).position(report.start());
        for (int i = report.from(); i < report.to(); i++) {
            boolean isFailure = in.get() == 1;
            int length = in.getInt();
            if (isFailure) {
                fail(i, Failures.decode(report.bytes(), in.position(), length, loader));
            } else {
                value(i, in.position(), length);
            }
            in.position(in.position() + length);
        }
    }

    private void value(int index, int at, int length) {
        @Nullable Object value;
        try {
            value = Wire.value(report.bytes(), at, length, loader);
        } catch (OutOfMemoryError full) {
            String what = "a result of " + length + " bytes";
            fail(index, Failures.tooLargeForPool(what, Runtime.getRuntime().maxMemory(), full));
            return;
        } catch (RuntimeException | Error unreadable) {
            fail(index, unreadable);
            return;
        }
        job.succeed(offset + index, value);
    }

    private void allFailed(Throwable failure) {
        for (int i = report.from(); i < report.to(); i++) {
            fail(i, failure);
        }
    }

    private void fail(int index, Throwable failure) {
        job.fail(offset + index, judge.failure(index, failure));
    }
}
