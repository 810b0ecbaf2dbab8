/** Processes that are killed at a chosen line, and what holds then. */
@NullMarked
package io.multiprocessing.testkit.crash;

import org.jspecify.annotations.NullMarked;
