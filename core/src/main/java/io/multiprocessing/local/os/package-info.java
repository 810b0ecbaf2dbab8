/**
 * What is asked of the operating system, and the only place that calls it. {@link io.multiprocessing.local.os.Os} is
 * the seam: one implementation for each kind of system.
 */
@NullMarked
package io.multiprocessing.local.os;

import org.jspecify.annotations.NullMarked;
