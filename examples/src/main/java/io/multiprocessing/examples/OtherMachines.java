package io.multiprocessing.examples;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import io.multiprocessing.Queue;
import io.multiprocessing.sqlite.SharedDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Sharing with other machines. A manager serves a queue of jobs and a dict of results at an address; two workers, that know
 * nothing of it but the address and the key, connect to it and share the jobs. On machines of their own they would do just
 * the same. What is to outlive all processes goes into a database.
 *
 * <p>The Python idea: {@code BaseManager(address, authkey)} with {@code get_server} here and {@code connect} there.
 */
public final class OtherMachines {
    private static final int JOBS = 6;
    private static final int NO_MORE = 0;

    private OtherMachines() {}

    public static void main(String[] args) throws IOException, InterruptedException, SQLException {
        var key = new byte[32];
        new SecureRandom().nextBytes(key);
        var folder = Files.createTempDirectory("shared-");
        try (var mp = Multiprocessing.open();
                var manager = mp.serve(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), key)) {
            Queue<Integer> jobs = manager.queue();
            ConcurrentMap<Integer, Integer> squares = manager.dict();
            manager.publish("jobs", jobs).publish("squares", squares);
            int port = ((InetSocketAddress) manager.address().orElseThrow()).getPort();

            var workers = new ArrayList<Process>();
            for (int i = 0; i < 2; i++) {
                workers.add(mp.process(() -> work(port, key)).start());
            }
            for (int number = 1; number <= JOBS; number++) {
                jobs.put(number);
            }
            jobs.putAll(Collections.nCopies(workers.size(), NO_MORE));
            for (var worker : workers) {
                worker.join();
            }
            System.out.println("Squares: " + new TreeMap<>(squares));
            System.out.println("Jobs left: " + jobs.size());

            save(folder.resolve("squares.db"), squares);
        } finally {
            AppendToFileUnderLock.remove(folder);
        }
    }

    @SuppressWarnings("unchecked") // they were published as that
    private static void work(int port, byte[] key) throws IOException, InterruptedException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (var mp = Multiprocessing.open();
                var manager = mp.connect(address, key)) {
            Queue<Integer> jobs = manager.attach("jobs", Queue.class);
            ConcurrentMap<Integer, Integer> squares = manager.attach("squares", ConcurrentMap.class);
            for (int number = jobs.get(); number != NO_MORE; number = jobs.get()) {
                squares.put(number, number * number);
            }
        }
    }

    private static void save(Path path, ConcurrentMap<Integer, Integer> squares)
            throws InterruptedException, SQLException {
        try (var database = SharedDatabase.open(path)) {
            database.inTransaction(connection -> {
                try (var statement = connection.createStatement()) {
                    statement.executeUpdate("CREATE TABLE square (number INTEGER, square INTEGER)");
                }
                try (var insert = connection.prepareStatement("INSERT INTO square VALUES (?, ?)")) {
                    for (var entry : squares.entrySet()) {
                        insert.setInt(1, entry.getKey());
                        insert.setInt(2, entry.getValue());
                        insert.executeUpdate();
                    }
                    return squares.size();
                }
            });
            try (var connection = database.dataSource().getConnection();
                    var statement = connection.createStatement();
                    var row = statement.executeQuery("SELECT count(*), sum(square) FROM square")) {
                row.next();
                System.out.println("In the database: " + row.getInt(1) + " squares, " + row.getInt(2) + " in all");
            }
        }
    }
}
