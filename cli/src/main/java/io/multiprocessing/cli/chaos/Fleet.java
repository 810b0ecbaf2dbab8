package io.multiprocessing.cli.chaos;

import java.io.Serializable;
import java.util.List;

/** Which storms there are. It travels to the processes that take part in all of them. */
@FunctionalInterface
public interface Fleet extends Serializable {
    List<Storm> storms(Ground ground);
}
