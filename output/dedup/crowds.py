"""Crowds: articles that hang together in such numbers that not every two of them are candidates."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from output.dedup.candidates import Pairs
from output.dedup.check import Checked, held

Compare: TypeAlias = Callable[[Pairs], Sequence[Checked]]
"""Tells which of the pairs are duplicates."""

_LEADERS = 64  # of a crowd: a net of unlike articles that has more is left as it was found


class _Crowd(NamedTuple):
    """Articles, and those of them that have been compared with every other one that is still open."""

    members: Sequence[int]
    """All of them, by rank."""

    leaders: Sequence[int]
    """By rank; no two of them are near."""

    others: Sequence[int]
    """Those that are near to no leader, by rank."""


def settle(crowds: Sequence[Sequence[int]], threshold: float, compare: Compare) -> list[Checked]:
    """The pairs that decide what stays in each crowd, its articles given by rank.

    The first is compared with all others, then the first of those that are not near to it, and so on; what holds one of
    these first ones is compared with all. In a crowd of reprints that is once or twice its size, of half its square.
    """
    rounds = [_Crowd(crowd, (), crowd) for crowd in crowds]
    found = list[Checked]()
    for _ in range(_LEADERS):
        pairs = [(crowd.others[0], other) for crowd in rounds for other in crowd.others[1:]]
        if not pairs:
            break
        found.extend(more := compare(np.array(pairs)))
        near = {(pair.first, pair.second) for pair in more if held(pair, threshold) is None}
        rounds = [_led(crowd, near) for crowd in rounds]
    if pairs_with_holders := [pair for crowd in rounds for pair in _with_holders(crowd, found, threshold)]:
        found.extend(compare(np.array(pairs_with_holders)))
    return found


def _led(crowd: _Crowd, near: set[tuple[int, int]]) -> _Crowd:
    """The crowd with one leader more."""
    if not crowd.others:
        return crowd
    leader, *others = crowd.others
    return crowd._replace(leaders=(*crowd.leaders, leader), others=[other for other in others if (leader, other) not in near])


def _with_holders(crowd: _Crowd, found: Sequence[Checked], threshold: float) -> Iterator[tuple[int, int]]:
    """What stays so far and holds another such, with whatever may have given way to that other."""
    staying = {*crowd.leaders, *crowd.others}
    between = (pair for pair in found if pair.first in staying and pair.second in staying)
    held_by = ((held(pair, threshold), pair) for pair in between)
    holders = {pair.second if one == pair.first else pair.first for one, pair in held_by if one is not None}
    for holder in sorted(holders)[:_LEADERS]:
        yield from ((holder, member) for member in crowd.members if member not in staying)
