package io.multiprocessing.codec;

import static io.multiprocessing.codec.Copies.travelled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.UnreadableMessageException;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordsTest {
    private enum Color {
        RED
    }

    private record Plain(boolean a, byte b, short c, char d, int e, long f, float g, double h, String i, Color j) {}

    private record Empty() {}

    private record Generic<T extends @Nullable Object>(T value) {}

    private record Tree(String name, List<Tree> children, Map<String, Optional<Tree>> byName) {}

    private record Even(int number) {
        private Even {
            if (number % 2 != 0) {
                throw new IllegalArgumentException(number + " is odd");
            }
        }
    }

    private record Stars(int count) {
        /** What a record shows may differ from what it was made of. */
        @Override
        public int count() {
            return count + 1;
        }
    }

    private record Replaced(int number) implements Serializable {
        private static final long serialVersionUID = 1L;

        private Object readResolve() {
            return new Replaced(number + 1);
        }
    }

    @Test
    void privateRecordsArriveEqual() throws NotSerializableException {
        var plain = new Plain(true, (byte) 1, (short) 2, 'c', 4, 5, 6, 7, "eight", Color.RED);
        assertThat(travelled(plain)).isEqualTo(plain);
        assertThat(travelled(new Empty())).isEqualTo(new Empty());
        var tree = new Tree(
                "root",
                List.of(new Tree("leaf", List.of(), Map.of())),
                Map.of("x", Optional.empty(), "y", Optional.of(new Tree("y", List.of(), Map.of()))));
        assertThat(travelled(tree)).isEqualTo(tree);
        for (Object value : new Object[] {1, "x", List.of(1), Optional.empty()}) {
            assertThat(travelled(new Generic<>(value))).isEqualTo(new Generic<>(value));
        }
        assertThat(travelled(new Generic<>(null))).isEqualTo(new Generic<>(null));
    }

    @Test
    void recordsOfAMethodArrive() throws NotSerializableException {
        record Local(int x, Set<Integer> y) {}
        assertThat(travelled(new Local(1, Set.of(2)))).isEqualTo(new Local(1, Set.of(2)));
    }

    @Test
    void classIsNamedOnceInAMessage() throws NotSerializableException {
        int one = ValueCodec.encode(List.of(new Even(2), 0)).length;
        int two = ValueCodec.encode(List.of(new Even(2), new Even(4))).length;
        assertThat(two - one).isLessThan(5);
    }

    @Test
    void recordsOfManyClassesArriveInOneMessage() throws NotSerializableException {
        List<Object> many = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            many.add(new Even(2 * i));
            many.add(new Generic<>(new Even(4)));
            many.add(new Empty());
            many.add(Color.RED);
            many.add(new Color[] {Color.RED});
        }
        assertThat(Copies.areSame(travelled(many), many)).isTrue();
    }

    @Test
    void componentsAreWhatTheAccessorsShow() throws NotSerializableException {
        assertThat(travelled(new Stars(1)).count()).isEqualTo(3);
    }

    @Test
    void recordThatReplacesItselfGoesByJavaSerialization() throws NotSerializableException {
        assertThat(travelled(new Replaced(1))).isEqualTo(new Replaced(2));
    }

    @Test
    void constructorRefusesWhatIsNotValid() throws NotSerializableException {
        byte[] bytes = ValueCodec.encode(new Even(2));
        bytes[bytes.length - 1]++;
        assertThatThrownBy(() -> ValueCodec.decode(bytes, getClass().getClassLoader()))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("3 is odd")
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void otherVersionOfARecordIsRefused() throws NotSerializableException {
        byte[] bytes = ValueCodec.encode(new Even(2));
        bytes[3]++; // in the hash of the class
        assertThatThrownBy(() -> ValueCodec.decode(bytes, getClass().getClassLoader()))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("another version of class " + Even.class.getName());
    }

    @Test
    void recordOfAClosedModuleIsRefusedWithTheRemedy(@TempDir Path folder) throws Exception {
        Class<?> hidden = compileModule(folder, "record Hidden(int x) {}");
        assertThatThrownBy(() -> ValueCodec.encode(List.of(make(hidden, 1))))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("closed.inner.Hidden, at [0]")
                .hasMessageContaining("\"opens closed.inner;\" to module closed");
    }

    @Test
    void serializableRecordOfAClosedModuleGoesByJavaSerialization(@TempDir Path folder) throws Exception {
        Class<?> hidden = compileModule(folder, "record Hidden(int x) implements java.io.Serializable {}");
        Object value = make(hidden, 1);
        assertThat(ValueCodec.decode(ValueCodec.encode(value), hidden.getClassLoader()))
                .isEqualTo(value);
    }

    private static Object make(Class<?> type, int x) throws Exception {
        return type.getModule()
                .getLayer()
                .findLoader("closed")
                .loadClass("closed.inner.Maker")
                .getMethod("make", int.class)
                .invoke(null, x);
    }

    /** A module of a record that is not open, and of a class that makes it. */
    private static Class<?> compileModule(Path folder, String record) throws Exception {
        Path inner = Files.createDirectories(folder.resolve("closed/inner"));
        Files.writeString(folder.resolve("module-info.java"), "module closed { exports closed.inner; }");
        Files.writeString(inner.resolve("Hidden.java"), "package closed.inner; " + record);
        Files.writeString(
                inner.resolve("Maker.java"),
                "package closed.inner; public class Maker { public static Object make(int x) { return new Hidden(x); } }");
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        folder.resolve("module-info.java").toString(),
                        inner.resolve("Hidden.java").toString(),
                        inner.resolve("Maker.java").toString());
        assertThat(failed).isZero();
        ModuleLayer parent = ModuleLayer.boot();
        Configuration configuration =
                parent.configuration().resolve(ModuleFinder.of(folder), ModuleFinder.of(), Set.of("closed"));
        ModuleLayer layer = parent.defineModulesWithOneLoader(configuration, ClassLoader.getSystemClassLoader());
        return layer.findLoader("closed").loadClass("closed.inner.Hidden");
    }

    @Test
    void recordOfAnotherLoaderIsFoundByTheLoaderThatIsGiven(@TempDir Path folder) throws Exception {
        Class<?> open = compileModule(folder, "public record Hidden(int x) {}");
        Constructor<?> constructor = open.getConstructor(int.class);
        Object value = constructor.newInstance(1);
        byte[] bytes = ValueCodec.encode(value);

        assertThat(ValueCodec.decode(bytes, open.getClassLoader())).isEqualTo(value);
        assertThatThrownBy(() -> ValueCodec.decode(bytes, ClassLoader.getSystemClassLoader()))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("not here: closed.inner.Hidden");
    }
}
