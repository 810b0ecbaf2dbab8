/**
 * The API: what users see, and nothing else. {@link io.multiprocessing.Multiprocessing#open()} gives a
 * {@link io.multiprocessing.Context}; every shared object and every process hangs off it.
 */
@NullMarked
package io.multiprocessing;

import org.jspecify.annotations.NullMarked;
