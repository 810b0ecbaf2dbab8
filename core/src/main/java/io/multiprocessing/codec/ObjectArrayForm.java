package io.multiprocessing.codec;

import io.multiprocessing.UnreadableMessageException;
import java.io.NotSerializableException;
import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/** Arrays of references; they arrive with the type that they had. */
final class ObjectArrayForm extends Form {
    private final @Nullable NamedType component;

    ObjectArrayForm(Class<?> component) {
        this.component = component == Object.class ? null : NamedType.of(component);
    }

    @Override
    void write(Object value, Encoder out) throws NotSerializableException {
        if (out.isReference(value)) {
            return;
        }
        if (component == null) {
            out.writeByte(Tag.OBJECTS);
        } else {
            out.writeByte(Tag.TYPED_ARRAY);
            out.writeType(component);
        }
        @Nullable Object[] array = (Object[]) value;
        out.writeCount(array.length);
        writeElements(array, out);
    }

    static Object read(int tag, Decoder in) {
        int number = in.reserve();
        Class<?> component = tag == Tag.OBJECTS ? Object.class : in.readType().type();
        if (component.isPrimitive()) {
            throw new UnreadableMessageException("the message is damaged: " + component + " as type of references");
        }
        int count = in.readCount();
        in.claim(count);
        @Nullable
        Object[] array = component == Object.class ? new Object[count] : (Object[]) Array.newInstance(component, count);
        in.remember(number, array);
        readElements(array, in);
        return array;
    }

    static void writeElements(@Nullable Object[] elements, Encoder out) throws NotSerializableException {
        for (int i = 0; i < elements.length; i++) {
            try {
                out.writeValue(elements[i]);
            } catch (Unwritable refused) {
                throw refused.at("[" + i + "]");
            }
        }
    }

    static void readElements(@Nullable Object[] elements, Decoder in) {
        for (int i = 0; i < elements.length; i++) {
            elements[i] = in.readOwed();
        }
    }
}
