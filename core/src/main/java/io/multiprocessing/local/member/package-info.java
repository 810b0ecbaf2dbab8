/** Who takes part in a context, the proof that somebody is dead, and what is done with what the dead leave behind. */
@NullMarked
package io.multiprocessing.local.member;

import org.jspecify.annotations.NullMarked;
