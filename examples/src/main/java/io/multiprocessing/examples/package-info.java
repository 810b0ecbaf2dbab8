@NullMarked
package io.multiprocessing.examples;

import org.jspecify.annotations.NullMarked;
