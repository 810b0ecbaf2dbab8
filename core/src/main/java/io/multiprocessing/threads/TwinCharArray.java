package io.multiprocessing.threads;

import io.multiprocessing.CharArray;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/** Elements of type char. */
@SuppressWarnings("serial") // travels as a handle
final class TwinCharArray extends TwinArrayObject<Character> implements CharArray {
    static final int ELEMENT_BYTES = Character.BYTES;

    private static final VarHandle ELEMENT = ValueLayout.JAVA_CHAR.varHandle();

    TwinCharArray(TwinContext context, long id, Guard guard, Elements elements) {
        super(context, id, guard, elements);
    }

    private TwinCharArray(TwinCharArray array, int from, int to) {
        super(array, from, to);
    }

    @Override
    public char get(int index) {
        return (char) ELEMENT.getVolatile(memory, openOffset(index));
    }

    @Override
    public void set(int index, char value) {
        getAndSet(index, value);
    }

    @Override
    public char getAndSet(int index, char value) {
        long offset = openOffset(index);
        synchronized (elements) {
            char before = (char) ELEMENT.getVolatile(memory, offset);
            ELEMENT.setVolatile(memory, offset, value);
            return before;
        }
    }

    @Override
    public boolean compareAndSet(int index, char expected, char value) {
        long offset = openOffset(index);
        synchronized (elements) {
            if ((char) ELEMENT.getVolatile(memory, offset) != expected) {
                return false;
            }
            ELEMENT.setVolatile(memory, offset, value);
            return true;
        }
    }

    @Override
    public void fill(int from, int to, char value) {
        MemorySegment range = openRange(from, to);
        for (int i = 0; i < to - from; i++) {
            range.setAtIndex(ValueLayout.JAVA_CHAR, i, value);
        }
    }

    @Override
    public void copyFrom(char[] source, int sourceIndex, int index, int count) {
        MemorySegment.copy(source, sourceIndex, memory, ValueLayout.JAVA_CHAR, openOffset(index, count), count);
    }

    @Override
    public void copyTo(int index, char[] target, int targetIndex, int count) {
        MemorySegment.copy(memory, ValueLayout.JAVA_CHAR, openOffset(index, count), target, targetIndex, count);
    }

    @Override
    public TwinCharArray slice(int from, int to) {
        return new TwinCharArray(this, from, to);
    }

    @Override
    String typeName() {
        return "CharArray";
    }
}
