"""Messages through one Queue: as many consumers as producers, a process each.

All warm up on the Queue that is measured then, and start together. A producer puts for a given time, and then
one last message, which one consumer gets and ends.

Usage: queue_traffic.py int|record PAIRS MAXSIZE WARM_UP_SECONDS MEASURE_SECONDS
Prints the messages per second, counted until the last consumer has ended.
"""

import sys
from dataclasses import dataclass
from multiprocessing import get_context
from time import perf_counter

BATCH = 50
NUMBERS = 100
BEYOND_INT = 1 << 40
CUSTOMERS = ["Ada", "Alan", "Barbara", "Donald", "Edsger", "Grace", "Leslie", "Tony"]


@dataclass
class Order:
    number: int
    id: int
    price: float
    customer: str
    items: list


def order(number):
    items = [number, number + 1, number + 2]
    return Order(number, BEYOND_INT + number, number * 0.25, CUSTOMERS[number & 7], items)


def is_last_order(message):
    if message.items[2] != message.number + 2 or message.id != BEYOND_INT + message.number:
        sys.exit(f"not what was put: {message}")
    return message.number < 0


def small(number):
    return number % NUMBERS if number >= 0 else -1


def is_last_small(message):
    return message < 0


KINDS = {"int": (small, is_last_small), "record": (order, is_last_order)}


def put(queue, kind, seconds):
    make, _ = KINDS[kind]
    number = 0
    end = perf_counter() + seconds
    while perf_counter() < end:
        for _ in range(BATCH):
            queue.put(make(number))
            number += 1
    queue.put(make(-1))
    return number


def get(queue, kind):
    _, is_last = KINDS[kind]
    messages = 0
    while not is_last(queue.get()):
        messages += 1
    return messages


def work(is_producer, queue, kind, together, ready, go, done, results, warm_up, measure):
    together.wait()
    put(queue, kind, warm_up) if is_producer else get(queue, kind)
    ready.release()
    go.wait()
    result = put(queue, kind, measure) if is_producer else get(queue, kind)
    done.release()
    results.put((is_producer, result))


def main(kind, pairs, maxsize, warm_up, measure):
    mp = get_context("spawn")
    queue, results = mp.Queue(maxsize), mp.Queue()
    together, ready, go, done = mp.Barrier(2 * pairs), mp.Semaphore(0), mp.Event(), mp.Semaphore(0)
    workers = [
        mp.Process(
            target=work,
            args=(i % 2 == 0, queue, kind, together, ready, go, done, results, warm_up, measure),
            daemon=True,
        )
        for i in range(2 * pairs)
    ]
    for worker in workers:
        worker.start()

    for _ in workers:
        ready.acquire()
    start = perf_counter()
    go.set()
    for _ in workers:
        done.acquire()
    elapsed = perf_counter() - start

    put_count = got_count = 0
    for _ in workers:
        is_producer, messages = results.get()
        if is_producer:
            put_count += messages
        else:
            got_count += messages
    for worker in workers:
        worker.join()
    if put_count != got_count:
        sys.exit(f"{put_count} messages were put and {got_count} got")
    print(got_count / elapsed)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]), float(sys.argv[5]))
