package io.multiprocessing.local.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;

/** The bytes of a connection that does not block, as they are or encrypted. One thread reads and one writes at a time. */
interface ByteStream extends ByteChannel {
    /**
     * Sends what was written before and has not gone yet.
     *
     * @return false if there is no room for all of it
     */
    boolean flush() throws IOException;

    /** As they are. */
    record Plain(SocketChannel channel) implements ByteStream {
        @Override
        public int read(ByteBuffer target) throws IOException {
            return channel.read(target);
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            return channel.write(source);
        }

        @Override
        public boolean flush() {
            return true;
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
