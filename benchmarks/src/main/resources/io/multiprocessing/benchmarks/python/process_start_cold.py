"""Starts and joins a process that does nothing.

Usage: process_start_cold.py STARTS
Prints the milliseconds that it takes: the median, after a first one that does not count.
"""

import sys
from multiprocessing import get_context
from statistics import median
from time import perf_counter


def nothing():
    pass


def start_and_join(mp):
    start = perf_counter()
    process = mp.Process(target=nothing)
    process.start()
    process.join()
    elapsed = perf_counter() - start
    if process.exitcode != 0:
        sys.exit(f"a process that does nothing ended with exit code {process.exitcode}")
    return elapsed * 1e3


def main(starts):
    mp = get_context("spawn")
    start_and_join(mp)
    print(median(start_and_join(mp) for _ in range(starts)))


if __name__ == "__main__":
    main(int(sys.argv[1]))
