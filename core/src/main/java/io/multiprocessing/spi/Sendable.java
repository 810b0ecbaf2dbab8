package io.multiprocessing.spi;

import io.multiprocessing.SharedObject;
import java.io.Serializable;

/**
 * What is sent as something else, by which whoever reads it finds the object. The proxies of users' own interfaces are that
 * beside these; it is in a package that is exported, because such a proxy may have to be in a package of the user's module.
 */
public interface Sendable extends SharedObject, Serializable {
    /** What is sent in its place. Java serialization calls it, too. */
    Object writeReplace();
}
