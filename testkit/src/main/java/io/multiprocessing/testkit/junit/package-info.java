/** For users' own tests: a context as a parameter of a test method, on either leg, and a look for what the test has left. */
@NullMarked
package io.multiprocessing.testkit.junit;

import org.jspecify.annotations.NullMarked;
