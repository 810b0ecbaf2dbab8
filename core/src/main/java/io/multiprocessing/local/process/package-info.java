/** Starting child JVMs, waiting for their end, and what a process knows of itself and its parent. */
@NullMarked
package io.multiprocessing.local.process;

import org.jspecify.annotations.NullMarked;
