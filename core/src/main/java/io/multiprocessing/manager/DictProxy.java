package io.multiprocessing.manager;

import java.io.Serial;
import java.io.Serializable;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A dict as a map. Functions run here, and what they give is set if the value is still the one they were given. */
@SuppressWarnings({"serial", "unchecked"
}) // it travels as a handle; what comes from elsewhere is what the user says it is
final class DictProxy<K, V> extends AbstractMap<K, V> implements ConcurrentMap<K, V>, ManagedProxy, Serializable {
    private final Core core;

    DictProxy(Core core) {
        this.core = core;
    }

    @Override
    public Core core() {
        return core;
    }

    @Override
    public @Nullable V get(Object key) {
        return (V) core.call("get", required(key));
    }

    @Override
    public V getOrDefault(Object key, V other) {
        V value = get(key);
        return value == null ? other : value;
    }

    @Override
    public @Nullable V put(K key, V value) {
        return (V) core.call("put", required(key), required(value));
    }

    @Override
    public @Nullable V putIfAbsent(K key, V value) {
        return (V) core.call("putIfAbsent", required(key), required(value));
    }

    @Override
    public @Nullable V remove(Object key) {
        return (V) core.call("remove", required(key));
    }

    @Override
    public boolean remove(Object key, @Nullable Object value) {
        return value != null && core.flag("removeIfEqual", required(key), value);
    }

    @Override
    public @Nullable V replace(K key, V value) {
        return (V) core.call("replace", required(key), required(value));
    }

    @Override
    public boolean replace(K key, V expected, V value) {
        return core.flag("replaceIfEqual", required(key), required(expected), required(value));
    }

    @Override
    public boolean containsKey(Object key) {
        return core.flag("containsKey", required(key));
    }

    @Override
    public boolean containsValue(Object value) {
        return core.flag("containsValue", required(value));
    }

    @Override
    public int size() {
        return core.integer("size");
    }

    @Override
    public boolean isEmpty() {
        return size() == 0;
    }

    @Override
    public void clear() {
        core.call("clear");
    }

    @Override
    public void putAll(Map<? extends K, ? extends V> other) {
        core.call("putAll", new LinkedHashMap<>(other));
    }

    @Override
    public @Nullable V compute(K key, BiFunction<? super K, ? super V, ? extends V> function) {
        Objects.requireNonNull(function);
        while (true) {
            Stamped<V> before = stamped(key);
            V after = ((BiFunction<K, @Nullable V, @Nullable V>) function).apply(key, before.value);
            if ((before.value == null && after == null) || swap(key, before, after)) {
                return after;
            }
        }
    }

    @Override
    public V computeIfAbsent(K key, Function<? super K, ? extends V> function) {
        Objects.requireNonNull(function);
        V there = get(key);
        if (there != null) {
            return there;
        }
        @Nullable V made = function.apply(key);
        if (made == null) {
            return made;
        }
        V before = putIfAbsent(key, made);
        return before == null ? made : before;
    }

    @Override
    public @Nullable V computeIfPresent(K key, BiFunction<? super K, ? super V, ? extends V> function) {
        Objects.requireNonNull(function);
        return compute(key, (k, v) -> v == null ? null : function.apply(k, v));
    }

    @Override
    public @Nullable V merge(K key, V value, BiFunction<? super V, ? super V, ? extends V> function) {
        Objects.requireNonNull(function);
        Objects.requireNonNull(value);
        return compute(key, (_, v) -> v == null ? value : function.apply(v, value));
    }

    @Override
    public void replaceAll(BiFunction<? super K, ? super V, ? extends V> function) {
        Objects.requireNonNull(function);
        for (K key : keySet()) {
            computeIfPresent(key, (k, v) -> Objects.requireNonNull(function.apply(k, v)));
        }
    }

    @Override
    public Set<Entry<K, V>> entrySet() {
        return new Entries();
    }

    @Override
    public Set<K> keySet() {
        return new Keys();
    }

    /** All entries as they are at one moment. */
    Map<K, V> copy() {
        return (Map<K, V>) core.value("copy");
    }

    @Override
    public boolean equals(Object other) {
        return other == this
                || (other instanceof DictProxy<?, ?> that && core.equals(that.core))
                || (other instanceof Map<?, ?> map && copy().equals(map));
    }

    @Override
    public int hashCode() {
        return copy().hashCode();
    }

    @Override
    public String toString() {
        return copy().entrySet().stream()
                .map(entry -> entry.getKey() + "="
                        + (core.equals(Proxies.coreOf(entry.getValue())) ? "(this Map)" : entry.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    @Serial
    private Object writeReplace() {
        return handle();
    }

    private Stamped<V> stamped(K key) {
        Object[] found = (Object[]) core.value("stamped", required(key));
        return new Stamped<>((Long) found[0], (V) found[1]);
    }

    private boolean swap(K key, Stamped<V> before, @Nullable V after) {
        return core.flag("swap", key, before.stamp, after);
    }

    private static Object required(@Nullable Object given) {
        return Objects.requireNonNull(given, "a dict has no nulls in it");
    }

    private record Stamped<V>(long stamp, @Nullable V value) {}

    private final class Entries extends AbstractSet<Entry<K, V>> {
        @Override
        public int size() {
            return DictProxy.this.size();
        }

        @Override
        public void clear() {
            DictProxy.this.clear();
        }

        @Override
        public boolean contains(Object other) {
            return other instanceof Entry<?, ?> entry
                    && entry.getKey() != null
                    && entry.getValue() != null
                    && entry.getValue().equals(get(entry.getKey()));
        }

        @Override
        public boolean remove(Object other) {
            return other instanceof Entry<?, ?> entry
                    && entry.getKey() != null
                    && DictProxy.this.remove(entry.getKey(), entry.getValue());
        }

        @Override
        public Iterator<Entry<K, V>> iterator() {
            return new Batches<>(core, "entriesAfter", DictProxy.this::remove) {
                @Override
                Entry<K, V> element(Object key, List<?> values, int index) {
                    return new LiveEntry((K) key, (V) values.get(index));
                }
            };
        }
    }

    private final class Keys extends AbstractSet<K> {
        @Override
        public int size() {
            return DictProxy.this.size();
        }

        @Override
        public void clear() {
            DictProxy.this.clear();
        }

        @Override
        public boolean contains(Object key) {
            return containsKey(key);
        }

        @Override
        public boolean remove(Object key) {
            return DictProxy.this.remove(key) != null;
        }

        @Override
        public Iterator<K> iterator() {
            return new Batches<>(core, "keysAfter", DictProxy.this::remove) {
                @Override
                K element(Object key, List<?> values, int index) {
                    return (K) key;
                }
            };
        }
    }

    /** An entry of which the value can be set in the dict. */
    private final class LiveEntry extends SimpleEntry<K, V> {
        @Serial
        private static final long serialVersionUID = 1L;

        LiveEntry(K key, V value) {
            super(key, value);
        }

        @Override
        public V setValue(V value) {
            put(getKey(), value);
            return super.setValue(value);
        }

        @Serial
        private Object writeReplace() {
            return new SimpleEntry<>(this);
        }
    }
}
