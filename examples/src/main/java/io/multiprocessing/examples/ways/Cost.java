package io.multiprocessing.examples.ways;

import java.util.Map;
import java.util.OptionalDouble;

/** What a way costs: a number for each measure that it has. */
public record Cost(String way, Map<Measure, Double> figures) {
    /** What is measured. */
    public enum Measure {
        /** Nanoseconds for 16 bytes to another process and back. */
        EXCHANGE("16 bytes there and back", true),
        /** Messages of 100 bytes that go one way in a second; of a file: records that are appended. */
        SMALL("messages of 100 bytes", false),
        /** Bytes that go one way in a second, in messages of 1 MiB; of a file: its content is replaced. */
        LARGE("messages of 1 MiB", false),
        /** Nanoseconds to add 1 to a counter of all processes. */
        COUNTER("adding 1 to a shared counter", true);

        private final String title;
        private final boolean isLessBetter;

        Measure(String title, boolean isLessBetter) {
            this.title = title;
            this.isLessBetter = isLessBetter;
        }

        public String title() {
            return title;
        }

        public boolean isLessBetter() {
            return isLessBetter;
        }

        /** A number of this measure with its unit, in two digits or more. */
        public String told(double number) {
            return switch (this) {
                case EXCHANGE, COUNTER -> Quantity.ofNanos(number);
                case SMALL -> Quantity.scaled(number, "/s");
                case LARGE -> Quantity.scaled(number, "B/s");
            };
        }
    }

    public Cost {
        figures = Map.copyOf(figures);
    }

    public OptionalDouble of(Measure measure) {
        Double number = figures.get(measure);
        return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
    }
}
