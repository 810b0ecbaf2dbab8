/** Connections: pipes in shared memory, sockets, and what both have in common. */
@NullMarked
package io.multiprocessing.local.connection;

import org.jspecify.annotations.NullMarked;
