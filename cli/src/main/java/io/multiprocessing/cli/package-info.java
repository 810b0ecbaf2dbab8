@NullMarked
package io.multiprocessing.cli;

import org.jspecify.annotations.NullMarked;
