package io.multiprocessing.manager;

import io.multiprocessing.Context;
import io.multiprocessing.codec.ValueCodec;
import java.io.NotSerializableException;
import java.util.Base64;
import java.util.Objects;

/** The way to a server, as it travels in handles: whoever reads one can connect. */
sealed interface Door extends Connector permits LocalDoor, RemoteDoor {
    /** The context of what is to be connected. */
    Context context();

    /** What handles say of where their objects are. */
    default String address() {
        try {
            return Links.address(Base64.getUrlEncoder().withoutPadding().encodeToString(ValueCodec.encode(this)));
        } catch (NotSerializableException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * The door of an address.
     *
     * @param rest what {@link #address} has made, without what it begins with
     */
    static Door of(String rest) {
        return (Door) Objects.requireNonNull(
                ValueCodec.decode(Base64.getUrlDecoder().decode(rest), Door.class.getClassLoader()));
    }
}
