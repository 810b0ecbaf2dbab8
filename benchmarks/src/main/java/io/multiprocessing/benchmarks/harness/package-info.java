/** How rows are measured side by side with their peers, and shown. It knows no row. */
@NullMarked
package io.multiprocessing.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
