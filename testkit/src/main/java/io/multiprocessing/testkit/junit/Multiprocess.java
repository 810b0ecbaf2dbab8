package io.multiprocessing.testkit.junit;

import io.multiprocessing.Context;
import io.multiprocessing.Multiprocessing;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test method a {@link Context} of its own, closes it afterwards, and fails the test if it left something.
 *
 * <p>{@snippet :
 * @Test
 * void countsInAChild(@Multiprocess Context mp) throws Exception {
 *     var counter = mp.intValue(0);
 *     mp.process(counter::increment).start().join();
 *     assertThat(counter.get()).isEqualTo(1);
 * }
 * }
 *
 * <p>What a test may not leave: a child that still runs and is no daemon (it is killed); a thread that did not run before, a
 * process of {@code threads:} that does not heed its interrupt among them; the memory of a context, as of one that the test
 * opened itself and did not close. For that the contexts of the test are kept in a folder of its own, unless tests run at
 * the same time. What ends by itself is given two seconds.
 *
 * <p>On parameters of test methods only. For a test that runs on both legs see {@link MultiprocessTest}.
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(MultiprocessExtension.class)
public @interface Multiprocess {
    /** What is given to {@link Multiprocessing#open(String)}, as {@code threads:}. */
    String value() default "local:";
}
