package io.multiprocessing.benchmarks;

import io.multiprocessing.Context;
import io.multiprocessing.SharedFile;
import java.io.IOException;
import java.util.Arrays;

/** Records of 100 bytes are appended to a file, each under its lock; the peer has a {@code Lock}, opens and closes. */
final class FileAppend extends WriteRace {
    private static final int APPENDS = 40_000;
    private static final int BYTES = 100;

    FileAppend() {
        super(APPENDS, "file");
    }

    @Override
    public String name() {
        return "file-append";
    }

    @Override
    public String description() {
        return "2 processes append records of 100 bytes to a file, under a lock";
    }

    @Override
    public String unit() {
        return "appends/s";
    }

    @Override
    Place place(Context mp, BenchFolder folder) {
        return new Records(mp.sharedFile(folder.file("records")));
    }

    private record Records(SharedFile file) implements Place {
        @Override
        public void clear() throws IOException, InterruptedException {
            file.replace(new byte[0]);
        }

        @Override
        public Race.Racer writer() {
            SharedFile appended = file;
            return () -> {
                byte[] bytes = new byte[BYTES];
                Arrays.fill(bytes, (byte) 'x');
                bytes[BYTES - 1] = '\n';
                return () -> {
                    for (int i = 0; i < BATCH; i++) {
                        appended.append(bytes);
                    }
                };
            };
        }

        @Override
        public int count() throws IOException, InterruptedException {
            return file.lines().size();
        }
    }
}
