"""A process that holds a Lock is killed.

Usage: lock_handoff_after_kill.py PROOF_SECONDS
Prints the milliseconds from the kill until another process has the lock, or "never" if it has not by then.
"""

import sys
import time
from multiprocessing import get_context


def hold(lock, held):
    lock.acquire()
    held.set()
    time.sleep(86_400)


def main(proof):
    mp = get_context("spawn")
    lock, held = mp.Lock(), mp.Event()
    holder = mp.Process(target=hold, args=(lock, held), daemon=True)
    holder.start()
    held.wait()

    start = time.perf_counter()
    holder.kill()
    acquired = lock.acquire(timeout=proof)
    elapsed = time.perf_counter() - start
    holder.join()
    print(elapsed * 1e3 if acquired else "never")


if __name__ == "__main__":
    main(float(sys.argv[1]))
