/** Blocks of shared memory that strangers find by a flat name. */
@NullMarked
package io.multiprocessing.local.block;

import org.jspecify.annotations.NullMarked;
