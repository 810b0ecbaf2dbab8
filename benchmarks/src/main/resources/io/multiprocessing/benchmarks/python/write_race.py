"""Two processes write records to one place, one by one: a file under a Lock, or a SQLite table.

Usage: write_race.py file|sqlite WARM_UP_SECONDS BATCHES LIMIT_SECONDS
Prints how many records they write in a second, together.
"""

import os
import sqlite3
import sys
import tempfile
from multiprocessing import get_context
from time import perf_counter

PROCESSES = 2
BATCH = 100
RECORD = "x" * 99 + "\n"


class File:
    """Lock, open, write, close."""

    def __init__(self, folder, lock):
        self.path, self.lock = os.path.join(folder, "records"), lock

    def write_batch(self):
        for _ in range(BATCH):
            with self.lock:
                with open(self.path, "a") as file:
                    file.write(RECORD)

    def clear(self):
        os.truncate(self.path, 0)

    def count(self):
        return os.path.getsize(self.path) / len(RECORD)


class Sqlite:
    """One row a transaction; a write-ahead log, which the kernel takes to the disk when it likes."""

    def __init__(self, folder, lock):
        self.db = sqlite3.connect(os.path.join(folder, "rows.db"), timeout=60, isolation_level="IMMEDIATE")
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute("PRAGMA synchronous=NORMAL")
        with self.db:
            self.db.execute("CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, x)")

    def write_batch(self):
        for _ in range(BATCH):
            with self.db:
                self.db.execute("INSERT INTO t (x) VALUES (?)", ("a row",))

    def clear(self):
        with self.db:
            self.db.execute("DELETE FROM t")

    def count(self):
        return self.db.execute("SELECT count(*) FROM t").fetchone()[0]


PLACES = {"file": File, "sqlite": Sqlite}


def work(kind, folder, lock, together, ready, go, done, warm_up, batches):
    place = PLACES[kind](folder, lock)
    together.wait()
    warm = perf_counter() + warm_up
    while perf_counter() < warm:
        place.write_batch()
    ready.release()
    go.wait()
    for _ in range(batches):
        place.write_batch()
    done.release()


def await_all(semaphore, limit, what):
    for ended in range(PROCESSES):
        if not semaphore.acquire(timeout=limit):
            sys.exit(f"only {ended} of {PROCESSES} processes have {what} within {limit} s")


def main(kind, warm_up, batches, limit):
    mp = get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        lock, together, ready, go, done = mp.Lock(), mp.Barrier(PROCESSES), mp.Semaphore(0), mp.Event(), mp.Semaphore(0)
        place = PLACES[kind](folder, lock)
        args = (kind, folder, lock, together, ready, go, done, warm_up, batches)
        workers = [mp.Process(target=work, args=args, daemon=True) for _ in range(PROCESSES)]
        for worker in workers:
            worker.start()

        await_all(ready, limit, "warmed up")
        place.clear()
        start = perf_counter()
        go.set()
        await_all(done, limit, "come to the end")
        elapsed = perf_counter() - start

        for worker in workers:
            worker.join()
        total, found = PROCESSES * batches * BATCH, place.count()
        if found != total:
            sys.exit(f"there are {found} records, not {total}")
        print(total / elapsed)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
