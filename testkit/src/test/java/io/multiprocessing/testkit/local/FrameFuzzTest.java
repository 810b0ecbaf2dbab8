package io.multiprocessing.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.Connection;
import io.multiprocessing.Listener;
import io.multiprocessing.SocketOptions;
import io.multiprocessing.UnreadableMessageException;
import io.multiprocessing.codec.ValueCodec;
import io.multiprocessing.testkit.jvm.Await;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/**
 * Streams of frames whose bytes are changed at random, from a seed that is printed: whatever comes, a receiver gets messages
 * or exceptions, and an end. {@code -Dmultiprocessing.stress=true} tries many more, {@code -Dmultiprocessing.seed} the same
 * ones again.
 */
class FrameFuzzTest {
    private static final int STREAMS = Boolean.getBoolean("multiprocessing.stress") ? 1_000_000 : 2_000;
    private static final int MOST_BYTES = 100_000;

    @Test
    void whateverComes_thereAreMessagesOrExceptions_andAnEnd() throws Exception {
        long seed = Long.getLong("multiprocessing.seed", System.nanoTime());
        System.out.println("FrameFuzzTest: -Dmultiprocessing.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        int messages = 0;
        int failures = 0;
        try (Listener listener = Listener.open(SocketOptions.noKey())) {
            for (int i = 0; i < STREAMS; i++) {
                try (SocketChannel peer = SocketChannel.open(listener.address());
                        Connection server = listener.accept(Await.LIMIT)) {
                    send(peer, mutated(stream(random), random));
                    while (true) {
                        try {
                            server.receive(Await.LIMIT);
                            messages++;
                        } catch (UnreadableMessageException refused) {
                            failures++;
                        }
                    }
                } catch (IOException ended) {
                    assertThat(ended.getMessage()).isNotEmpty();
                } catch (TimeoutException hangs) {
                    throw new AssertionError("hangs; -Dmultiprocessing.seed=" + seed + ", stream " + i, hangs);
                }
            }
        }
        assertThat(messages).isPositive();
        assertThat(failures).isPositive();
    }

    @Test
    void whateverComesInsteadOfAHandshake_isRefused() throws Exception {
        long seed = Long.getLong("multiprocessing.seed", System.nanoTime());
        System.out.println("FrameFuzzTest: -Dmultiprocessing.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        SocketOptions options = SocketOptions.authkey(new byte[] {1}).handshakeTimeout(Duration.ofSeconds(20));
        try (Listener listener = Listener.open(options)) {
            for (int i = 0; i < STREAMS / 10; i++) {
                try (SocketChannel peer = SocketChannel.open(listener.address())) {
                    send(peer, mutated(stream(random), random));
                    listener.accept(Await.LIMIT).close();
                    throw new AssertionError("was let in; -Dmultiprocessing.seed=" + seed + ", stream " + i);
                } catch (IOException refused) {
                    assertThat(refused.getMessage()).isNotEmpty();
                }
            }
        }
    }

    private static void send(SocketChannel peer, byte[] bytes) throws IOException {
        peer.configureBlocking(false);
        peer.write(ByteBuffer.wrap(bytes)); // what the socket does not take is cut off
        peer.shutdownOutput();
    }

    private static byte[] stream(SplittableRandom random) throws IOException {
        List<Object> values = List.of(1, "text", List.of(1L, 2.0), Map.of("a", new int[10]), new byte[300]);
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        for (int i = random.nextInt(5); i >= 0; i--) {
            byte[] message = encoded(values.get(random.nextInt(values.size())));
            if (random.nextInt(10) == 0) {
                out.writeInt(-1);
                out.writeLong(message.length);
            } else {
                out.writeInt(message.length);
            }
            out.write(message);
        }
        return bytes.toByteArray();
    }

    private static byte[] encoded(Object value) throws IOException {
        return ValueCodec.encode(value);
    }

    private static byte[] mutated(byte[] stream, SplittableRandom random) {
        byte[] bytes = stream;
        for (int i = random.nextInt(6); i > 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length + 20));
                default -> System.arraycopy(bytes, 0, bytes, at, Math.min(bytes.length - at, random.nextInt(12)));
            }
        }
        return bytes.length > MOST_BYTES ? Arrays.copyOf(bytes, MOST_BYTES) : bytes;
    }
}
