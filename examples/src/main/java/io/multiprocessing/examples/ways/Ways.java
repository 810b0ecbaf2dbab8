package io.multiprocessing.examples.ways;

import io.multiprocessing.ByteArray;
import io.multiprocessing.Client;
import io.multiprocessing.Connection;
import io.multiprocessing.Context;
import io.multiprocessing.IntValue;
import io.multiprocessing.Listener;
import io.multiprocessing.Semaphore;
import io.multiprocessing.SharedFile;
import io.multiprocessing.SocketOptions;
import io.multiprocessing.examples.ways.Way.Counter;
import io.multiprocessing.examples.ways.Way.End;
import io.multiprocessing.examples.ways.Way.Ends;
import io.multiprocessing.examples.ways.Way.Opening;
import io.multiprocessing.examples.ways.Way.Pen;
import io.multiprocessing.sqlite.DurableDict;
import io.multiprocessing.sqlite.DurableQueue;
import io.multiprocessing.sqlite.SharedDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;

/** All of them, the quickest first. */
public final class Ways {
    private static final String PROCESSES = "local:";
    private static final int LARGEST_MESSAGE = 1 << 20;

    public static final List<Way> ALL = List.of(
            new Way("threads:", "threads:", Ways::queues, null, (mp, folder) -> mp.longValue(0)::increment),
            new Way("value", PROCESSES, null, null, (mp, folder) -> mp.longValue(0)::increment),
            new Way("value and lock", PROCESSES, null, null, (mp, folder) -> underItsLock(mp)),
            new Way("shared memory", PROCESSES, Ways::sharedMemory, null, null),
            new Way("queue", PROCESSES, Ways::queues, null, null),
            new Way("pipe", PROCESSES, Ways::pipe, null, null),
            new Way("socket", PROCESSES, Ways::socket, null, null),
            new Way("manager", PROCESSES, Ways::managed, null, (mp, folder) -> managedCounter(mp)),
            new Way("file", PROCESSES, null, folder -> records(folder), (mp, folder) -> counterFile(folder)),
            new Way("SQLite", PROCESSES, Ways::database, null, (mp, folder) -> countedRow(folder)));

    private Ways() {}

    private static Counter underItsLock(Context mp) {
        var value = mp.longValue(0);
        return () -> {
            try (var _ = value.lock().hold()) {
                value.set(value.get() + 1);
            }
        };
    }

    // Messages

    /** Bytes lie in an array; two semaphores say whether it may be read or written. */
    private static Ends sharedMemory(Context mp, Path folder) {
        ByteArray there = mp.raw().byteArray(LARGEST_MESSAGE);
        ByteArray back = mp.raw().byteArray(LARGEST_MESSAGE);
        IntValue thereLength = mp.raw().intValue(0);
        IntValue backLength = mp.raw().intValue(0);
        Semaphore thereFree = mp.semaphore(1);
        Semaphore backFree = mp.semaphore(1);
        Semaphore thereFull = mp.semaphore(0);
        Semaphore backFull = mp.semaphore(0);
        return new Ends(
                () -> new InMemory(
                        new Slot(there, thereLength, thereFree, thereFull),
                        new Slot(back, backLength, backFree, backFull)),
                () -> new InMemory(
                        new Slot(back, backLength, backFree, backFull),
                        new Slot(there, thereLength, thereFree, thereFull)));
    }

    private record Slot(ByteArray bytes, IntValue length, Semaphore free, Semaphore full) {}

    private record InMemory(Slot out, Slot in) implements End {
        @Override
        public void send(byte[] message) throws InterruptedException {
            out.free.acquire();
            out.bytes.set(0, message);
            out.length.set(message.length);
            out.full.release();
        }

        @Override
        public byte[] receive() throws InterruptedException {
            in.full.acquire();
            byte[] message = in.bytes.toArray(0, in.length.get());
            in.free.release();
            return message;
        }
    }

    private static Ends queues(Context mp, Path folder) {
        return throughQueues(mp.queue(), mp.queue());
    }

    private static Ends managed(Context mp, Path folder) {
        var manager = mp.manager();
        return throughQueues(manager.queue(), manager.queue());
    }

    private static Ends throughQueues(BlockingQueue<byte[]> there, BlockingQueue<byte[]> back) {
        return new Ends(() -> new ByQueue(there, back), () -> new ByQueue(back, there));
    }

    private record ByQueue(BlockingQueue<byte[]> out, BlockingQueue<byte[]> in) implements End {
        @Override
        public void send(byte[] message) throws InterruptedException {
            out.put(message);
        }

        @Override
        public byte[] receive() throws InterruptedException {
            return in.take();
        }
    }

    private static Ends pipe(Context mp, Path folder) {
        var pipe = mp.pipe();
        Connection near = pipe.first();
        Connection far = pipe.second();
        return new Ends(() -> new ByConnection(near), () -> new ByConnection(far));
    }

    private static Ends socket(Context mp, Path folder) throws IOException {
        Listener listener = Listener.open(SocketOptions.noKey());
        var address = listener.address();
        Opening near = () -> {
            try (listener) {
                return new ByConnection(listener.accept());
            }
        };
        return new Ends(near, () -> new ByConnection(Client.connect(address, SocketOptions.noKey())));
    }

    private record ByConnection(Connection connection) implements End {
        @Override
        public void send(byte[] message) throws IOException, InterruptedException {
            connection.sendBytes(message);
        }

        @Override
        public byte[] receive() throws IOException, InterruptedException {
            return connection.receiveBytes();
        }

        @Override
        public void close() {
            connection.close();
        }
    }

    /** A message is received when it is acknowledged; until then a crash has it delivered again. */
    private static Ends database(Context mp, Path folder) {
        String path = folder.resolve("messages.db").toString();
        var ofContext = mp.intValue(0);
        Opening near = () -> InDatabase.open(path, ofContext.context(), "there", "back");
        Opening far = () -> InDatabase.open(path, ofContext.context(), "back", "there");
        return new Ends(near, far);
    }

    private record InDatabase(SharedDatabase database, DurableQueue<byte[]> out, DurableQueue<byte[]> in)
            implements End {
        static End open(String path, Context mp, String out, String in) {
            var database = SharedDatabase.at(Path.of(path)).context(mp).open();
            return new InDatabase(
                    database, database.durableQueue(out, byte[].class), database.durableQueue(in, byte[].class));
        }

        @Override
        public void send(byte[] message) throws InterruptedException {
            out.put(message);
        }

        @Override
        public byte[] receive() throws InterruptedException {
            try (var delivery = in.receive()) {
                byte[] message = delivery.message();
                delivery.acknowledge();
                return message;
            }
        }

        @Override
        public void close() {
            database.close();
        }
    }

    // Writing

    private static Pen records(Path folder) {
        var records = SharedFile.of(folder.resolve("records"));
        var content = SharedFile.of(folder.resolve("content"));
        return new Pen() {
            @Override
            public void add(byte[] record) throws IOException, InterruptedException {
                records.append(record);
            }

            @Override
            public void replace(byte[] bytes) throws IOException, InterruptedException {
                content.replace(bytes);
            }
        };
    }

    // Counting

    private static Counter managedCounter(Context mp) {
        var dict = mp.manager().<String, Integer>dict();
        return () -> dict.merge("count", 1, Integer::sum);
    }

    private static Counter counterFile(Path folder) throws IOException, InterruptedException {
        var file = SharedFile.of(folder.resolve("count"));
        file.replaceText("0");
        return () -> file.updateText(count -> Long.toString(Long.parseLong(count) + 1));
    }

    private static Counter countedRow(Path folder) {
        var database = SharedDatabase.open(folder.resolve("counts.db"));
        return new CountedRow(database, database.durableDict("counts", String.class, Long.class));
    }

    private record CountedRow(SharedDatabase database, DurableDict<String, Long> counts) implements Counter {
        @Override
        public void addOne() {
            counts.merge("count", 1L, Long::sum);
        }

        @Override
        public void close() {
            database.close();
        }
    }
}
