/** Queues: messages of bytes in rings of shared memory, and what makes objects of them. */
@NullMarked
package io.multiprocessing.local.queue;

import org.jspecify.annotations.NullMarked;
