package io.multiprocessing.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The classes that a message has named: each is named once, and then referred to by its number. */
final class WrittenTypes {
    /** More classes than that are named again each time. */
    static final int MAXIMUM = 64;

    private @Nullable NamedType[] types = new NamedType[4];
    private int count;

    void write(NamedType type, Encoder out) {
        for (int i = count - 1; i >= 0; i--) {
            if (types[i] == type) {
                out.writeByte(i + 1);
                return;
            }
        }
        if (count < MAXIMUM) {
            if (count == types.length) {
                types = Arrays.copyOf(types, 2 * count);
            }
            types[count++] = type;
        }
        out.writeByte(0);
        type.write(out);
    }

    void clear() {
        if (count > 0) {
            Arrays.fill(types, 0, count, null);
            count = 0;
        }
    }
}
