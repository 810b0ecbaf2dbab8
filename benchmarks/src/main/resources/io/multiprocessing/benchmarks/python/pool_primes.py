"""Counts primes by a pool of 1, and by a pool of 2, each once before its time is taken.

Usage: pool_primes.py LIMIT PIECES
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


def seconds(workers, piece, pieces):
    with get_context("spawn").Pool(workers) as pool:
        count = partial(primes, piece)
        expected = pool.map(count, range(pieces), 1)
        start = perf_counter()
        if pool.map(count, range(pieces), 1) != expected:
            sys.exit("counted twice, with two results")
        return perf_counter() - start


def main(limit, pieces):
    piece = limit // pieces
    print(seconds(1, piece, pieces) / seconds(2, piece, pieces))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
