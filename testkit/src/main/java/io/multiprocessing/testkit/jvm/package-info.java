/** Programs in JVMs of their own, as a user starts them, disks that fail them, and waiting for what they do. */
@NullMarked
package io.multiprocessing.testkit.jvm;

import org.jspecify.annotations.NullMarked;
