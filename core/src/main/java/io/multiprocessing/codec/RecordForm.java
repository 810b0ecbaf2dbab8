package io.multiprocessing.codec;

import io.multiprocessing.UnreadableMessageException;
import java.io.NotSerializableException;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** RecordForm: taken apart by their accessors, made by their canonical constructor, which sees to it that they are valid. */
final class RecordForm extends Form {
    private final NamedType type;
    private final RecordShape shape;

    private RecordForm(NamedType type, RecordShape shape) {
        this.type = type;
        this.shape = shape;
    }

    static Form of(Class<?> type) {
        NamedType named = NamedType.of(type);
        RecordShape shape = named.shape();
        boolean isSerializable = Serializable.class.isAssignableFrom(type);
        if (isSerializable && (shape.isReplaced() || !shape.isOpen())) {
            return Forms.serialized(type);
        }
        return new RecordForm(named, shape);
    }

    @Override
    void write(Object value, Encoder out) throws NotSerializableException {
        if (!shape.isOpen()) {
            throw Unwritable.because(value, " is a record of a package that is not open: " + shape.remedy());
        }
        if (shape.isPlain()) {
            out.writeByte(Tag.PLAIN_RECORD);
            writeComponents(value, out);
        } else if (!out.isReference(value)) {
            int begun = out.begin();
            out.writeByte(Tag.RECORD);
            writeComponents(value, out);
            out.end(begun);
        }
    }

    private void writeComponents(Object value, Encoder out) throws NotSerializableException {
        out.writeType(type);
        for (int i = 0; i < shape.size(); i++) {
            try {
                out.writeValue(shape.get(value, i));
            } catch (Unwritable refused) {
                throw refused.at("." + shape.name(i));
            }
        }
    }

    static Object read(int tag, Decoder in) {
        int number = tag == Tag.RECORD ? in.reserve() : -1;
        NamedType type = in.readType();
        if (!type.type().isRecord()) {
            throw new UnreadableMessageException("the message takes " + type.type() + " for a record");
        }
        RecordShape shape = type.shape();
        if (!shape.isOpen()) {
            throw new UnreadableMessageException("the message holds a "
                    + type.type().getName() + ", a record of a package that is not open: " + shape.remedy());
        }
        in.claim(shape.size());
        @Nullable Object[] components = new Object[shape.size()];
        ObjectArrayForm.readElements(components, in);
        Object value = shape.make(components);
        in.remember(number, value);
        return value;
    }
}
