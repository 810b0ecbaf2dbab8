package io.multiprocessing.codec;

import java.io.NotSerializableException;
import java.util.AbstractMap;
import java.util.Map;

/** Entries of maps that are there on their own, as {@code Map.entry} makes them. They arrive immutable. */
final class EntryForm extends Form {
    @Override
    void write(Object value, Encoder out) throws NotSerializableException {
        if (!out.isReference(value)) {
            int begun = out.begin();
            out.writeByte(Tag.ENTRY);
            out.writeValue(((Map.Entry<?, ?>) value).getKey());
            out.writeValue(((Map.Entry<?, ?>) value).getValue());
            out.end(begun);
        }
    }

    static Object read(Decoder in) {
        int number = in.reserve();
        Object key = in.readValue();
        Object value = in.readValue();
        Object entry = key == null || value == null
                ? new AbstractMap.SimpleImmutableEntry<>(key, value)
                : Map.entry(key, value);
        in.remember(number, entry);
        return entry;
    }
}
