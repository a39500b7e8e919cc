"""Verse: poems, songs and lists of names have no sentence, so the page seems to hold no article.

Asked only where nothing else was found. A menu or a list of articles is none of these: there the lines are links.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from msgspec.structs import replace

from cleaners.article import Block, Verdict
from cleaners.document import Document
from cleaners.headline import Headline
from cleaners.tree import ancestor_tree, around

_HAN = re.compile(r"[\u3400-\u9fff]")
_LEAST_LINES = 4
_LEAST_HAN = 28
_MOST_CHARS = 40
_HAN_SHARE = 0.7
_OWN_SHARE = 0.8
_BESIDE = Verdict("layout/outside", "not among the lines of verse")


def mark_verse(document: Document, headline: Headline, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of one page, only those kept that are the most unlinked short lines behind the headline in one element.

    None is kept where there are no such lines, or no certain headline.
    """
    is_certain = headline.block is not None and headline.is_certain
    verse = _verse(document, blocks, headline.block or 0) if is_certain else frozenset[int]()
    return tuple(replace(block, verdict=None if block.index in verse else block.verdict or _BESIDE) for block in blocks)


def _verse(document: Document, blocks: Sequence[Block], headline: int) -> frozenset[int]:
    tree = ancestor_tree([node.holder for node in document.nodes])
    by_element: dict[int, list[Block]] = defaultdict(list)
    for block in blocks[headline + 1 :]:
        by_element[around(tree, tree.of_block[block.index])].append(block)
    found = [[block for block in lines if _is_line(block)] for lines in by_element.values() if _is_verse(lines)]
    best = max(found, key=_han, default=[])
    return frozenset(block.index for block in best)


def _is_verse(lines: Sequence[Block]) -> bool:
    own = [line for line in lines if _is_line(line)]
    return len(own) >= _LEAST_LINES and len(own) >= _OWN_SHARE * len(lines) and _han(own) >= _LEAST_HAN


def _is_line(block: Block) -> bool:
    """A short Chinese line without a link; layout alone may have spoken against it."""
    is_open = block.verdict is None or block.verdict.rule.startswith("layout/")
    is_plain = not block.link_chars and not block.marks and 1 < block.chars <= _MOST_CHARS
    return is_open and is_plain and len(_HAN.findall(block.text)) >= _HAN_SHARE * block.chars


def _han(lines: Sequence[Block]) -> int:
    return sum(len(_HAN.findall(line.text)) for line in lines)
