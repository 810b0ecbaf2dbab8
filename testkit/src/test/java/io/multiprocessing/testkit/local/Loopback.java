package io.multiprocessing.testkit.local;

import io.multiprocessing.Context;
import io.multiprocessing.Manager;
import io.multiprocessing.testkit.contract.ManagerSource;
import io.multiprocessing.testkit.contract.ManagerSuite;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;

/** Has the manager of a suite serve at a port of this machine; all its clients but the first connect to that. */
final class Loopback implements ManagerSource, TestInstancePostProcessor {
    private static final byte[] KEY = "a key".getBytes(StandardCharsets.UTF_8);

    @Override
    public void postProcessTestInstance(Object suite, ExtensionContext context) {
        ((ManagerSuite) suite).use(this);
    }

    @Override
    public Manager start(Context mp) throws Exception {
        return mp.serve(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), KEY);
    }

    @Override
    public Manager client(Context mp, Manager started) throws Exception {
        return mp.connect(started.address().orElseThrow(), KEY);
    }
}
