@NullMarked
package io.multiprocessing.testkit;

import org.jspecify.annotations.NullMarked;
