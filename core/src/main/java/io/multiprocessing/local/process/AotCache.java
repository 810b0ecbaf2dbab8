package io.multiprocessing.local.process;

import java.util.List;

/** The cache of prepared classes with which children start faster. */
final class AotCache {
    private AotCache() {}

    static List<String> options(Class<?> bootstrap) {
        return List.of();
    }
}
