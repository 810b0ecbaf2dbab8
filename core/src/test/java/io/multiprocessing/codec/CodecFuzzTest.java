package io.multiprocessing.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.multiprocessing.UnreadableMessageException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random values arrive as they were; random bytes are refused, or are a value, and cost no more than their number allows.
 * {@code -Dmultiprocessing.stress=true} takes many more; {@code -Dmultiprocessing.seed=…} repeats a run.
 */
class CodecFuzzTest {
    private static final boolean IS_STRESS = Boolean.getBoolean("multiprocessing.stress");
    private static final int VALUES = IS_STRESS ? 200_000 : 20_000;
    private static final int MUTATIONS = IS_STRESS ? 2_000_000 : 200_000;
    private static final int MUTATIONS_OF_A_VALUE = 20;
    private static final long LONGEST_NANOS = 2_000_000_000;

    private final long seed = Long.getLong("multiprocessing.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final RandomValues values = new RandomValues(random);
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void randomValuesArriveAsTheyWere() throws Exception {
        for (int i = 0; i < VALUES; i++) {
            Object value = values.value(4);
            Object copy = Copies.travelled(value);
            assertThat(Copies.areSame(value, copy))
                    .as("seed %d, value %d: %s", seed, i, value)
                    .isTrue();
        }
    }

    @Test
    void damagedMessagesAreRefusedOrRead() throws Exception {
        System.out.println("seed " + seed);
        byte[] other = {};
        long refused = 0;
        for (int i = 0; i < MUTATIONS; ) {
            byte[] message = ValueCodec.encode(random.nextInt(4) == 0 ? values.odd() : values.value(4));
            for (int j = 0; j < MUTATIONS_OF_A_VALUE && i < MUTATIONS; j++, i++) {
                byte[] damaged = damage(message, other);
                refused += isRead(damaged, i) ? 0 : 1;
            }
            other = message;
        }
        // Most damage is seen; the rest changes numbers or texts.
        assertThat(refused).isBetween(MUTATIONS / 4L, MUTATIONS * 99L / 100);
    }

    private boolean isRead(byte[] damaged, int input) {
        long bytesBefore = threads.getCurrentThreadAllocatedBytes();
        long timeBefore = threads.getCurrentThreadCpuTime();
        boolean isRead = true;
        try {
            ValueCodec.decode(damaged, getClass().getClassLoader());
        } catch (UnreadableMessageException expected) {
            isRead = false;
        } catch (Throwable unexpected) {
            throw new AssertionError(describe(damaged, input), unexpected);
        }
        long nanos = threads.getCurrentThreadCpuTime() - timeBefore;
        long bytes = threads.getCurrentThreadAllocatedBytes() - bytesBefore;
        if (bytes > UnreadableTest.FREE_BYTES + (long) UnreadableTest.BYTES_OF_A_BYTE * damaged.length) {
            throw new AssertionError(bytes + " bytes allocated, " + describe(damaged, input));
        } else if (nanos > LONGEST_NANOS) {
            throw new AssertionError(nanos + " ns taken, " + describe(damaged, input));
        }
        return isRead;
    }

    private String describe(byte[] damaged, int input) {
        return "seed " + seed + ", input " + input + ": " + HexFormat.of().formatHex(damaged);
    }

    private byte[] damage(byte[] message, byte[] other) {
        byte[] damaged = message.clone();
        int at = random.nextInt(message.length);
        switch (random.nextInt(7)) {
            case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> damaged[at] = (byte) random.nextInt();
            case 2 -> {
                for (int i = random.nextInt(4); i >= 0; i--) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(0x30);
                }
            }
            case 3 -> damaged = Arrays.copyOf(message, at);
            case 4 -> {
                for (int i = at; i < Math.min(at + 5, damaged.length); i++) {
                    damaged[i] = i == at + 4 ? 7 : (byte) 0xff; // the largest of counts
                }
            }
            case 5 -> { // a part of another message
                if (other.length > 0) {
                    int from = random.nextInt(other.length);
                    int count = Math.min(other.length - from, damaged.length - at);
                    System.arraycopy(other, from, damaged, at, count);
                }
            }
            default -> { // a part of itself, elsewhere
                int from = random.nextInt(message.length);
                int count = Math.min(message.length - from, damaged.length - at);
                System.arraycopy(message, from, damaged, at, count);
            }
        }
        return damaged;
    }
}
