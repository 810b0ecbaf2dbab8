/** Progress bars for the maps of pools. */
@NullMarked
package io.multiprocessing.progress;

import org.jspecify.annotations.NullMarked;
