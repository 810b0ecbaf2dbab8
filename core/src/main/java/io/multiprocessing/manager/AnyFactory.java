package io.multiprocessing.manager;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** What makes objects of a registered type, with or without arguments. */
interface AnyFactory extends Serializable {
    @Nullable
    Object make(@Nullable Object[] arguments) throws Exception;
}
