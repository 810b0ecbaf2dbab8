"""Starts and joins a process that does nothing.

Usage: process_start.py spawn|forkserver median|mean STARTS
Prints the milliseconds that it takes, after a first one that does not count: it starts the fork server.
"""

import statistics
import sys
from multiprocessing import get_context
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


def main(method, average, starts):
    mp = get_context(method)
    start_and_join(mp)
    print(getattr(statistics, average)(start_and_join(mp) for _ in range(starts)))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
