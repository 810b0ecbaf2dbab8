package io.multiprocessing.manager;

import io.multiprocessing.Namespace;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;

/** A namespace of a manager. */
@SuppressWarnings({"serial", "unchecked"
}) // it travels as a handle; what comes from elsewhere is what the user says it is
final class NamespaceProxy extends ObjectProxy implements Namespace {
    NamespaceProxy(Core core) {
        super(core);
    }

    @Override
    public Object get(String name) {
        return find(name)
                .orElseThrow(() -> new NoSuchElementException(
                        "nothing has the name \"" + name + "\" in this namespace; there are: " + names()));
    }

    @Override
    public Optional<Object> find(String name) {
        return Optional.ofNullable(core().call("get", Objects.requireNonNull(name)));
    }

    @Override
    public Namespace set(String name, Object value) {
        core().call(
                        "put",
                        Objects.requireNonNull(name),
                        Objects.requireNonNull(value, "a namespace has no nulls in it"));
        return this;
    }

    @Override
    public boolean remove(String name) {
        return core().call("remove", Objects.requireNonNull(name)) != null;
    }

    @Override
    public List<String> names() {
        return (List<String>) core().value("keys");
    }

    @Override
    public String toString() {
        return "Namespace" + core().value("copy");
    }
}
