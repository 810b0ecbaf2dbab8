/** What the ways of sharing cost, as a table, a chart and a page. */
@NullMarked
package io.multiprocessing.cli.compare;

import org.jspecify.annotations.NullMarked;
