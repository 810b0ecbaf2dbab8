/**
 * A SQLite database that many processes use at once, and on it what lasts: {@link SharedDatabase}, {@link DurableDict},
 * {@link DurableQueue}.
 */
@NullMarked
package io.multiprocessing.sqlite;

import org.jspecify.annotations.NullMarked;
