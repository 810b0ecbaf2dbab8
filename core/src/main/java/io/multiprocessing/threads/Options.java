package io.multiprocessing.threads;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What a URI of the form {@code threads:name?virtual=true&copy=false} says.
 *
 * @param name null for a context of its own
 * @param virtual whether its processes are virtual threads
 * @param copies whether tasks and messages are copied on their way
 */
record Options(@Nullable String name, boolean virtual, boolean copies) {
    /** @throws IllegalArgumentException if it says something else */
    static Options of(URI uri) {
        String rest = uri.getRawSchemeSpecificPart();
        int query = rest.indexOf('?');
        String name = query < 0 ? rest : rest.substring(0, query);
        boolean virtual = false;
        boolean copies = true;
        if (query >= 0) {
            for (String option : rest.substring(query + 1).split("&", -1)) {
                switch (option) {
                    case "virtual=true" -> virtual = true;
                    case "virtual=false" -> virtual = false;
                    case "copy=true" -> copies = true;
                    case "copy=false" -> copies = false;
                    default ->
                        throw new IllegalArgumentException("not an option of a context over threads: \"" + option
                                + "\"; there are virtual=true, virtual=false, copy=true and copy=false");
                }
            }
        }
        return new Options(name.isEmpty() || name.equals("/") ? null : ObjectNames.check(name), virtual, copies);
    }
}
