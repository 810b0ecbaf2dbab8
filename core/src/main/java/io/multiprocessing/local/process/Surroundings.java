package io.multiprocessing.local.process;

import io.multiprocessing.local.member.ContextFolders;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all children of this process have in common, as far as it may change while it runs, and what is loaded ahead.
 */
record Surroundings(List<@Nullable String> properties, List<String> preloaded) {
    static Surroundings now(List<String> preloaded) {
        List<@Nullable String> properties = new ArrayList<>();
        for (String name : List.of("java.home", "java.class.path", "jdk.module.path")) {
            properties.add(System.getProperty(name));
        }
        properties.add(ContextFolders.option());
        return new Surroundings(properties, preloaded);
    }
}
