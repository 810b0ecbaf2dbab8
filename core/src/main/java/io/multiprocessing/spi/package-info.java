/** What a module implements that offers another place to keep shared data, or another form of messages. */
@NullMarked
package io.multiprocessing.spi;

import org.jspecify.annotations.NullMarked;
