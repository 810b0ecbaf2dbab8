package io.multiprocessing.examples;

import io.multiprocessing.Array;
import io.multiprocessing.Multiprocessing;
import java.math.BigInteger;
import java.util.List;

/**
 * Arrays of Python's typecodes: each has a fixed type and a fixed length. First child after child writes its own element
 * of one array. Then a child swaps the two elements of fourteen arrays, one for each typecode, that hold the largest and
 * smallest of whole numbers. At last what is not of the type, or beyond the length, is refused, and changes nothing.
 *
 * <p>The Python idea: {@code Array('i', 5)} and the letters of its module {@code array}.
 */
public final class Typecodes {
    private Typecodes() {}

    public static void main(String[] args) throws InterruptedException {
        try (var mp = Multiprocessing.open()) {
            var numbers = mp.array('i', 5);
            for (int i = 0; i < numbers.length(); i++) {
                int index = i;
                var child = mp.process(() -> {
                    numbers.set(index, index);
                    System.out.println("Child " + index + ": " + numbers);
                });
                child.start().join();
            }

            var unsigned = new BigInteger("18446744073709551615");
            var arrays = List.of(
                    mp.array('c', List.of('a', 'z')),
                    mp.array('u', List.of("a", "z")),
                    mp.array('b', List.of(-128, 127)),
                    mp.array('B', List.of(0, 255)),
                    mp.array('h', List.of(-32_768, 32_767)),
                    mp.array('H', List.of(0, 65_535)),
                    mp.array('i', List.of(Integer.MIN_VALUE, Integer.MAX_VALUE)),
                    mp.array('I', List.of(0, 4_294_967_295L)),
                    mp.array('l', List.of(Long.MIN_VALUE, Long.MAX_VALUE)),
                    mp.array('L', List.of(0, unsigned)),
                    mp.array('q', List.of(Long.MIN_VALUE, Long.MAX_VALUE)),
                    mp.array('Q', List.of(0, unsigned)),
                    mp.array('f', List.of(-0.25, 0.5)),
                    mp.array('d', List.of(-0.1, 0.1)));
            mp.process(() -> arrays.forEach(Typecodes::swap)).start().join();
            for (var array : arrays) {
                System.out.println("Typecode " + array.typecode().code() + ": " + array);
            }

            refused("a text", () -> numbers.set(0, "one"));
            refused("a fraction", () -> numbers.set(0, 0.5));
            refused("a number too large", () -> numbers.set(0, 1L << 31));
            refused("a sixth element", () -> numbers.set(5, 5));
            refused("six numbers", () -> numbers.setAll(0, List.of(0, 1, 2, 3, 4, 5)));
            refused("an unknown typecode", () -> mp.array('x', 5));
            System.out.println("Main: " + numbers);
        }
    }

    private static void swap(Array<Object> array) {
        array.set(1, array.getAndSet(0, array.get(1)));
    }

    private static void refused(String what, Runnable attempt) {
        try {
            attempt.run();
            System.out.println("Accepted " + what);
        } catch (IllegalArgumentException | IndexOutOfBoundsException refusal) {
            System.out.println("Refused " + what + ": " + refusal.getMessage());
        }
    }
}
