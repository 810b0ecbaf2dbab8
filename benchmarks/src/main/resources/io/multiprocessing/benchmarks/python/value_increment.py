"""Takes a Value's lock, reads, writes and releases, in one process.

Usage: value_increment.py WARM_UP_SECONDS MEASURE_SECONDS
Prints the nanoseconds that one increment takes.
"""

import sys
from multiprocessing import get_context
from time import perf_counter

BATCH = 1_000


def increment(value, times):
    for _ in range(times):
        with value.get_lock():
            value.value += 1


def seconds_per_batch(value, seconds):
    batches = 0
    start = perf_counter()
    while True:
        increment(value, BATCH)
        batches += 1
        elapsed = perf_counter() - start
        if elapsed >= seconds:
            return elapsed / batches


def main(warm_up, measure):
    value = get_context("spawn").Value("i", 0)
    seconds_per_batch(value, warm_up)
    print(seconds_per_batch(value, measure) / BATCH * 1e9)


if __name__ == "__main__":
    main(float(sys.argv[1]), float(sys.argv[2]))
