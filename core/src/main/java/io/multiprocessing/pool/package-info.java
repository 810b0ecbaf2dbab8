/** Pools of worker processes, written on the API alone, so that they serve every kind of context. */
@NullMarked
package io.multiprocessing.pool;

import org.jspecify.annotations.NullMarked;
