package io.multiprocessing.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.multiprocessing.Context;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.testkit.jvm.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs tests that use the extension, some of which leave what they should not, and looks at how they end. */
class MultiprocessExtensionTest {
    private static final Duration FOREVER = Duration.ofMinutes(10);
    private static final List<Context> SEEN = new ArrayList<>();
    private static volatile CountDownLatch stubbornRuns = new CountDownLatch(1);
    private static volatile CountDownLatch stubbornMayEnd = new CountDownLatch(1);

    @AfterEach
    void endWhatIsLeft() throws Exception {
        stubbornMayEnd.countDown();
        Await.until(
                "the thread has ended",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("stubborn")));
        stubbornRuns = new CountDownLatch(1);
        stubbornMayEnd = new CountDownLatch(1);
        SEEN.forEach(Context::close);
        SEEN.clear();
        assertThat(System.getProperty("multiprocessing.folder")).isNull();
    }

    @Test
    void contextIsOpenInTheTest_andClosedAfterwards() {
        assertThat(failureOf("usesAContext")).isEmpty();
        assertThat(SEEN).singleElement().matches(Context::isClosed);
    }

    @Test
    void testRunsOnBothLegs() {
        assertThat(failureOf("runsOnBothLegs")).isEmpty();
        assertThat(SEEN).hasSize(2).allMatch(Context::isClosed);
    }

    @Test
    void childThatRunsIsALeak_andIsKilled() {
        assertThat(failureOf("leavesAChild").orElseThrow())
                .hasMessageContaining("children that run")
                .hasMessageContaining("forgotten");
        assertThat(Multiprocessing.activeChildren()).isEmpty();
    }

    @Test
    void daemonIsNone() {
        assertThat(failureOf("leavesADaemon")).isEmpty();
    }

    @Test
    void threadThatRunsIsALeak() {
        assertThat(failureOf("leavesAThread").orElseThrow()).hasMessageContaining("threads that run: [\"stubborn\"]");
    }

    @Test
    void processThatDoesNotHeedItsInterruptIsALeak() {
        assertThat(failureOf("leavesAStubbornProcess").orElseThrow())
                .hasMessageContaining("threads that run: [\"stubborn\"]");
    }

    @Test
    void contextThatIsOpenIsALeak() {
        assertThat(failureOf("leavesAContext").orElseThrow()).hasMessageContaining("contexts that are open");
    }

    @Test
    void failureOfTheTestComesFirst() {
        assertThat(failureOf("failsAndLeavesAThread").orElseThrow()).hasMessage("its own");
    }

    @Test
    void parameterOfAnotherTypeIsRefused() {
        assertThat(failureOf("wantsAnotherType", String.class).orElseThrow())
                .hasMessageContaining("@Multiprocess belongs to a parameter of type");
    }

    private static Optional<Throwable> failureOf(String method) {
        return failureOf(method, Context.class);
    }

    private static Optional<Throwable> failureOf(String method, Class<?> parameter) {
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectMethod(Subject.class, method, parameter))
                .build();
        List<Throwable> failures = new ArrayList<>();
        List<String> finished = new ArrayList<>();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest()) {
                    finished.add(test.getDisplayName());
                }
                result.getThrowable().ifPresent(failures::add);
            }
        });
        assertThat(finished).as("tests that ran").isNotEmpty();
        return failures.stream().findFirst();
    }

    private static void startStubbornThread() {
        Thread.ofPlatform().daemon().name("stubborn").start(MultiprocessExtensionTest::stayStubborn);
    }

    private static void stayStubborn() {
        stubbornRuns.countDown();
        boolean mayEnd = false;
        while (!mayEnd) {
            try {
                stubbornMayEnd.await();
                mayEnd = true;
            } catch (InterruptedException ignored) {
                // that is what it is about
            }
        }
    }

    /** Not found by itself: its tests are run by those above. */
    static class Subject {
        @Test
        void usesAContext(@Multiprocess Context mp) throws Exception {
            SEEN.add(mp);
            var counter = mp.intValue(0);
            mp.process(counter::increment).start().join();
            assertThat(counter.get()).isEqualTo(1);
        }

        @MultiprocessTest
        void runsOnBothLegs(Context mp) throws Exception {
            SEEN.add(mp);
            assertThat(mp.toString()).startsWith(SEEN.size() == 1 ? "Context[threads:" : "Context[local:");
            var counter = mp.intValue(0);
            mp.process(counter::increment).start().join();
            assertThat(counter.get()).isEqualTo(1);
        }

        @Test
        void leavesAChild(@Multiprocess("threads:") Context mp) {
            mp.process(() -> Thread.sleep(FOREVER)).name("forgotten").start();
        }

        @Test
        void leavesADaemon(@Multiprocess("threads:") Context mp) {
            mp.process(() -> Thread.sleep(FOREVER)).daemon().start();
        }

        @Test
        void leavesAThread(@Multiprocess("threads:") Context mp) {
            startStubbornThread();
        }

        @Test
        void leavesAStubbornProcess(@Multiprocess("threads:") Context mp) throws Exception {
            var process = mp.process(MultiprocessExtensionTest::stayStubborn)
                    .name("stubborn")
                    .start();
            stubbornRuns.await();
            process.kill();
        }

        @Test
        void leavesAContext(@Multiprocess Context mp) {
            SEEN.add(Multiprocessing.open());
        }

        @Test
        void failsAndLeavesAThread(@Multiprocess("threads:") Context mp) {
            startStubbornThread();
            throw new IllegalStateException("its own");
        }

        @Test
        void wantsAnotherType(@Multiprocess String text) {
            throw new AssertionError(text);
        }
    }
}
