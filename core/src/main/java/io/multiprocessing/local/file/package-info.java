/** Files that processes lock and share: nothing here lies in shared memory, and no context is needed. */
@NullMarked
package io.multiprocessing.local.file;

import org.jspecify.annotations.NullMarked;
