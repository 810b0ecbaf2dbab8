/**
 * Values and arrays in shared memory. A value is one word, an array is its elements side by side as C has them, and
 * both may have a lock: their own, in the same cell, or a given one. An element that is smaller than a word is changed
 * atomically by comparing and setting the word around it.
 */
@NullMarked
package io.multiprocessing.local.memory;

import org.jspecify.annotations.NullMarked;
