/** The tutorial programs: what they are, what each must print, and how they are run and judged. */
@NullMarked
package io.multiprocessing.cli.tour;

import org.jspecify.annotations.NullMarked;
