"""Starts a pool of 2, maps 10 inputs, and closes it.

Usage: pool_start.py STARTS
Prints the milliseconds that it takes: the median, after a first one that does not count.
"""

import sys
from multiprocessing import get_context
from statistics import median
from time import perf_counter


def plus_one(n):
    return n + 1


def start_map_close(mp):
    start = perf_counter()
    pool = mp.Pool(2)
    if pool.map(plus_one, range(10))[-1] != 10:
        sys.exit("the map is wrong")
    pool.close()
    pool.join()
    return (perf_counter() - start) * 1e3


def main(starts):
    mp = get_context("spawn")
    start_map_close(mp)
    print(median(start_map_close(mp) for _ in range(starts)))


if __name__ == "__main__":
    main(int(sys.argv[1]))
