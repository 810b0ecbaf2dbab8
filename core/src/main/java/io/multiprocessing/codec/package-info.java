/** Values to bytes and back. Knows nothing of where bytes are kept. */
@NullMarked
package io.multiprocessing.codec;

import org.jspecify.annotations.NullMarked;
