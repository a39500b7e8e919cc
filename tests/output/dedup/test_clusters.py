"""What stays, and who is joined only by a third."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from output.dedup.clusters import Link, Rank, choose_kept, components, paths


def by_number(number: int) -> Rank:
    return ((number,),)


@pytest.mark.parametrize(
    ("links", "gives_way_to"),
    [
        ([Link(1, 2), Link(1, 3), Link(2, 3)], {2: 1, 3: 1}),
        ([Link(1, 2), Link(2, 3)], {2: 1}),
        ([Link(1, 3, held=1)], {1: 3}),
        ([Link(1, 3, held=1), Link(2, 3, held=2)], {1: 3, 2: 3}),
        ([Link(1, 2), Link(1, 3, held=1), Link(2, 3, held=2)], {1: 3, 2: 3}),
        ([Link(1, 2), Link(1, 3, held=1)], {1: 3}),
        ([Link(2, 3), Link(1, 3, held=1)], {3: 2}),
    ],
    ids=["all-near", "chain", "held", "merged", "held-and-near", "partner-is-held", "holder-gives-way"],
)
def test_choose_kept(links: list[Link], gives_way_to: dict[int, int]) -> None:
    members = sorted({number for link in links for number in link[:2]})
    assert choose_kept(members, links, by_number, lambda number: number) == gives_way_to


LINKS = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 7), st.booleans()).filter(lambda link: link[0] != link[1]), max_size=16
)


@given(LINKS)
def test_nothing_goes_without_a_link_to_what_stays(drawn: list[tuple[int, int, bool]]) -> None:
    links = {frozenset(one[:2]): Link(one[0], one[1], min(one[:2]) if one[2] else None) for one in drawn}
    members = sorted({number for link in links for number in link})
    gone = choose_kept(members, links.values(), by_number, lambda number: number)
    assert all(frozenset(pair) in links and pair[1] not in gone for pair in gone.items())
    assert all(links[frozenset(pair)].held in (None, pair[0]) for pair in gone.items())
    near = {two for two, link in links.items() if link.held is None}
    stay = [member for member in members if member not in gone]
    assert not [two for two in itertools.combinations(stay, 2) if frozenset(two) in near]


@given(LINKS)
def test_components_are_those_of_the_links(drawn: list[tuple[int, int, bool]]) -> None:
    pairs = np.array([one[:2] for one in drawn], np.int64).reshape(-1, 2)
    groups = [{number} for number in range(8)]
    for first, second, _ in drawn:
        joined = next(group for group in groups if first in group) | next(group for group in groups if second in group)
        groups = [*(group for group in groups if not group & joined), joined]
    heads = components(8, pairs).tolist()
    assert heads == [min(next(group for group in groups if number in group)) for number in range(8)]


def test_paths_go_through_as_few_as_can_be() -> None:
    links = [Link(1, 2), Link(2, 3), Link(3, 4), Link(2, 4)]
    assert list(paths([1, 2, 3, 4], links)) == [(1, 2, 3), (1, 2, 4)]
