/** What a module implements that offers another place to keep shared data. */
@NullMarked
package io.multiprocessing.spi;

import org.jspecify.annotations.NullMarked;
