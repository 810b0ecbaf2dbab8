/**
 * Shared memory as files: created whole, attached by whoever knows the name, read and written through ordered words.
 * Small objects are carved from pages, large ones have a segment of their own.
 */
@NullMarked
package io.multiprocessing.local.segment;

import org.jspecify.annotations.NullMarked;
