"""Gets a small value from a dict of a manager, as its only client.

Usage: manager_get.py WARM_UP_SECONDS MEASURE_SECONDS
Prints the nanoseconds that one get takes.
"""

import sys
from multiprocessing import get_context
from time import perf_counter

BATCH = 100


def get(shared, times):
    for _ in range(times):
        if shared["key"] != 42:
            sys.exit("not what was put")


def seconds_per_batch(shared, seconds):
    batches = 0
    start = perf_counter()
    while True:
        get(shared, BATCH)
        batches += 1
        elapsed = perf_counter() - start
        if elapsed >= seconds:
            return elapsed / batches


def main(warm_up, measure):
    with get_context("spawn").Manager() as manager:
        shared = manager.dict({"key": 42})
        seconds_per_batch(shared, warm_up)
        print(seconds_per_batch(shared, measure) / BATCH * 1e9)


if __name__ == "__main__":
    main(float(sys.argv[1]), float(sys.argv[2]))
