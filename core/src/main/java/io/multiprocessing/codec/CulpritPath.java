package io.multiprocessing.codec;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way from an object to one that Java serialization refuses, along the fields that it follows, for error messages:
 * Java names only the class.
 */
final class CulpritPath {
    /** Looks at no more objects than that. */
    private static final int MAXIMUM = 10_000;

    private record Step(Object object, String path) {}

    private final Deque<Step> steps = new ArrayDeque<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private CulpritPath() {}

    /** As {@code .connection.socket}; empty if it is the object itself, or can't be found. */
    static String find(Object root, String className) {
        var search = new CulpritPath();
        search.add(root, "");
        return search.run(className);
    }

    private String run(String className) {
        for (Step step = steps.poll(); step != null; step = steps.poll()) {
            if (step.object.getClass().getName().equals(className)) {
                return step.path;
            }
            expand(step);
        }
        return "";
    }

    private void expand(Step step) {
        Class<?> type = step.object.getClass();
        if (step.object instanceof Object[] array) {
            for (int i = 0; i < array.length; i++) {
                add(array[i], step.path + "[" + i + "]");
            }
        } else if (type.getClassLoader() != null) {
            expandFields(step, type);
        } else if (step.object instanceof Collection<?> collection) {
            int i = 0;
            for (Object element : collection) {
                add(element, step.path + "[" + i++ + "]");
            }
        } else if (step.object instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                add(entry.getKey(), step.path + "[a key]");
                add(entry.getValue(), step.path + "[the value of a key]");
            }
        }
    }

    private void expandFields(Step step, Class<?> type) {
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            for (Field field : at.getDeclaredFields()) {
                if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0
                        && !field.getType().isPrimitive()
                        && field.trySetAccessible()) {
                    try {
                        add(field.get(step.object), step.path + "." + field.getName());
                    } catch (IllegalAccessException notOpen) {
                        // Then the path is not found, and the message names the class alone.
                    }
                }
            }
        }
    }

    private void add(@Nullable Object object, String path) {
        if (object != null && seen.size() < MAXIMUM && seen.add(object)) {
            steps.add(new Step(object, path));
        }
    }
}
