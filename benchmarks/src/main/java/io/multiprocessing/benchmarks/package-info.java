@NullMarked
package io.multiprocessing.benchmarks;

import org.jspecify.annotations.NullMarked;
