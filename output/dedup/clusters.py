"""Duplicates that hang together, and which of them stays."""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

Rank: TypeAlias = tuple[tuple[bool | str | int, ...], ...]
"""Where an article stands in the order in which articles stay, the first one first."""


class Link(NamedTuple):
    """A pair as the choice sees it."""

    first: int
    second: int
    held: int | None = None
    """None: the two are near, either may stand for the other. Else the one that the other holds nearly whole, and more."""


def components(count: int, pairs: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """For each of ``count`` articles the least number of those that it hangs together with, over any of the pairs.

    >>> components(5, np.array([[3, 1], [3, 4]]))
    array([0, 1, 2, 1, 1])
    """
    heads = np.arange(count)
    while len(pairs):
        np.minimum.at(heads, heads[pairs], heads[pairs].min(axis=1, keepdims=True))
        while (above := heads[heads] != heads).any():
            heads[above] = heads[heads[above]]
        pairs = pairs[heads[pairs[:, 0]] != heads[pairs[:, 1]]]
    return heads


def choose_kept(
    members: Sequence[int], links: Iterable[Link], rank: Callable[[int], Rank], size: Callable[[int], int]
) -> Mapping[int, int]:
    """For each member that gives way, the member that stays in its place.

    Of near ones the least in ``rank`` stays. What is held nearly whole by a larger one gives way to it, never the other
    way round. Whatever gives way has a link of its own to what stays: nothing goes because a third resembles both.

    >>> choose_kept([1, 2, 3], [Link(1, 2), Link(2, 3)], rank=lambda number: ((number,),), size=lambda number: 9)
    {2: 1}
    """
    near, holders = _neighbours(links)
    ranked = sorted(members, key=rank)
    by_rank = _give_way(ranked, near, rank)
    staying = sorted((member for member in ranked if member not in by_rank), key=size, reverse=True)
    by_holder = _give_way(staying, holders, rank)
    partner_of = {member: partner for member, partner in {**by_rank, **by_holder}.items() if partner not in by_holder}
    orphans = [member for member in ranked if member in by_rank and member not in partner_of]
    kept = set(members) - partner_of.keys() - set(orphans)
    return {**partner_of, **_give_way(orphans, {one: near[one] | holders[one] for one in orphans}, rank, kept)}


def paths(members: Sequence[int], links: Iterable[Link]) -> Iterator[tuple[int, ...]]:
    """For each two members without a link of their own, in order, a shortest way from one to the other.

    >>> list(paths([1, 2, 3], [Link(1, 2), Link(2, 3)]))
    [(1, 2, 3)]
    """
    neighbours = defaultdict[int, set[int]](set)
    for first, second, _ in links:
        neighbours[first].add(second)
        neighbours[second].add(first)
    place = {member: number for number, member in enumerate(members)}
    for start in members:
        ways = _ways(start, neighbours, place)
        yield from (ways[end] for end in members if place[end] > place[start] and end in ways and len(ways[end]) > 2)


def _neighbours(links: Iterable[Link]) -> tuple[Mapping[int, set[int]], Mapping[int, set[int]]]:
    """Of each member those near to it, and those that hold it."""
    near, holders = defaultdict[int, set[int]](set), defaultdict[int, set[int]](set)
    for first, second, held in links:
        if held is None:
            near[first].add(second)
            near[second].add(first)
        else:
            holders[held].add(second if held == first else first)
    return near, holders


def _give_way(
    ordered: Iterable[int], others: Mapping[int, set[int]], rank: Callable[[int], Rank], kept: Iterable[int] = ()
) -> dict[int, int]:
    """One after the other stays, or gives way to the best of the others that stay already."""
    staying, partner_of = set(kept), dict[int, int]()
    for member in ordered:
        if partners := others.get(member, set()) & staying:
            partner_of[member] = min(partners, key=rank)
        else:
            staying.add(member)
    return partner_of


def _ways(start: int, neighbours: Mapping[int, set[int]], place: Mapping[int, int]) -> Mapping[int, tuple[int, ...]]:
    """A shortest way to each member that can be reached; of equal ones that by the first members."""
    ways: dict[int, tuple[int, ...]] = {start: (start,)}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for there in sorted(neighbours[here] - ways.keys(), key=place.__getitem__):
            ways[there] = (*ways[here], there)
            waiting.append(there)
    return ways
