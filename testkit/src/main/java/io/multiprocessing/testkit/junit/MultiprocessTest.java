package io.multiprocessing.testkit.junit;

import io.multiprocessing.Context;
import io.multiprocessing.Multiprocessing;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * In place of JUnit's {@code @Test}: runs the method once for each leg, with a {@link Context} of that kind as its parameter
 * of this type. What it may not leave is said at {@link Multiprocess}.
 *
 * <p>{@snippet :
 * @MultiprocessTest
 * void countsInAChild(Context mp) throws Exception {
 *     var counter = mp.intValue(0);
 *     mp.process(counter::increment).start().join();
 *     assertThat(counter.get()).isEqualTo(1);
 * }
 * }
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(LegsExtension.class)
public @interface MultiprocessTest {
    /** What is given to {@link Multiprocessing#open(String)}, one after the other. */
    String[] value() default {"threads:", "local:"};
}
