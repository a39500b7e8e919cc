"""Units: the lists and tables of an article, whose short cells say nothing for themselves.

A menu, a ranking or a table that lays the page out is none: in those the words are links, or the text is not beside them.
"""

from collections.abc import Mapping, Sequence

from cleaners.article import Block
from cleaners.facts import Facts
from cleaners.tree import Tree, around

_UNIT_TAGS = frozenset(("table", "ul", "ol", "dl"))

# Longer cells are paragraphs, more of them a directory; lists of the seen pages have 3 to 90.
_LEAST_CELLS = 2
_MOST_CELLS = 400
_CELL_CHARS = 60
_LINKED = 0.2
_KNOWN = 0.2
_TEXT = 0.5

# As much as lets a cell go with the text beside it, and as little as lets no table be the article.
_CELL_WEIGHT = 0.1


def weigh_units(
    tree: Tree, blocks: Sequence[Block], facts: Sequence[Facts], weights: Sequence[float], hints: Sequence[float]
) -> list[float]:
    """The weights, those of the cells of a list or table beside text at least a little above 0."""
    weighed = list(weights)
    below = tree.spans
    first_text: dict[int, int] = {}
    for index in (index for index, fact in enumerate(facts) if fact.is_text):
        first_text.setdefault(around(tree, tree.of_block[index]), index)
    for node, element in enumerate(tree.elements):
        if element.tag not in _UNIT_TAGS or hints[node] < 0 or not _LEAST_CELLS <= len(below[node]) <= _MOST_CELLS:
            continue
        if not _is_behind_text(tree, below, node, first_text):
            continue
        here = slice(below[node].start, below[node].stop)
        if _is_unit(blocks[here], facts[here]):
            for index in below[node]:
                if blocks[index].verdict is None and not blocks[index].marks:
                    weighed[index] = max(weighed[index], _CELL_WEIGHT)
    return weighed


def _is_unit(cells: Sequence[Block], facts: Sequence[Facts]) -> bool:
    chars = sum(cell.chars for cell in cells)
    return (
        chars <= _CELL_CHARS * len(cells)
        and sum(cell.chars for cell, fact in zip(cells, facts, strict=True) if fact.is_text) <= _TEXT * chars
        and sum(cell.link_chars for cell in cells) <= _LINKED * chars
        and sum(cell.verdict is not None for cell in cells) <= _KNOWN * len(cells)
    )


def _is_behind_text(tree: Tree, below: Sequence[range], node: int, first_text: Mapping[int, int]) -> bool:
    """Whether the element around it, one that holds more than it, holds sentences of its own before it."""
    beside = around(tree, tree.parents[node])
    while beside >= 0 and below[beside] == below[node]:
        beside = around(tree, tree.parents[beside])
    return beside in first_text and first_text[beside] < below[node].start
