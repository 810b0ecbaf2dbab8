"""Two processes append records of 100 bytes to one file: Lock, open, write, close.

Usage: file_append.py WARM_UP_SECONDS BATCHES LIMIT_SECONDS
Prints how many records they append in a second, together.
"""

import os
import sys
import tempfile
from multiprocessing import get_context
from time import perf_counter

PROCESSES = 2
BATCH = 100
RECORD = "x" * 99 + "\n"


def append(path, lock):
    for _ in range(BATCH):
        with lock:
            with open(path, "a") as file:
                file.write(RECORD)


def work(path, lock, together, ready, go, done, warm_up, batches):
    together.wait()
    warm = perf_counter() + warm_up
    while perf_counter() < warm:
        append(path, lock)
    ready.release()
    go.wait()
    for _ in range(batches):
        append(path, lock)
    done.release()


def await_all(semaphore, limit, what):
    for ended in range(PROCESSES):
        if not semaphore.acquire(timeout=limit):
            sys.exit(f"only {ended} of {PROCESSES} processes have {what} within {limit} s")


def main(warm_up, batches, limit):
    mp = get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "records")
        lock, together, ready, go, done = mp.Lock(), mp.Barrier(PROCESSES), mp.Semaphore(0), mp.Event(), mp.Semaphore(0)
        args = (path, lock, together, ready, go, done, warm_up, batches)
        workers = [mp.Process(target=work, args=args, daemon=True) for _ in range(PROCESSES)]
        for worker in workers:
            worker.start()

        await_all(ready, limit, "warmed up")
        os.truncate(path, 0)
        start = perf_counter()
        go.set()
        await_all(done, limit, "come to the end")
        elapsed = perf_counter() - start

        for worker in workers:
            worker.join()
        total = PROCESSES * batches * BATCH
        size = os.path.getsize(path)
        if size != total * len(RECORD):
            sys.exit(f"the file has {size} bytes, not {total * len(RECORD)}")
        print(total / elapsed)


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
