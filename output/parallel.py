"""One function over many items, by several processes, in order."""

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def map_ordered(function: Callable[[T], R], items: Iterable[T], *, jobs: int) -> Iterator[R]:
    """``function`` of each item in order, by ``jobs`` processes; at most 8 items a process wait or are done ahead."""
    if jobs == 1:
        yield from map(function, items)
        return
    waiting: deque[Future[R]] = deque()
    with ProcessPoolExecutor(jobs, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN)) as pool:
        for item in items:
            waiting.append(pool.submit(function, item))
            if len(waiting) >= 8 * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
