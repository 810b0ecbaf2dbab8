package io.multiprocessing.codec;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.lang.invoke.SerializedLambda;
import org.jspecify.annotations.Nullable;

/** Finds what a serializable lambda is made of. */
final class Lambdas {
    private Lambdas() {}

    /** What Java serialization would write in place of a lambda; null if the object is none. */
    static @Nullable SerializedLambda describe(Object object) {
        if (object instanceof MethodTask task) {
            return task.lambda();
        }
        try (var finder = new ReplacementFinder()) {
            finder.writeObject(object);
            return finder.found instanceof SerializedLambda lambda ? lambda : null;
        } catch (IOException notALambda) {
            return null;
        }
    }

    private static final class ReplacementFinder extends ObjectOutputStream {
        @Nullable
        Object found;

        ReplacementFinder() throws IOException {
            super(OutputStream.nullOutputStream());
            enableReplaceObject(true);
        }

        @Override
        protected @Nullable Object replaceObject(Object object) {
            found = object;
            return null;
        }
    }
}
