/** The tutorial programs: one class each, short, and to be read from top to bottom. */
@NullMarked
package io.multiprocessing.examples;

import org.jspecify.annotations.NullMarked;
