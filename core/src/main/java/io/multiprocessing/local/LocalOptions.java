package io.multiprocessing.local;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What a URI of the form {@code local:name?standby=2} says.
 *
 * @param name null for a context of its own
 * @param standBy how many JVMs on stand-by there are at most
 */
record LocalOptions(@Nullable String name, int standBy) {
    private static final String STAND_BY = "standby";
    private static final String STAND_BY_PROPERTY = "multiprocessing.standby";
    private static final int MOST_BY_DEFAULT = 4;
    private static final int MOST = 1000;

    /** @throws IllegalArgumentException if it says something else */
    static LocalOptions of(URI uri) {
        String rest = uri.getRawSchemeSpecificPart();
        int query = rest.indexOf('?');
        String name = query < 0 ? rest : rest.substring(0, query);
        int standBy = query < 0 ? standByByDefault() : -1;
        if (query >= 0) {
            for (String option : rest.substring(query + 1).split("&", -1)) {
                if (!option.startsWith(STAND_BY + "=") || standBy >= 0) {
                    throw new IllegalArgumentException("not an option of a context in shared memory: \"" + option
                            + "\"; there is, once, standby=N, the number of JVMs on stand-by");
                }
                standBy = number(option, option.substring(STAND_BY.length() + 1));
            }
        }
        return new LocalOptions(name.isEmpty() || name.equals("/") ? null : ObjectNames.check(name), standBy);
    }

    /** By the system property; otherwise as many as there are processors, and not more than a few. */
    static int standByByDefault() {
        String configured = System.getProperty(STAND_BY_PROPERTY);
        return configured == null
                ? Math.min(Runtime.getRuntime().availableProcessors(), MOST_BY_DEFAULT)
                : number(STAND_BY_PROPERTY + "=" + configured, configured);
    }

    private static int number(String option, String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0 && number <= MOST) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // as one out of range
        }
        throw new IllegalArgumentException(
                "the number of JVMs on stand-by must be 0 to " + MOST + ", but it says: " + option);
    }
}
