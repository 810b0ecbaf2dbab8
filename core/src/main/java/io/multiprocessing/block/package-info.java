/**
 * Blocks of memory with flat names, and the lists that lie in them byte for byte as CPython's; written on the API alone, for
 * every kind of context.
 */
@NullMarked
package io.multiprocessing.block;

import org.jspecify.annotations.NullMarked;
