/**
 * A storm: processes use everything the library has while others are killed at random instants, and every rule that
 * must hold then is checked. {@link io.multiprocessing.cli.chaos.Storms} lists what is tried; to try more, add a {@link
 * io.multiprocessing.cli.chaos.Storm} there.
 */
@NullMarked
package io.multiprocessing.cli.chaos;

import org.jspecify.annotations.NullMarked;
