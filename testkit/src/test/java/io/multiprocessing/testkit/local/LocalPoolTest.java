package io.multiprocessing.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.DoubleArray;
import io.multiprocessing.Pool;
import io.multiprocessing.RemoteFunction;
import io.multiprocessing.codec.ValueCodec;
import io.multiprocessing.testkit.contract.PoolContract;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OwnFolder.class)
class LocalPoolTest extends PoolContract {
    @Override
    protected String uri() {
        return "local:";
    }

    @Test
    void aSharedArrayIsSentAsAFewBytes_howeverLargeItIs() throws Exception {
        DoubleArray million = mp.doubleArray(1_000_000);
        million.fill(0.5);
        RemoteFunction<Integer, Double> sum = n -> {
            double[] quarter = new double[250_000];
            million.copyTo(n * quarter.length, quarter, 0, quarter.length);
            return Arrays.stream(quarter).sum();
        };
        assertThat(ValueCodec.encodeByLibrary(sum)).hasSizeLessThan(1_000);
        assertThat(ValueCodec.encode(million)).hasSizeLessThan(200);
        try (Pool pool = mp.pool(2)) {
            assertThat(pool.map(sum, List.of(0, 1, 2, 3), 1)).containsOnly(125_000.0);
            assertThat(pool.submit(() -> million.get(7)).get()).isEqualTo(0.5);
        }
    }
}
