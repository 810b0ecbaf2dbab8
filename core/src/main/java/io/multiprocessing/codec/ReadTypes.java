package io.multiprocessing.codec;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The classes that a message has named, by the numbers that {@link WrittenTypes} gave them. */
final class ReadTypes {
    private final TypeTable table;
    private @Nullable NamedType[] types = new NamedType[4];
    private int count;

    ReadTypes(ClassLoader loader) {
        this.table = TypeTable.of(loader);
    }

    NamedType read(Decoder in) {
        int number = in.readByte();
        if (number != 0) {
            if (number < 0 || number > count) {
                throw Decoder.unknown("number of a class", number & 0xff);
            }
            return Objects.requireNonNull(types[number - 1]);
        }
        NamedType type = table.read(in);
        if (count < WrittenTypes.MAXIMUM) {
            if (count == types.length) {
                types = Arrays.copyOf(types, 2 * count);
            }
            types[count++] = type;
        }
        return type;
    }

    void clear() {
        Arrays.fill(types, 0, count, null);
        count = 0;
    }
}
