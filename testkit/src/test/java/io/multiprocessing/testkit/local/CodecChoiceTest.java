package io.multiprocessing.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.Connection;
import io.multiprocessing.Context;
import io.multiprocessing.MessageNotSerializableException;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Pipe;
import io.multiprocessing.Queue;
import io.multiprocessing.spi.Codec;
import io.multiprocessing.testkit.jvm.Await;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A codec of the user's own, in processes that have chosen it. */
@ExtendWith(OwnFolder.class)
class CodecChoiceTest {
    private Context mp;

    /** Java serialization, which has the hooks that shared objects need. */
    public static final class ByJava implements Codec {
        private static final AtomicInteger DECODED = new AtomicInteger();

        @Override
        public String name() {
            return "test-java";
        }

        @Override
        public void encode(@Nullable Object value, OutputStream target) throws IOException {
            try (ObjectOutputStream out = new ObjectOutputStream(target)) {
                out.writeObject(value);
            }
        }

        @Override
        public @Nullable Object decode(InputStream source, ClassLoader loader)
                throws IOException, ClassNotFoundException {
            DECODED.incrementAndGet();
            try (ObjectInputStream in = new ObjectInputStream(source) {
                @Override
                protected Class<?> resolveClass(ObjectStreamClass type) throws ClassNotFoundException {
                    return Class.forName(type.getName(), false, loader);
                }
            }) {
                return in.readObject();
            }
        }
    }

    @BeforeEach
    void open() {
        mp = Multiprocessing.open("local:?standby=0");
    }

    @AfterEach
    void close() {
        mp.close();
    }

    @Test
    void messagesOfThoseWhoHaveChosenItAreReadByAll_andHandlesArriveAlive() throws Exception {
        Queue<List<Object>> queue = mp.queue();
        Queue<String> answers = mp.queue();
        Pipe pipe = mp.pipe();
        Connection second = pipe.second();
        int before = ByJava.DECODED.get();
        var child = mp.process(() -> {
                    queue.put(List.of(1, "a", answers));
                    second.send(isRefused(queue, List.of(new Object())));
                    second.send(List.of("by pipe"));
                })
                .jvmOptions("-Dmultiprocessing.codec=test-java")
                .start();

        List<Object> message = queue.get(Await.LIMIT);
        assertThat(message).startsWith(1, "a").hasSize(3);
        assertThat(message.getLast()).isSameAs(answers);
        assertThat(pipe.first().receive(Await.LIMIT)).isEqualTo(true);
        assertThat(pipe.first().receive(Await.LIMIT)).isEqualTo(List.of("by pipe"));
        assertThat(ByJava.DECODED.get() - before).isEqualTo(3);
        child.join();
        assertThat(child.exitCode()).hasValue(0);
    }

    private static boolean isRefused(Queue<List<Object>> queue, List<Object> message) throws InterruptedException {
        try {
            queue.put(message);
            return false;
        } catch (MessageNotSerializableException refused) {
            return true;
        }
    }
}
