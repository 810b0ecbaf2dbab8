"""Arrays of ints from a producer to a consumer through one bounded Queue.

It is the same array again and again.

Usage: queue_array.py LENGTH MAXSIZE WARM_UP_SECONDS MEASURE_SECONDS
Prints the gigabytes per second, counted until the consumer has ended.
"""

import sys
from array import array
from multiprocessing import get_context
from time import perf_counter


def put(queue, length, seconds):
    message = array("i", bytes(4 * length))
    message[length - 1] = length
    end = perf_counter() + seconds
    while True:
        queue.put(message)
        if perf_counter() >= end:
            break
    queue.put(array("i", [-1]))


def get(queue, length):
    messages = 0
    while (message := queue.get())[0] >= 0:
        if len(message) != length or message[length - 1] != length:
            sys.exit("the array is not as it was put")
        messages += 1
    return messages


def produce(queue, ready, go, done, length, warm_up, measure):
    put(queue, length, warm_up)
    ready.release()
    go.wait()
    put(queue, length, measure)
    done.release()


def consume(queue, ready, go, done, results, length):
    get(queue, length)
    ready.release()
    go.wait()
    messages = get(queue, length)
    done.release()
    results.put(messages)


def main(length, maxsize, warm_up, measure):
    mp = get_context("spawn")
    queue, results = mp.Queue(maxsize), mp.Queue()
    ready, go, done = mp.Semaphore(0), mp.Event(), mp.Semaphore(0)
    workers = [
        mp.Process(target=produce, args=(queue, ready, go, done, length, warm_up, measure), daemon=True),
        mp.Process(target=consume, args=(queue, ready, go, done, results, length), daemon=True),
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
    messages = results.get()
    for worker in workers:
        worker.join()
    print(messages * length * 4 / elapsed / 1e9)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4]))
