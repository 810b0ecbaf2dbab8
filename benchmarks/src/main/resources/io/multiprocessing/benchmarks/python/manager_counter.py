"""Two processes each take a lock of a manager and add 1 to its Value, the same number of times each.

Usage: manager_counter.py WARM_UP_SECONDS ADDITIONS LIMIT_SECONDS
Prints the nanoseconds from the start to the end of the last one, for one addition of either.
"""

import sys
from multiprocessing import get_context
from time import perf_counter

PROCESSES = 2
BATCH = 10


def add(value, lock, times):
    for _ in range(times):
        with lock:
            value.value += 1


def work(ready, go, done, warm_up, value, lock, times):
    warm = perf_counter() + warm_up
    while perf_counter() < warm:
        add(value, lock, BATCH)
    ready.release()
    go.wait()
    add(value, lock, times)
    done.release()


def await_all(semaphore, limit, what):
    for ended in range(PROCESSES):
        if not semaphore.acquire(timeout=limit):
            sys.exit(f"only {ended} of {PROCESSES} processes have {what} within {limit} s")


def main(warm_up, times, limit):
    mp = get_context("spawn")
    with mp.Manager() as manager:
        value, lock = manager.Value("i", 0), manager.Lock()
        ready, go, done = mp.Semaphore(0), mp.Event(), mp.Semaphore(0)
        args = (ready, go, done, warm_up, value, lock, times)
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
