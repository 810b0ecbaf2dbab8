"""Counts primes by a pool of 1, and by a pool of 2, each for a while before its time is taken.

Usage: pool_primes.py LIMIT PIECES WARM_UP_SECONDS MEASURE_SECONDS
Prints how many times faster the pool of 2 is.
"""

import sys
from functools import partial
from multiprocessing import get_context
from time import perf_counter


def is_prime(number):
    divisor = 2
    while divisor * divisor <= number:
        if number % divisor == 0:
            return False
        divisor += 1
    return True


def primes(piece, n):
    return sum(is_prime(number) for number in range(max(n * piece, 2), (n + 1) * piece))


def seconds_per_map(pool, count, pieces, expected, seconds):
    maps = 0
    start = perf_counter()
    while True:
        if pool.map(count, range(pieces), 1) != expected:
            sys.exit("counted twice, with two results")
        maps += 1
        elapsed = perf_counter() - start
        if elapsed >= seconds:
            return elapsed / maps


def seconds(workers, piece, pieces, warm_up, measure):
    with get_context("spawn").Pool(workers) as pool:
        count = partial(primes, piece)
        expected = pool.map(count, range(pieces), 1)
        seconds_per_map(pool, count, pieces, expected, warm_up)
        return seconds_per_map(pool, count, pieces, expected, measure)


def main(limit, pieces, warm_up, measure):
    piece = limit // pieces
    print(seconds(1, piece, pieces, warm_up, measure) / seconds(2, piece, pieces, warm_up, measure))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4]))
