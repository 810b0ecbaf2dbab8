/**
 * A server process that keeps objects, and the proxies by which others use them. It is written on the API alone, so it
 * serves every kind of context: {@code Server} with its table of objects on one side, {@code Link} with its proxies on
 * the other, and frames between them.
 */
@NullMarked
package io.multiprocessing.manager;

import org.jspecify.annotations.NullMarked;
