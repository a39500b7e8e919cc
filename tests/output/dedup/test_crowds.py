"""In a crowd no two that are near stay both, however few pairs were found before."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
import pytest

from output.dedup.candidates import Pairs
from output.dedup.check import Checked, held
from output.dedup.clusters import Link, choose_kept
from output.dedup.crowds import settle

CROWD = range(100)

Likeness = Callable[[int, int], float]
"""The Jaccard of two numbers, the lesser first; below .7 the greater holds the lesser; 0: they are no duplicates."""


def alike(_one: int, _other: int) -> float:
    return 0.9


def halves(one: int, other: int) -> float:
    return 0.9 if one % 2 == other % 2 else 0.0


def in_the_last(_one: int, other: int) -> float:
    return 0.5 if other == CROWD[-1] else 0.9


def first_in_the_last(one: int, other: int) -> float:
    if other == CROWD[-1]:
        return 0.0 if one else 0.5
    return 0.9


def neighbours(one: int, other: int) -> float:
    return 0.9 if other - one == 1 else 0.0


@pytest.mark.parametrize(
    ("likeness", "stay", "compared"),
    [
        (alike, [0], [99]),
        (halves, [0, 1], [99, 49]),
        (in_the_last, [99], [99, 98]),
        (first_in_the_last, [1, 99], [99, 98, 98]),
        (neighbours, list(CROWD[::2]), [99 - 2 * number for number in range(50)]),
    ],
    ids=["one-text", "two-texts", "held-by-another", "first-held", "chain"],
)
def test_what_stays_in_a_crowd(likeness: Likeness, stay: list[int], compared: list[int]) -> None:
    asked = list[int]()

    def compare(pairs: Pairs) -> Sequence[Checked]:
        asked.append(len(pairs))
        figures = ((one, other, likeness(min(one, other), max(one, other))) for one, other in pairs.tolist())
        return [
            Checked(one, other, like, 0.95 if one < other else like, 0.95 if other < one else like)
            for one, other, like in figures
            if like
        ]

    found = [*compare(np.array(list(pairwise(CROWD)))), *settle([CROWD], 0.7, compare)]
    links = {frozenset((pair.first, pair.second)): Link(pair.first, pair.second, held(pair, 0.7)) for pair in found}
    gone = choose_kept(CROWD, links.values(), lambda number: ((number,),), lambda number: number)
    assert [number for number in CROWD if number not in gone] == stay
    assert [count for count in asked[1:] if count] == compared


def test_without_a_crowd_nothing_is_compared() -> None:
    assert settle([], 0.7, lambda _: pytest.fail("compared")) == []
