package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.IntValue;
import io.multiprocessing.Process;
import io.multiprocessing.SharedObject;
import io.multiprocessing.Task;
import io.multiprocessing.testkit.jvm.Await;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** What a process can be given to do, in every context. */
public abstract class TaskContract extends ProcessSuite {
    private static final int HUGE = 10_000_000;

    @Test
    void lambdaTakesItsPrimitivesAlong() throws Exception {
        boolean truth = true;
        byte small = -128;
        short less = -3;
        char letter = 'ß';
        int number = Integer.MIN_VALUE;
        long large = Long.MAX_VALUE;
        float half = 0.5f;
        double nan = Double.NaN;
        assertThat(outputOf(() -> System.out.println(truth + " " + small + " " + less + " " + (int) letter + " "
                        + number + " " + large + " " + half + " " + nan)))
                .isEqualTo("true -128 -3 223 -2147483648 9223372036854775807 0.5 NaN");
    }

    @Test
    void lambdaTakesItsObjectsAlong() throws Exception {
        String text = "grüße, 世界 \uD83D\uDE00";
        Integer boxed = 5;
        String none = null;
        int[] ints = {1, 2, 3};
        String[] words = {"a", null, "c"};
        var point = new Point(1, "one", new double[] {0.5});
        List<Point> list = List.of(point, point);
        Map<String, Integer> map = new TreeMap<>(Map.of("k", 1));
        Thread.State state = Thread.State.WAITING;
        Class<?> type = TaskContract.class;
        assertThat(outputOf(() -> System.out.println(text.codePoints().sum() + " " + boxed + " " + none + " "
                        + Arrays.toString(ints) + " " + Arrays.toString(words) + " " + point.name() + " "
                        + isSame(list.get(0), list.get(1)) + " " + list.get(0).weights()[0] + " " + map + " "
                        + (state == Thread.State.WAITING) + " " + (type == TaskContract.class))))
                .isEqualTo(text.codePoints().sum() + " 5 null [1, 2, 3] [a, null, c] one true 0.5 {k=1} true true");
    }

    @SuppressWarnings("ReferenceEquality") // what is one object arrives as one object
    private static boolean isSame(Object one, Object other) {
        return one == other;
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Point(int x, String name, double[] weights) implements Serializable {}

    @Test
    void capturedSharedObjectsAreTheSameObjects() throws Exception {
        var value = mp.intValue(40);
        var array = mp.doubleArray(3);
        var lock = mp.lock();
        List<SharedObject> inAList = List.of(value, array);
        var inARecord = new Holder(value, "held");
        Process process = mp.process(() -> {
                    try (var _ = lock.hold()) {
                        value.increment();
                        array.set(2, 1.5);
                        inARecord.value().increment();
                    }
                    if (!inAList.contains(value) || !Objects.equals(inARecord.value(), value)) {
                        throw new AssertionError("not equal");
                    }
                })
                .start();
        join(process);
        assertThat(process.exitCode()).hasValue(0);
        assertThat(value.get()).isEqualTo(42);
        assertThat(array.get(2)).isEqualTo(1.5);
    }

    private record Holder(IntValue value, String name) implements Serializable {}

    @Test
    void copiesAreCopies_ofTheMomentOfTheStart() throws Exception {
        int[] captured = {1};
        Process process = mp.process(() -> {
            captured[0]++;
            System.out.println(captured[0]);
        });
        captured[0] = 10;
        assertThat(outputOf(process)).isEqualTo("11");
        assertThat(captured[0]).isEqualTo(10);
    }

    @Test
    void lambdaTakesAlongAnotherLambda_thatIsSerializable() throws Exception {
        int offset = 5;
        SerializableFunction add = x -> x + offset;
        SerializableFunction twice = x -> add.applyAsInt(add.applyAsInt(x));
        Task inner = () -> System.out.println(twice.applyAsInt(1));
        assertThat(outputOf(() -> {
                    System.out.println(add.applyAsInt(1));
                    inner.run();
                }))
                .isEqualTo("6\n11");
    }

    private interface SerializableFunction extends IntUnaryOperator, Serializable {}

    @Test
    void staticMethodMayBeReferredTo() throws Exception {
        assertThat(outputOf(TaskContract::greet)).isEqualTo("hello");
        assertThat(outputOf(Nested::greet)).isEqualTo("hello from nested");
    }

    private static void greet() {
        System.out.println("hello");
    }

    @Test
    void methodOfAnObjectMayBeReferredTo() throws Exception {
        var greeter = new Nested("Ada");
        assertThat(outputOf(greeter::greetByName)).isEqualTo("hello Ada");
        assertThat(outputOf(greeter::inherited)).isEqualTo("inherited by Ada");
        assertThat(outputOf(greeter::ofAnInterface)).isEqualTo("default of Ada");
        Base seenAsBase = greeter;
        assertThat(outputOf(seenAsBase::inherited)).isEqualTo("inherited by Ada");
        var value = mp.intValue(1);
        join(mp.process(value::increment).start());
        assertThat(value.get()).isEqualTo(2);
    }

    @Test
    void constructorMayBeReferredTo() throws Exception {
        assertThat(outputOf(Nested::new)).isEqualTo("made");
    }

    @Test
    void methodMayReturnSomething_andBeOverloaded() throws Exception {
        assertThat(outputOf(Nested::overloaded)).isEqualTo("none");
        assertThat(outputOf(() -> Nested.overloaded(1))).isEqualTo("int 1");
        assertThat(outputOf(() -> Nested.overloaded("a", "b"))).isEqualTo("strings [a, b]");
    }

    private interface WithDefault {
        default void ofAnInterface() {
            System.out.println("default of " + this);
        }
    }

    private static class Base implements Serializable {
        private static final long serialVersionUID = 1L;

        void inherited() {
            System.out.println("inherited by " + this);
        }
    }

    private static final class Nested extends Base implements WithDefault {
        private static final long serialVersionUID = 1L;
        private final String name;

        Nested() {
            this("nobody");
            System.out.println("made");
        }

        Nested(String name) {
            this.name = name;
        }

        static void greet() {
            System.out.println("hello from nested");
        }

        private void greetByName() {
            System.out.println("hello " + name);
        }

        static int overloaded() {
            System.out.println("none");
            return 0;
        }

        static int overloaded(int number) {
            System.out.println("int " + number);
            return number;
        }

        static String overloaded(String... texts) {
            System.out.println("strings " + Arrays.toString(texts));
            return texts[0];
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @Test
    void taskMayBeAnObjectOfAClass() throws Exception {
        assertThat(outputOf(new Counter(3))).isEqualTo("0 1 2");
    }

    private static final class Counter implements Task {
        private static final long serialVersionUID = 1L;
        private final int limit;
        private transient String separator = " ";

        Counter(int limit) {
            this.limit = limit;
        }

        @Override
        public void run() {
            for (int i = 0; i < limit; i++) {
                System.out.print(i + Objects.requireNonNullElse(separator, " "));
            }
        }
    }

    @Test
    void taskMayBeAnEnumConstant() throws Exception {
        assertThat(outputOf(Job.SECOND)).isEqualTo("SECOND");
    }

    private enum Job implements Task {
        FIRST,
        SECOND;

        @Override
        public void run() {
            System.out.println(name());
        }
    }

    @Test
    void taskMayBeHuge() throws Exception {
        byte[] huge = new byte[HUGE];
        huge[HUGE - 1] = 7;
        var last = mp.intValue(0);
        Process process =
                mp.process(() -> last.set(huge.length + huge[huge.length - 1])).start();
        join(process);
        assertThat(process.exitCode()).hasValue(0);
        assertThat(last.get()).isEqualTo(HUGE + 7);
    }

    @Test
    void taskMayBePassedOn_toAGrandchild() throws Exception {
        var value = mp.intValue(0);
        int captured = 20;
        Task task = () -> value.add(captured);
        Process child = mp.process(() -> {
                    task.run();
                    Process grandchild = value.context().process(task).start();
                    grandchild.join();
                    if (grandchild.exitCode().getAsInt() != 0) {
                        throw new AssertionError(grandchild);
                    }
                })
                .start();
        join(child);
        assertThat(child.exitCode()).hasValue(0);
        assertThat(value.get()).isEqualTo(40);
    }

    @Test
    void taskIsNotKept_whenTheProcessHasStarted() throws Exception {
        List<WeakReference<int[]>> captured = new ArrayList<>();
        Process process = startWithSomethingCaptured(captured);
        Await.until("the garbage collector has found it", () -> {
            System.gc();
            return captured.getFirst().get() == null;
        });
        assertThat(process.isAlive()).isTrue();
    }

    private Process startWithSomethingCaptured(List<WeakReference<int[]>> captured) {
        int[] array = new int[100];
        captured.add(new WeakReference<>(array));
        return mp.process(() -> {
                    Arrays.fill(array, 1);
                    Thread.sleep(FOREVER);
                })
                .start();
    }
}
