package io.multiprocessing.examples;

import io.multiprocessing.IntValue;
import io.multiprocessing.Lock;
import io.multiprocessing.Multiprocessing;

/**
 * An account of 100. One process withdraws 1 a hundred times while another deposits 1 a hundred times, so 100 must be
 * left. Each takes the lock for its reading, its thinking and its writing together: without it, what the other one wrote
 * in between would be lost.
 *
 * <p>The Python idea: {@code Value} and {@code Lock}, with {@code value += 1} inside {@code with lock:}.
 */
public final class BankAccount {
    private BankAccount() {}

    public static void main(String[] args) throws InterruptedException {
        try (var mp = Multiprocessing.open()) {
            var balance = mp.intValue(100);
            var lock = mp.lock();
            System.out.println("Balance: " + balance.get());

            var withdrawals = mp.process(() -> {
                transfer(balance, lock, -1);
                System.out.println("Withdrew 100 times 1");
            });
            var deposits = mp.process(() -> {
                transfer(balance, lock, 1);
                System.out.println("Deposited 100 times 1");
            });
            withdrawals.start();
            deposits.start();
            withdrawals.join();
            deposits.join();

            System.out.println("Balance: " + balance.get());
        }
    }

    private static void transfer(IntValue balance, Lock lock, int amount) throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            try (var _ = lock.hold()) {
                int before = balance.get();
                Thread.sleep(1);
                balance.set(before + amount);
            }
        }
    }
}
