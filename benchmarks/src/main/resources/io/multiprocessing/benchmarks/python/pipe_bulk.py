"""Many bytes as one message through a pipe, from a process that has them to one that asks for them.

Usage: pipe_bulk.py WARM_UP_SECONDS MEASURE_SECONDS BYTES
Prints the megabytes that come in a second.
"""

import sys
from multiprocessing import get_context
from time import perf_counter


def source(theirs, count):
    message = bytes(count)
    try:
        while True:
            theirs.recv()
            theirs.send_bytes(message)
    except EOFError:
        theirs.close()


def measured(ours, seconds, count):
    messages = 0
    start = perf_counter()
    while True:
        ours.send(None)
        if len(ours.recv_bytes()) != count:
            sys.exit("not all bytes came")
        messages += 1
        elapsed = perf_counter() - start
        if elapsed >= seconds:
            return elapsed / messages


def main(warm_up, measure, count):
    mp = get_context("spawn")
    ours, theirs = mp.Pipe()
    process = mp.Process(target=source, args=(theirs, count), daemon=True)
    process.start()
    theirs.close()
    measured(ours, warm_up, count)
    seconds = measured(ours, measure, count)
    ours.close()
    process.join()
    print(count / seconds / 1e6)


if __name__ == "__main__":
    main(float(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))
