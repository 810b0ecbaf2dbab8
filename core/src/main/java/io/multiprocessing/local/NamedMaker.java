package io.multiprocessing.local;

import io.multiprocessing.codec.Handle;
import io.multiprocessing.local.object.LocalObject;
import io.multiprocessing.local.object.Maker;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.CellId;
import java.util.function.Supplier;

/** Makes objects under a name: who comes first makes the object, the others get it. */
final class NamedMaker implements Maker {
    private final LocalHome home;
    private final ObjectNames names;
    private final String name;

    NamedMaker(LocalHome home, ObjectNames names, String name) {
        this.home = home;
        this.names = names;
        this.name = name;
    }

    @Override
    public <T extends LocalObject> T make(ObjectKind kind, Class<T> type, Supplier<T> creation) {
        while (true) {
            var found = names.find(name);
            if (found.isPresent()) {
                return existing(found.get(), kind, type);
            }
            T made = creation.get();
            if (names.publish(name, made.handle())) {
                return made;
            }
        }
    }

    private <T extends LocalObject> T existing(Handle handle, ObjectKind kind, Class<T> type) {
        ObjectKind actual = ObjectKind.of(handle.kind());
        if (actual != kind) {
            throw new IllegalArgumentException("there is an object named \"" + name + "\" already: it is of type "
                    + actual.apiName() + ", not " + kind.apiName());
        }
        return type.cast(home.resolve(kind, new CellId(handle.segment(), handle.offset())));
    }
}
