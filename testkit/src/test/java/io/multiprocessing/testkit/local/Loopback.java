package io.multiprocessing.testkit.local;

import io.multiprocessing.Context;
import io.multiprocessing.Manager;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A manager that serves at a port of this machine, and whose clients connect to that. */
final class Loopback {
    private static final byte[] KEY = "a key".getBytes(StandardCharsets.UTF_8);

    private Loopback() {}

    static Manager serve(Context mp) throws Exception {
        return mp.serve(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), KEY);
    }

    static Manager connect(Context mp, Manager serving) throws Exception {
        return mp.connect(serving.address().orElseThrow(), KEY);
    }
}
