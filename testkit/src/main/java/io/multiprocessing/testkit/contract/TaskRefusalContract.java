package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Process;
import io.multiprocessing.Task;
import io.multiprocessing.TaskNotSerializableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a process can't be given to do, and how that is said, in every context. */
public abstract class TaskRefusalContract extends ProcessSuite {
    @Test
    void captureIsRefused_withItsNameAndClass() {
        var stream = InputStream.nullInputStream();
        int first = 1;
        long second = 2;
        assertRefused(
                () -> {
                    int read = stream.read();
                    System.out.println(read + first + second);
                },
                "\"stream\"",
                "is a java.io.InputStream$");
        assertRefused(
                () -> {
                    System.out.println(first + second);
                    System.out.println(stream.read());
                },
                "\"stream\"",
                "is a java.io.InputStream$");
    }

    @Test
    void captureIsRefused_withTheCulpritInIt() {
        var holder = List.of("harmless", Map.of("key", new Plain()));
        assertRefused(
                () -> System.out.println(holder),
                "\"holder\"",
                "java.util.ImmutableCollections$",
                Plain.class.getName());
        Supplier<String> notSerializable = () -> "text";
        assertRefused(() -> System.out.println(notSerializable.get()), "\"notSerializable\"", "Lambda");
        Thread thread = Thread.currentThread();
        assertRefused(() -> System.out.println(thread), "\"thread\"", "java.lang.Thread");
    }

    @Test
    void captureIsRefused_whenItIsThis() {
        assertRefused(() -> System.out.println(mp), "\"this\"", getClass().getName());
        var plain = new Plain();
        assertRefused(plain::use, Plain.class.getName());
    }

    @Test
    void captureIsRefused_whenItsOwnSerializationFails() {
        var failing = new Failing();
        assertRefused(() -> System.out.println(failing.hashCode()), "\"failing\"", Failing.class.getName());
    }

    @Test
    void objectIsRefused_whenAFieldOfItCanNotBeSent() {
        assertRefused(new WithPlainField(), WithPlainField.class.getName(), Plain.class.getName());
    }

    @Test
    void contextIsRefused_becauseItDoesNotTravel() {
        var context = mp;
        assertRefused(() -> System.out.println(context), "\"context\"");
        Process process = mp.process(() -> {});
        assertRefused(() -> System.out.println(process), "\"process\"");
    }

    private static final class Plain {
        void use() {}
    }

    private static final class Failing implements Serializable {
        private static final long serialVersionUID = 1L;

        private void writeObject(ObjectOutputStream out) throws IOException {
            throw new IOException("can't be written today");
        }
    }

    private static final class WithPlainField implements Task {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial")
        private final Plain plain = new Plain();

        @Override
        public void run() {
            plain.use();
        }
    }

    @Test
    void classIsRefused_whenAChildCouldNotFindIt() throws Exception {
        Task task = (Task) new Foreign()
                .loadClass(OfAForeignLoader.class.getName())
                .getConstructor()
                .newInstance();
        assertThat(task.getClass()).isNotSameAs(OfAForeignLoader.class);
        assertRefused(task, OfAForeignLoader.class.getName(), Foreign.class.getName(), "class path");
    }

    /** What a class loader of its own loads again. */
    public static final class OfAForeignLoader implements Task {
        private static final long serialVersionUID = 1L;

        /** Called by reflection. */
        public OfAForeignLoader() {}

        @Override
        public void run() {}
    }

    private static final class Foreign extends ClassLoader {
        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(OfAForeignLoader.class.getName())) {
                return super.loadClass(name, resolve);
            }
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = Objects.requireNonNull(in).readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }

    private void assertRefused(Task task, String... reasons) {
        Process process = mp.process(task);
        assertThatThrownBy(process::start)
                .isInstanceOf(TaskNotSerializableException.class)
                .hasMessageContainingAll(reasons);
        assertThat(process.isAlive()).isFalse();
        assertThat(process.pid()).isEmpty();
        process.close();
    }
}
