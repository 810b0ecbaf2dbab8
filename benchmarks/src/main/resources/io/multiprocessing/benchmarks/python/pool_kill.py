"""Kills one of 2 workers of a pool during a map of tasks that take 10 ms each.

Usage: pool_kill.py INPUTS WAIT_SECONDS
Prints by how many milliseconds the map takes longer than it should, or "never" if it has not ended that many seconds
after it should have.
"""

import os
import signal
import sys
from multiprocessing import TimeoutError, get_context
from time import perf_counter, sleep

TASK_SECONDS = 0.01


def work(n):
    sleep(TASK_SECONDS)
    return n


def main(count, wait):
    with get_context("spawn").Pool(2) as pool:
        pool.map(work, range(2))
        expected = count * TASK_SECONDS / 2
        start = perf_counter()
        result = pool.map_async(work, range(count))
        sleep(expected / 2)
        os.kill(pool._pool[0].pid, signal.SIGKILL)
        try:
            result.get(expected + wait)
            print(max((perf_counter() - start - expected) * 1e3, 0.1))
        except TimeoutError:
            print("never")


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
