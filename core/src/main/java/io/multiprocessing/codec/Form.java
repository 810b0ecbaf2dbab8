package io.multiprocessing.codec;

import java.io.NotSerializableException;

/** How values of one class are written. {@link Forms} finds it; {@link Tag} lists what the bytes are. */
abstract class Form {
    abstract void write(Object value, Encoder out) throws NotSerializableException;
}
