package io.multiprocessing.codec;

import static io.multiprocessing.codec.Copies.travelled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Task;
import io.multiprocessing.UnreadableMessageException;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LambdasTest {
    private interface Step<T, R> extends Function<T, R>, Serializable {}

    private record Prefix(String text) {
        String before(String rest) {
            return text + rest;
        }
    }

    @Test
    void lambdasArriveWithWhatTheyCapture() throws Exception {
        int number = 7;
        List<Integer> list = new ArrayList<>(List.of(1, 2));
        Step<Integer, Object> step = x -> x + number + list.size();
        assertThat(travelled(step).apply(10)).isEqualTo(19);
        Callable<Integer> callable = (Callable<Integer> & Serializable) () -> number;
        assertThat(travelled(callable).call()).isEqualTo(7);
        assertThat(travelled(List.of(step)).get(0).apply(1)).isEqualTo(10);
    }

    @Test
    void methodReferencesArrive() throws NotSerializableException {
        Step<String, Integer> length = String::length;
        Step<String, String> bound = new Prefix("a")::before;
        Step<String, Prefix> constructor = Prefix::new;
        assertThat(travelled(length).apply("abc")).isEqualTo(3);
        assertThat(travelled(bound).apply("b")).isEqualTo("ab");
        assertThat(travelled(constructor).apply("x")).isEqualTo(new Prefix("x"));
    }

    @Test
    void lambdaTravelsOn() throws NotSerializableException {
        Step<Integer, Integer> step = x -> x * 2;
        assertThat(travelled(travelled(step)).apply(2)).isEqualTo(4);
    }

    @Test
    void tasksArriveAsTasks() throws Exception {
        List<Integer> list = new ArrayList<>();
        Task task = () -> list.add(1);
        Task copy = TaskCodec.read(TaskCodec.write(task), getClass().getClassLoader());
        travelled(copy).run();
        travelled(task).run();
        assertThat(list).isEmpty();
    }

    @Test
    void captureThatCannotBeSentIsNamed() {
        Thread thread = Thread.currentThread();
        Step<Integer, Object> step = x -> thread;
        assertThatThrownBy(() -> ValueCodec.encode(List.of(1, step)))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("java.lang.Thread, at [1]<the captured variable \"thread\">");
    }

    @Test
    void lambdaThatIsNotSerializableIsRefused() {
        Supplier<Integer> supplier = () -> 1;
        assertThatThrownBy(() -> ValueCodec.encode(supplier))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("lambda whose type is not Serializable");
    }

    @Test
    void bytesCannotNameCodeThatIsNoSerializableLambda() throws NotSerializableException {
        Step<String, Integer> length = String::length;
        byte[] bytes = ValueCodec.encode(length);
        byte[] changed = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)
                .replace("length", "intern")
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(changed).isNotEqualTo(bytes);
        assertThatThrownBy(() -> ValueCodec.decode(changed, getClass().getClassLoader()))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("no such lambda");
    }
}
