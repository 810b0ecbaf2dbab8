"""Gets each element of a ShareableList and sets it to what it got: an int, a float and a text by turns, in one process.

Usage: shareable_list.py WARM_UP_SECONDS MEASURE_SECONDS
Prints the nanoseconds that one get and one set take together.
"""

import sys
from multiprocessing.shared_memory import ShareableList
from time import perf_counter

ELEMENTS = 999


def update(elements):
    for i in range(ELEMENTS):
        elements[i] = elements[i]


def seconds_per_batch(elements, seconds):
    batches = 0
    start = perf_counter()
    while True:
        update(elements)
        batches += 1
        elapsed = perf_counter() - start
        if elapsed >= seconds:
            return elapsed / batches


def main(warm_up, measure):
    values = []
    for i in range(0, ELEMENTS, 3):
        values += [i, i / 2, f"element {i}"]
    elements = ShareableList(values)
    try:
        seconds_per_batch(elements, warm_up)
        print(seconds_per_batch(elements, measure) / ELEMENTS * 1e9)
    finally:
        elements.shm.close()
        elements.shm.unlink()


if __name__ == "__main__":
    main(float(sys.argv[1]), float(sys.argv[2]))
