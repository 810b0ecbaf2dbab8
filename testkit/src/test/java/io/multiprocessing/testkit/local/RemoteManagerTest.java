package io.multiprocessing.testkit.local;

import io.multiprocessing.Manager;
import io.multiprocessing.testkit.contract.ManagerContract;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.extension.ExtendWith;

/** A manager that serves at a port of this machine; all its clients but the first connect to that. */
@ExtendWith(OwnFolder.class)
class RemoteManagerTest extends ManagerContract {
    private static final byte[] KEY = "a key".getBytes(StandardCharsets.UTF_8);

    @Override
    protected String uri() {
        return "local:";
    }

    @Override
    protected Manager startManager() throws Exception {
        return mp.serve(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), KEY);
    }

    @Override
    protected Manager client(Manager started) throws Exception {
        return mp.connect(started.address().orElseThrow(), KEY);
    }
}
