"""A number goes through a pipe to another process, which sends it back.

Usage: pipe_roundtrip.py WARM_UP_SECONDS MEASURE_SECONDS
Prints the nanoseconds of one round trip.
"""

import sys
from multiprocessing import get_context
from time import perf_counter

BATCH = 200


def echo(theirs):
    try:
        while True:
            theirs.send(theirs.recv())
    except EOFError:
        theirs.close()


def measured(ours, seconds):
    batches = 0
    start = perf_counter()
    while True:
        for number in range(BATCH):
            ours.send(number)
            if ours.recv() != number:
                sys.exit("another number came back")
        batches += 1
        elapsed = perf_counter() - start
        if elapsed >= seconds:
            return elapsed / batches / BATCH


def main(warm_up, measure):
    mp = get_context("spawn")
    ours, theirs = mp.Pipe()
    process = mp.Process(target=echo, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    measured(ours, warm_up)
    seconds = measured(ours, measure)
    ours.close()
    process.join()
    print(seconds * 1e9)


if __name__ == "__main__":
    main(float(sys.argv[1]), float(sys.argv[2]))
