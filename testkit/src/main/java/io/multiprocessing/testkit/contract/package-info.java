/** What every context has to do: one suite for each part of the API, extended for each kind of context. */
@NullMarked
package io.multiprocessing.testkit.contract;

import org.jspecify.annotations.NullMarked;
