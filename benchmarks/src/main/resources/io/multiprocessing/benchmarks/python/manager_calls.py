"""Two processes with four threads each get values from one dict of a manager.

Usage: manager_calls.py WARM_UP_SECONDS CALLS LIMIT_SECONDS
Prints how many calls are served in a second.
"""

import sys
from multiprocessing import get_context
from threading import Thread
from time import perf_counter

PROCESSES = 2
THREADS = 4


def get(shared):
    if shared["key"] != 42:
        sys.exit("not what was put")


def in_threads(work):
    threads = [Thread(target=work) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def work(ready, go, done, warm_up, shared, times):
    def warm():
        end = perf_counter() + warm_up
        while perf_counter() < end:
            get(shared)

    def call():
        for _ in range(times):
            get(shared)

    in_threads(warm)
    ready.release()
    go.wait()
    in_threads(call)
    done.release()


def await_all(semaphore, limit, what):
    for ended in range(PROCESSES):
        if not semaphore.acquire(timeout=limit):
            sys.exit(f"only {ended} of {PROCESSES} processes have {what} within {limit} s")


def main(warm_up, times, limit):
    mp = get_context("spawn")
    with mp.Manager() as manager:
        shared = manager.dict({"key": 42})
        ready, go, done = mp.Semaphore(0), mp.Event(), mp.Semaphore(0)
        args = (ready, go, done, warm_up, shared, times)
        workers = [mp.Process(target=work, args=args, daemon=True) for _ in range(PROCESSES)]
        for worker in workers:
            worker.start()

        await_all(ready, limit, "warmed up")
        start = perf_counter()
        go.set()
        await_all(done, limit, "called")
        elapsed = perf_counter() - start

        for worker in workers:
            worker.join()
        print(PROCESSES * THREADS * times / elapsed)


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
