"""Crowds: articles that hang together in such numbers that not every two of them are candidates."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

import numpy as np

from output.dedup.candidates import Pairs
from output.dedup.check import Checked, held

Compare: TypeAlias = Callable[[Pairs], Sequence[Checked]]
"""Tells which of the pairs are duplicates, the two of each in the order given."""

_LEADERS = 64  # of a crowd: a net of unlike articles that has more is left as it was found


def settle(crowds: Iterable[Sequence[int]], threshold: float, compare: Compare) -> list[Checked]:
    """The pairs that decide what stays in each crowd, its articles given by rank.

    The first article is compared with all others. Those near to it are settled; if another one holds it, those are that
    the other one holds too. So it goes on with what is left. For reprints of one text that is once or twice their number
    of pairs, not half its square.
    """
    found, left = list[Checked](), [list(crowd) for crowd in crowds]
    for _ in range(_LEADERS):
        if not (left := [crowd for crowd in left if len(crowd) > 1]):
            break
        led = compare(np.array([(leader, other) for leader, *others in left for other in others]))
        holders = _holders(led, threshold)
        pairs = [
            (holder, other)
            for leader, *others in left
            for holder in holders.get(leader, ())
            for other in others
            if other != holder
        ]
        holding = compare(np.array(pairs)) if pairs else ()
        found.extend((*led, *holding))
        settled = set(_settled(led, holding, holders, threshold))
        left = [[other for other in others if other not in settled] for _, *others in left]
    return found


def _holders(led: Iterable[Checked], threshold: float) -> Mapping[int, Sequence[int]]:
    """For each first article those that hold it."""
    holders = defaultdict[int, list[int]](list)
    for pair in led:
        if held(pair, threshold) == pair.first:
            holders[pair.first].append(pair.second)
    return dict(holders)


def _settled(
    led: Iterable[Checked], holding: Iterable[Checked], holders: Mapping[int, Sequence[int]], threshold: float
) -> Iterator[int]:
    """What gives way to a first article that no other holds, or to one that holds a first article."""
    yield from (pair.second for pair in led if pair.first not in holders)
    yield from (pair.second for pair in holding if held(pair, threshold) == pair.second)
