package io.multiprocessing.cli.chaos;

import io.multiprocessing.LongArray;
import io.multiprocessing.Task;
import io.multiprocessing.sqlite.Delivery;
import io.multiprocessing.sqlite.DurableDict;
import io.multiprocessing.sqlite.DurableQueue;
import io.multiprocessing.sqlite.SharedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A database: money that is moved between accounts in transactions stays the same in all, and of what was put into a queue
 * all is done or still there.
 */
final class DatabaseStorm extends Storm {
    private static final int OPERATIONS = 3;
    private static final int ACCOUNTS = 5;
    private static final long MONEY = 1_000;
    private static final int LONGEST_QUEUE = 50;

    private @Nullable Bank bank;

    DatabaseStorm(Ground ground) {
        super(ground);
    }

    /** The database as this process has it open, from its first round on. */
    private record Bank(
            SharedDatabase database,
            DurableDict<String, Long> accounts,
            DurableDict<String, Long> counts,
            DurableQueue<String> jobs) {
        static Bank open(Ground ground) {
            SharedDatabase database = SharedDatabase.at(ground.folder().resolve("storm.db"))
                    .context(ground.mp())
                    .busyTimeout(Duration.ofMinutes(1))
                    .open();
            return new Bank(
                    database,
                    database.durableDict("accounts", String.class, Long.class),
                    database.durableDict("counts", String.class, Long.class),
                    database.durableQueue("jobs", String.class));
        }

        long sum() {
            return accounts.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    @Override
    public String name() {
        return "database";
    }

    @Override
    protected Task victim(LongArray roll, long serial) {
        return () -> Worker.victim(new DatabaseStorm(Ground.of(roll)), serial);
    }

    @Override
    protected List<String> crashPoints() {
        return List.of("durable-queue-K1", "durable-queue-K2", "durable-queue-K3", "durable-queue-K4");
    }

    @Override
    protected int weight() {
        return 5;
    }

    @Override
    protected Duration longestLife() {
        return Duration.ofMillis(100);
    }

    @Override
    protected Duration longestRest() {
        return Duration.ofMillis(50);
    }

    @Override
    protected Duration patience() {
        return Duration.ofSeconds(20);
    }

    @Override
    protected void round(Worker me) throws InterruptedException {
        Bank mine = bank;
        if (mine == null) {
            mine = Bank.open(ground);
            bank = mine;
        }
        for (int i = 0; i < OPERATIONS; i++) {
            switch (me.pick(4)) {
                case 0 -> move(mine, me);
                case 1 -> put(mine);
                case 2 -> work(mine);
                default -> look(mine, me);
            }
            me.did();
        }
    }

    private static void move(Bank mine, Worker me) throws InterruptedException {
        String from = "account-" + me.pick(ACCOUNTS);
        String to = "account-" + me.pick(ACCOUNTS);
        long amount = 1L + me.pick(100);
        mine.database().inTransaction(connection -> {
            mine.accounts().merge(from, MONEY - amount, (have, _) -> have - amount);
            me.dawdle();
            return mine.accounts().merge(to, MONEY + amount, (have, _) -> have + amount);
        });
    }

    private static void put(Bank mine) throws InterruptedException {
        mine.database().inTransaction(connection -> {
            boolean hasRoom = mine.jobs().size() < LONGEST_QUEUE;
            if (hasRoom) {
                mine.jobs().add("job");
                mine.counts().merge("put", 1L, Long::sum);
            }
            return hasRoom;
        });
    }

    private static void work(Bank mine) throws InterruptedException {
        Optional<Delivery<String>> received = mine.jobs().tryReceive();
        if (received.isPresent()) {
            try (Delivery<String> delivery = received.get()) {
                mine.database().inTransaction(connection -> {
                    delivery.acknowledge();
                    return mine.counts().merge("done", 1L, Long::sum);
                });
            }
        }
    }

    private static void look(Bank mine, Worker me) throws InterruptedException {
        mine.database().inTransaction(connection -> {
            if (mine.sum() != MONEY * mine.accounts().size()) {
                me.violation("the accounts have " + mine.sum() + ": " + mine.accounts());
            }
            long put = mine.counts().getOrDefault("put", 0L);
            long done = mine.counts().getOrDefault("done", 0L);
            if (put - done != mine.jobs().size()) {
                me.violation(put + " jobs were put and " + done + " done, but there are "
                        + mine.jobs().size());
            }
            return put;
        });
    }

    @Override
    protected void settle(Findings findings) throws InterruptedException {
        Bank last = Bank.open(ground);
        try (SharedDatabase database = last.database()) {
            String integrity = database.inTransaction(DatabaseStorm::integrity);
            if (!integrity.equals("ok")) {
                findings.violation("the database is damaged: " + integrity);
            }
            if (last.sum() != MONEY * last.accounts().size()) {
                findings.violation("in the end the accounts have " + last.accounts());
            }
            long left = last.counts().getOrDefault("put", 0L) - last.counts().getOrDefault("done", 0L);
            int delivered = 0;
            for (var job = last.jobs().receive(Duration.ofSeconds(1));
                    job.isPresent();
                    job = last.jobs().receive(Duration.ofSeconds(1))) {
                job.get().acknowledge();
                delivered++;
            }
            if (delivered != left || !last.jobs().isEmpty()) {
                findings.violation("of " + left + " jobs that were left " + delivered + " came again, and "
                        + last.jobs().size() + " are with the dead");
            }
        }
    }

    private static String integrity(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("PRAGMA integrity_check")) {
            row.next();
            return row.getString(1);
        }
    }
}
