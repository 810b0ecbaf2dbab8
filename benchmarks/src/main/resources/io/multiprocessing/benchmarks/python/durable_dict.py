"""Selects values from a table of 1,000 entries in a SQLite database with a write-ahead log, one by one.

Usage: durable_dict.py WARM_UP_SECONDS MEASURE_SECONDS
Prints how many it gets in a second.
"""

import os
import sqlite3
import sys
import tempfile
from time import perf_counter

ENTRIES = 1_000


def get_all(db, keys):
    for i, key in enumerate(keys):
        (value,) = db.execute("SELECT value FROM dict_numbers WHERE key = ?", (key,)).fetchone()
        if value != i:
            sys.exit(f"{key} is {value}")


def gets_per_second(db, keys, seconds):
    batches = 0
    start = perf_counter()
    while True:
        get_all(db, keys)
        batches += 1
        elapsed = perf_counter() - start
        if elapsed >= seconds:
            return batches * ENTRIES / elapsed


def main(warm_up, measure):
    with tempfile.TemporaryDirectory() as folder:
        db = sqlite3.connect(os.path.join(folder, "dict.db"))
        db.execute("PRAGMA journal_mode=WAL")
        keys = [f"key-{i}" for i in range(ENTRIES)]
        with db:
            db.execute("CREATE TABLE dict_numbers (key PRIMARY KEY NOT NULL, value NOT NULL, expires INTEGER)")
            db.executemany("INSERT INTO dict_numbers (key, value) VALUES (?, ?)", [(k, i) for i, k in enumerate(keys)])
        gets_per_second(db, keys, warm_up)
        print(gets_per_second(db, keys, measure))
        db.close()


if __name__ == "__main__":
    main(float(sys.argv[1]), float(sys.argv[2]))
