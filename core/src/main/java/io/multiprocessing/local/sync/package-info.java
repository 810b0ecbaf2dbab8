/** Locks, semaphores, conditions, events and barriers: algorithms on words of shared memory that survive any death. */
@NullMarked
package io.multiprocessing.local.sync;

import org.jspecify.annotations.NullMarked;
