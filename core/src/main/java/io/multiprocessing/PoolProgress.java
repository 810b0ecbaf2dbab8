package io.multiprocessing;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * How far a map of a {@link Pool} is, as those are told who asked for it by {@link PoolOptions#progress}.
 *
 * @param number the map's, in its pool, from 1 on
 * @param job what it is: the method, and whose function
 * @param done how many inputs have been worked on, failed ones included
 * @param failed how many of them failed
 * @param total how many inputs there are, if that is known: not for {@code imap} before all are read
 * @param elapsed how long it has gone on
 * @param isEnded whether it goes on no more: all is done, or nobody wants the rest
 */
public record PoolProgress(
        long number, String job, long done, long failed, OptionalLong total, Duration elapsed, boolean isEnded) {
    /** How many inputs a second were worked on, on average since the beginning. */
    public double perSecond() {
        long nanos = elapsed.toNanos();
        return nanos == 0 ? 0 : (double) done * TimeUnit.SECONDS.toNanos(1) / nanos;
    }

    /** How long it still takes if it goes on so; empty if that can't be said. */
    public Optional<Duration> remaining() {
        if (total.isEmpty() || done == 0) {
            return Optional.empty();
        }
        double nanosEach = (double) elapsed.toNanos() / done;
        return Optional.of(Duration.ofNanos((long) (nanosEach * (total.getAsLong() - done))));
    }

    /** One line, as in {@code map (…): 250 of 1000, 3 failed, 1250/s, 0.6 s left}. */
    @Override
    public String toString() {
        String all = total.isPresent() ? " of " + total.getAsLong() : "";
        String bad = failed > 0 ? ", " + failed + " failed" : "";
        String left = isEnded
                ? String.format(Locale.ROOT, ", ended after %.1f s", elapsed.toMillis() / 1e3)
                : remaining()
                        .map(time -> String.format(Locale.ROOT, ", %.1f s left", time.toMillis() / 1e3))
                        .orElse("");
        return job + ": " + done + all + bad + String.format(Locale.ROOT, ", %.0f/s", perSecond()) + left;
    }
}
