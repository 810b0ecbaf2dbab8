package io.multiprocessing.pool;

import io.multiprocessing.PoolOptions;
import io.multiprocessing.RemoteCallable;
import io.multiprocessing.Task;
import io.multiprocessing.codec.ValueCodec;
import java.io.NotSerializableException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What each worker does at its beginning and at its end. */
record Setup(
        @Nullable Task initializer,
        @Nullable RemoteCallable<?> state,
        @Nullable Task exitHook) {
    /** Empty if there is nothing to do. */
    static byte[] write(PoolOptions options) {
        List<@Nullable Object> all = new ArrayList<>();
        all.add(options.initializer().orElse(null));
        all.add(options.state().orElse(null));
        all.add(options.exitHook().orElse(null));
        if (all.stream().allMatch(one -> one == null)) {
            return new byte[0];
        }
        try {
            return ValueCodec.encodeByLibrary(all);
        } catch (NotSerializableException refused) {
            throw Failures.unsendable("the initializer, state maker or exit hook of a pool", refused);
        }
    }

    static Setup read(byte[] bytes, ClassLoader loader) {
        if (bytes.length == 0) {
            return new Setup(null, null, null);
        }
        if (ValueCodec.decode(bytes, loader) instanceof List<?> all) {
            return new Setup((Task) all.get(0), (RemoteCallable<?>) all.get(1), (Task) all.get(2));
        }
        throw new IllegalArgumentException("not what a pool says to its workers");
    }
}
