package io.multiprocessing.manager;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A type that a user has registered.
 *
 * @param name the type's name
 * @param type what its proxies are
 * @param factory what makes its objects
 */
record RegisteredType(String name, Class<?> type, AnyFactory factory) {
    ServedInstance make(ObjectTable table, @Nullable Object[] arguments) throws Exception {
        Object made = factory.make(arguments);
        Objects.requireNonNull(made, "the factory of \"" + name + "\" made null");
        return new ServedInstance(table, made, type);
    }
}
