/**
 * Real operating-system processes that share data: values, arrays, locks, queues and more, with the
 * semantics of CPython's {@code multiprocessing} and the contracts of {@code java.util.concurrent}.
 */
@SuppressWarnings("module") // the modules that some packages are exported to are built later
module io.multiprocessing {
    requires static org.jspecify;
    requires java.management;
    requires static jdk.jfr;

    exports io.multiprocessing;
    exports io.multiprocessing.spi;
    exports io.multiprocessing.codec to
            io.multiprocessing.sqlite;
    exports io.multiprocessing.local.os to
            io.multiprocessing.sqlite;
    exports io.multiprocessing.local.segment to
            io.multiprocessing.sqlite;

    uses io.multiprocessing.spi.Codec;
    uses io.multiprocessing.spi.ConnectionProvider;
    uses io.multiprocessing.spi.ContextProvider;
    uses io.multiprocessing.spi.FileProvider;

    provides io.multiprocessing.spi.ConnectionProvider with
            io.multiprocessing.local.connection.SocketProvider;
    provides io.multiprocessing.spi.ContextProvider with
            io.multiprocessing.local.LocalContextProvider,
            io.multiprocessing.threads.ThreadsContextProvider;
    provides io.multiprocessing.spi.FileProvider with
            io.multiprocessing.local.LocalFileProvider;
}
