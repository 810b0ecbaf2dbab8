"""Maps a function that does next to nothing over integers, in a pool of 2.

Usage: pool_map.py INPUTS CHUNK_SIZE WARM_UP_SECONDS MEASURE_SECONDS
A chunk size of 0 leaves it to the pool. Prints the tasks per second.
"""

import sys
from multiprocessing import get_context
from time import perf_counter


def plus_one(n):
    return n + 1


def seconds_per_map(pool, inputs, chunk_size, seconds):
    maps = 0
    start = perf_counter()
    while True:
        if pool.map(plus_one, inputs, chunk_size or None)[-1] != len(inputs):
            sys.exit("the map is wrong")
        maps += 1
        elapsed = perf_counter() - start
        if elapsed >= seconds:
            return elapsed / maps


def main(count, chunk_size, warm_up, measure):
    inputs = list(range(count))
    with get_context("spawn").Pool(2) as pool:
        seconds_per_map(pool, inputs, chunk_size, warm_up)
        print(count / seconds_per_map(pool, inputs, chunk_size, measure))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4]))
