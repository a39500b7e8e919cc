"""The ancestors of a page's blocks, their names, and sums over what stands below each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from cleaners.blocks import BLOCK_TAGS, Element

_DIGITS = re.compile(r"\d+")

# Paragraphs and subheads: two lines in such are the same kind of line if the element around them is the same.
_LINES = frozenset(("p", "h2", "h3", "h4", "h5", "br"))


@dataclass(frozen=True)
class Tree:
    """Every element that has a block below it; a parent stands before its children."""

    elements: tuple[Element, ...]

    parents: tuple[int, ...]
    """Beside each element the index of its parent, -1 for a root."""

    of_block: tuple[int, ...]
    """Beside each block the index of the element that holds it."""

    spans: tuple[range, ...]
    """Beside each element the indices of the blocks from the first to the last below it."""

    @cached_property
    def slots(self) -> list[str]:
        """Beside each block the stems of the nearest element that is neither inline nor a paragraph, and of the one around it.

        Paragraphs of one article, and the words of one thread's posts, share theirs.
        """
        known: dict[int, str] = {}
        for holder in set(self.of_block):
            node = holder
            while self.parents[node] >= 0 and (
                self.elements[node].tag in ("p", "br") or self.elements[node].tag not in BLOCK_TAGS
            ):
                node = self.parents[node]
            parent = self.parents[node]
            known[holder] = f"{stem(self.elements[node])}<{stem(self.elements[parent]) if parent >= 0 else ''}"
        return [known[node] for node in self.of_block]


def ancestor_tree(holders: Sequence[Element]) -> Tree:
    """The tree above the elements that hold the blocks. O(elements): each is met once."""
    known: dict[Element, int] = {}
    parents: list[int] = []
    for holder in holders:
        path = [holder]
        while path[-1] not in known and (parent := path[-1].getparent()) is not None:
            path.append(parent)
        above = known.get(path[-1], -1)
        for element in reversed(path):
            if element not in known:
                known[element] = len(parents)
                parents.append(above)
            above = known[element]
    of_block = tuple(known[holder] for holder in holders)
    return Tree(tuple(known), tuple(parents), of_block, _spans(parents, of_block))


def sums(tree: Tree, values: Sequence[float]) -> list[float]:
    """Beside each element the sum of the values of all blocks below it; ``values`` has one a block."""
    totals = [0.0] * len(tree.elements)
    for node, value in zip(tree.of_block, values, strict=True):
        totals[node] += value
    for node in range(len(totals) - 1, 0, -1):
        if tree.parents[node] >= 0:
            totals[tree.parents[node]] += totals[node]
    return totals


def below(tree: Tree, chosen: set[int]) -> list[bool]:
    """Beside each block whether it stands in one of the chosen elements."""
    inside: list[bool] = []
    for node, parent in enumerate(tree.parents):
        inside.append(node in chosen or (parent >= 0 and inside[parent]))
    return [inside[node] for node in tree.of_block]


def around(tree: Tree, node: int) -> int:
    """The nearest element that is neither inline nor a single line; -1 above the roots."""
    while node >= 0 and (tree.elements[node].tag in _LINES or tree.elements[node].tag not in BLOCK_TAGS):
        node = tree.parents[node]
    return node


def stem(element: Element) -> str:
    """Tag and names of an element without digits: those of one list share it."""
    return f"{element.tag}.{_DIGITS.sub('', element.get('class') or element.get('id') or '')}"


def _spans(parents: Sequence[int], of_block: Sequence[int]) -> tuple[range, ...]:
    starts, stops = [len(of_block)] * len(parents), [0] * len(parents)
    for index, node in enumerate(of_block):
        if not stops[node]:
            starts[node] = index
        stops[node] = index + 1
    for node in range(len(parents) - 1, 0, -1):
        parent = parents[node]
        if parent >= 0:
            if starts[node] < starts[parent]:
                starts[parent] = starts[node]
            if stops[node] > stops[parent]:
                stops[parent] = stops[node]
    return tuple(map(range, starts, stops))
