package io.multiprocessing.threads;

import java.util.regex.Pattern;

/** What names of contexts and of their objects look like. */
final class ObjectNames {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");

    private ObjectNames() {}

    static String check(String name) {
        if (!FORM.matcher(name).matches()) {
            throw new IllegalArgumentException("not a name: \"" + name
                    + "\"; it must be 1 to 100 letters, digits, '.', '_' or '-', and not begin with '.'");
        }
        return name;
    }
}
