/** The in-process twin: contexts whose processes are threads, for tests and for work that waits more than it computes. */
@NullMarked
package io.multiprocessing.threads;

import org.jspecify.annotations.NullMarked;
