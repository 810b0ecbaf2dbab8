/** Contexts in shared memory: the one place that wires the parts together, and the main class of child processes. */
@NullMarked
package io.multiprocessing.local;

import org.jspecify.annotations.NullMarked;
