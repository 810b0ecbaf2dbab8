package io.multiprocessing.manager;

import io.multiprocessing.PoolOptions;
import io.multiprocessing.Typecode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The server as an object: makes objects, knows types and names. */
final class ServedRoot implements Served {
    private final Server server;
    private final Map<String, RegisteredType> types = new TreeMap<>();
    private final Map<String, Referent> names = new TreeMap<>();

    ServedRoot(Server server) {
        this.server = server;
    }

    @Override
    public @Nullable Object call(Call call) throws Exception {
        return switch (call.method()) {
            case "create" -> create(call);
            case "createRegistered" -> createRegistered(call.text(0), call.fitting(1, Object[].class));
            case "register" -> register(call);
            case "hold" -> server.table().get(call.number(0));
            case "type" -> typeOf(server.table().get(call.number(0)));
            case "publish" -> publish(call.text(0), call.fitting(1, Referent.class));
            case "attach" -> attach(call.text(0));
            case "names" -> names();
            case "count" -> server.table().count() - 1; // without the server itself
            case "pid" -> ProcessHandle.current().pid();
            case "listen" -> listen(call);
            case "address" -> server.place();
            case "stop" -> stop(call);
            default -> throw call.unknownMethod(Kind.SERVER.typeName());
        };
    }

    private Referent create(Call call) {
        Kind kind = Kind.of(call.integer(0));
        return add(kind, make(kind, new Call(call.caller(), call.isTrusted(), kind.typeName(), rest(call))));
    }

    private static @Nullable Object[] rest(Call call) {
        @Nullable Object[] rest = new Object[call.arguments().length - 1];
        System.arraycopy(call.arguments(), 1, rest, 0, rest.length);
        return rest;
    }

    private Served make(Kind kind, Call call) {
        return switch (kind) {
            case DICT, NAMESPACE -> new ServedDict(kind, call.map(0));
            case SET -> new ServedDict(kind, call.collection(0));
            case LIST -> new ServedList(call.collection(0));
            case VALUE -> new ServedValue(typecode(call), call.value(1), newLock());
            case ARRAY ->
                call.value(1) instanceof Collection
                        ? new ServedArray(typecode(call), call.collection(1), newLock())
                        : ServedArray.ofLength(typecode(call), call.integer(1), newLock());
            case LOCK, RLOCK -> new ServedLock(kind);
            case SEMAPHORE, BOUNDED_SEMAPHORE -> new ServedSemaphore(kind, call.integer(0));
            case CONDITION ->
                new ServedCondition(call.nullable(0) == null ? newLock() : call.fitting(0, Referent.class));
            case EVENT -> new ServedEvent();
            case BARRIER -> new ServedBarrier(call.integer(0), call.nullable(1), call.number(2));
            case QUEUE, JOINABLE_QUEUE -> new ServedQueue(kind, call.integer(0));
            case POOL -> pool(call);
            case REGISTERED, SERVER -> throw new IllegalArgumentException("a " + kind + " is not made so");
        };
    }

    private Served pool(Call call) {
        if (!call.isTrusted()) {
            throw new SecurityException("only processes of the manager's machine may start a pool there");
        }
        return new ServedPool(server.table().context(), call.fitting(0, PoolOptions.class));
    }

    private static Typecode<?> typecode(Call call) {
        return Typecode.of(call.fitting(0, Character.class));
    }

    private Referent newLock() {
        return add(Kind.RLOCK, new ServedLock(Kind.RLOCK));
    }

    private Referent add(Kind kind, Served target) {
        return server.table().add(kind, target);
    }

    private @Nullable Object register(Call call) {
        String name = call.text(0);
        Class<?> type = call.fitting(1, Class.class);
        if (!call.isTrusted()) {
            throw new SecurityException("only processes of the manager's machine may register types");
        }
        if (!type.isInterface()) {
            throw new IllegalArgumentException(type.getName() + " is not an interface, and a proxy must be one");
        }
        ServedInstance.requireCallable(type);
        RegisteredType registered = new RegisteredType(name, type, call.fitting(2, AnyFactory.class));
        synchronized (types) {
            if (types.putIfAbsent(name, registered) != null) {
                throw new IllegalArgumentException("a type \"" + name + "\" is registered already");
            }
        }
        return null;
    }

    private Referent createRegistered(String name, @Nullable Object[] arguments) throws Exception {
        RegisteredType type;
        synchronized (types) {
            type = types.get(name);
            if (type == null) {
                throw new NoSuchElementException(
                        "no type \"" + name + "\" is registered; there are: " + types.keySet());
            }
        }
        return add(Kind.REGISTERED, type.make(server.table(), arguments));
    }

    private static String typeOf(Referent referent) {
        if (referent.target() instanceof ServedInstance instance) {
            return instance.typeName();
        }
        throw new IllegalArgumentException(referent + " is not of a registered type");
    }

    private @Nullable Object publish(String name, Referent object) {
        synchronized (names) {
            Referent before = names.putIfAbsent(name, object);
            if (before != null && before != object) {
                throw new IllegalArgumentException("the name \"" + name + "\" is that of another object");
            }
        }
        return null;
    }

    private Referent attach(String name) {
        synchronized (names) {
            Referent object = names.get(name);
            if (object == null) {
                throw new NoSuchElementException(
                        "no object has the name \"" + name + "\"; there are: " + names.keySet());
            }
            return object;
        }
    }

    private List<String> names() {
        synchronized (names) {
            return new ArrayList<>(names.keySet());
        }
    }

    private @Nullable Object listen(Call call) throws IOException {
        if (!call.isTrusted()) {
            throw new SecurityException("only processes of the manager's machine may let it listen");
        }
        server.listen(
                call.fitting(0, SocketPlace.class).address(),
                call.fitting(1, DoorOptions.class).toOptions());
        return null;
    }

    private @Nullable Object stop(Call call) {
        if (!call.isTrusted()) {
            throw new SecurityException("only processes of the manager's machine may end it");
        }
        server.requestStop();
        return null;
    }
}
