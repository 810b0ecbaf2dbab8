"""Two processes insert rows into one SQLite table, one row a transaction.

Usage: sqlite_insert.py WARM_UP_SECONDS BATCHES LIMIT_SECONDS
Prints how many rows they insert in a second, together.
"""

import os
import sqlite3
import sys
import tempfile
from multiprocessing import get_context
from time import perf_counter

PROCESSES = 2
BATCH = 100


def connect(path):
    db = sqlite3.connect(path, timeout=60, isolation_level="IMMEDIATE")
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=NORMAL")
    return db


def insert(db):
    for _ in range(BATCH):
        with db:
            db.execute("INSERT INTO t (x) VALUES (?)", ("a row",))


def work(path, together, ready, go, done, warm_up, batches):
    db = connect(path)
    together.wait()
    warm = perf_counter() + warm_up
    while perf_counter() < warm:
        insert(db)
    ready.release()
    go.wait()
    for _ in range(batches):
        insert(db)
    done.release()


def await_all(semaphore, limit, what):
    for ended in range(PROCESSES):
        if not semaphore.acquire(timeout=limit):
            sys.exit(f"only {ended} of {PROCESSES} processes have {what} within {limit} s")


def main(warm_up, batches, limit):
    mp = get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "rows.db")
        db = connect(path)
        with db:
            db.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, x)")
        together, ready, go, done = mp.Barrier(PROCESSES), mp.Semaphore(0), mp.Event(), mp.Semaphore(0)
        args = (path, together, ready, go, done, warm_up, batches)
        workers = [mp.Process(target=work, args=args, daemon=True) for _ in range(PROCESSES)]
        for worker in workers:
            worker.start()

        await_all(ready, limit, "warmed up")
        with db:
            db.execute("DELETE FROM t")
        start = perf_counter()
        go.set()
        await_all(done, limit, "come to the end")
        elapsed = perf_counter() - start

        for worker in workers:
            worker.join()
        total = PROCESSES * batches * BATCH
        (rows,) = db.execute("SELECT count(*) FROM t").fetchone()
        db.close()
        if rows != total:
            sys.exit(f"the table has {rows} rows, not {total}")
        print(total / elapsed)


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
