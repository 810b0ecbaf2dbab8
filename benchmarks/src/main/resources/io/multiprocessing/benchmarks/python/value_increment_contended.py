"""Two processes increment one Value under its lock, the same number of times each.

They warm up against each other on that Value, which then begins at 0 again, and start together.

Usage: value_increment_contended.py WARM_UP_SECONDS INCREMENTS LIMIT_SECONDS
Prints the nanoseconds from the start to the end of the last one, for one increment of either.
"""

import sys
from multiprocessing import get_context
from time import perf_counter

PROCESSES = 2
BATCH = 1_000


def increment(value, times):
    for _ in range(times):
        with value.get_lock():
            value.value += 1


def work(together, ready, go, done, warm_up, value, times):
    together.wait()
    warm = perf_counter() + warm_up
    while perf_counter() < warm:
        increment(value, BATCH)
    ready.release()
    go.wait()
    for left in range(times, 0, -BATCH):
        increment(value, min(left, BATCH))
    done.release()


def await_all(semaphore, limit, what):
    for ended in range(PROCESSES):
        if not semaphore.acquire(timeout=limit):
            sys.exit(f"only {ended} of {PROCESSES} processes have {what} within {limit} s")


def main(warm_up, times, limit):
    mp = get_context("spawn")
    value = mp.Value("i", 0)
    together, ready, go, done = mp.Barrier(PROCESSES), mp.Semaphore(0), mp.Event(), mp.Semaphore(0)
    args = (together, ready, go, done, warm_up, value, times)
    workers = [mp.Process(target=work, args=args, daemon=True) for _ in range(PROCESSES)]
    for worker in workers:
        worker.start()

    await_all(ready, limit, "warmed up")
    value.value = 0
    start = perf_counter()
    go.set()
    await_all(done, limit, "counted")
    elapsed = perf_counter() - start

    for worker in workers:
        worker.join()
    total = PROCESSES * times
    if value.value != total:
        sys.exit(f"the total is {value.value}, not {total}")
    print(elapsed / total * 1e9)


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
