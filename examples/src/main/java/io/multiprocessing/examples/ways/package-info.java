/** The ways in which processes share data, each in as few lines as it takes, and what they cost here. */
@NullMarked
package io.multiprocessing.examples.ways;

import org.jspecify.annotations.NullMarked;
