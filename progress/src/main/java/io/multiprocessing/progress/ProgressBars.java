package io.multiprocessing.progress;

import io.multiprocessing.PoolProgress;
import java.io.Console;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A bar on the terminal for each map of a pool, with its rate and the time that is left:
 * {@code PoolOptions.defaults().progress(ProgressBars.onTerminal())}. It is written to standard error, and takes away itself
 * when the map has ended. Maps that go on at once share the line.
 *
 * <p>Thread safety: may be given to several pools.
 */
public final class ProgressBars implements Consumer<PoolProgress> {
    private static final int WIDTH = 78;
    private static final int UPDATE_MILLIS = 100;

    private final PrintStream target;
    private final Map<Key, Bar> bars = new ConcurrentHashMap<>();

    private record Key(long number, String job) {}

    private record Bar(ProgressBar bar, UntilClosed drawing) {
        /** The library leaves the bar standing if its end overtakes its first tick, so the bar is taken away here. */
        void close() {
            bar.close();
            drawing.clear();
            drawing.close();
        }
    }

    private ProgressBars(PrintStream target) {
        this.target = target;
    }

    /** Bars if this process has a terminal; otherwise nothing is written, so that files and pipes stay clean. */
    public static Consumer<PoolProgress> onTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
                ? on(System.err)
                : progress -> {};
    }

    /** Bars that are written in any case, one over the other by a carriage return. */
    public static ProgressBars on(PrintStream target) {
        return new ProgressBars(target);
    }

    @Override
    public void accept(PoolProgress progress) {
        var key = new Key(progress.number(), progress.job());
        Bar drawn = bars.computeIfAbsent(key, map -> draw(progress));
        ProgressBar bar = drawn.bar();
        progress.total().ifPresent(bar::maxHint);
        bar.stepTo(progress.done());
        if (progress.failed() > 0) {
            bar.setExtraMessage(progress.failed() + " failed");
        }
        if (progress.isEnded()) {
            bars.remove(key);
            drawn.close();
        }
    }

    private Bar draw(PoolProgress progress) {
        var drawing = new UntilClosed(target);
        ProgressBar bar = new ProgressBarBuilder()
                .setTaskName(progress.job().split(" ", 2)[0])
                .setInitialMax(progress.total().orElse(-1))
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .showSpeed()
                .clearDisplayOnFinish()
                .setConsumer(drawing)
                .build();
        return new Bar(bar, drawing);
    }

    /** Draws nothing any more once it is closed: if a tick meets the end, the library draws, clears, and draws again. */
    private static final class UntilClosed extends ConsoleProgressBarConsumer {
        private boolean isClosed;

        UntilClosed(PrintStream target) {
            super(target, WIDTH);
        }

        @Override
        public synchronized void accept(String bar) {
            if (!isClosed) {
                super.accept(bar);
            }
        }

        @Override
        public synchronized void clear() {
            if (!isClosed) {
                super.clear();
            }
        }

        @Override
        public synchronized void close() {
            if (!isClosed) {
                isClosed = true;
                super.close();
            }
        }
    }
}
