/**
 * What {@code mp bench} measures: one class a row, and beside it a script of the same name that does the same work
 * in Python. {@link io.multiprocessing.benchmarks.Rows} lists them.
 */
@NullMarked
package io.multiprocessing.benchmarks;

import org.jspecify.annotations.NullMarked;
