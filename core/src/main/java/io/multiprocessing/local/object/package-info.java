/** What all objects in shared memory have in common. */
@NullMarked
package io.multiprocessing.local.object;

import org.jspecify.annotations.NullMarked;
