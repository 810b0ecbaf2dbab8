package io.multiprocessing.cli.tour;

/** A tutorial program: its number in the tour, and what it shows. */
public sealed interface Program {
    int number();

    String title();

    /**
     * A program that can be run.
     *
     * @param main the class whose {@code main} it is
     * @param expected what it must print to standard output
     */
    record Ready(int number, String title, Class<?> main, Expectation expected) implements Program {}

    /** A program that waits for a part of the library. */
    record ToCome(int number, String title) implements Program {}
}
