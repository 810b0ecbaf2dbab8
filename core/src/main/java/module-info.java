/**
 * Real operating-system processes that share data: values, arrays, locks, queues and more, with the
 * semantics of CPython's {@code multiprocessing} and the contracts of {@code java.util.concurrent}.
 */
module io.multiprocessing {
    requires static transitive org.jspecify;
    requires java.management;

    exports io.multiprocessing;
    exports io.multiprocessing.spi;

    uses io.multiprocessing.spi.Codec;
    uses io.multiprocessing.spi.ContextProvider;

    provides io.multiprocessing.spi.ContextProvider with
            io.multiprocessing.local.LocalContextProvider;
}
