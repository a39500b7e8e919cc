"""How near a block stands to the headline: before it stands little of the article, and less with every ending after it."""

import re
from collections.abc import Sequence
from itertools import islice

from cleaners.article import Block
from cleaners.blocks import BLOCK_TAGS
from cleaners.facts import Facts
from cleaners.tree import Tree, slots

# Before the headline a weight counts less, a positive one a third: also fifteen abstracts are no article there. A
# headline behind which almost nothing stands is the site's name in the footer.
_BEFORE = -2.0
_BEFORE_SHARE = 0.3
_FOLLOWS = 0.25

# Sentences count less with every list line between the headline and them: a third after 24, never under a fifth.
_GAP = 12
_FAR = 0.2

# Text in elements of the same names as text before the list stands as near as that one: posts, turns with buttons between.
_HAS_NAME = re.compile(r"\.[^<]")

# Lines after which an article seldom goes on, and what each counts in list lines.
_ENDS = frozenset(("chrome/comments", "chrome/recommend", "chrome/copyright", "chrome/disclaimer", "field/editor"))
_END_GAP = 6

# After some text a heading of the first rank begins another article, and so does one that is a link.
_OTHER_ARTICLE = 0.02
_HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
_HEADLINE_CHARS = 8
_READ_CHARS = 60


def near_headline(
    tree: Tree, weights: Sequence[float], blocks: Sequence[Block], facts: Sequence[Facts], headline: int | None
) -> list[float]:
    """The weights by where the blocks stand; as they are where no headline is certain."""
    if headline is None:
        return list(weights)
    share = _BEFORE_SHARE if _is_followed(weights, blocks, headline) else 1.0
    before = [weight * (share if weight > 0 else 1.0) + _BEFORE for weight in weights[: headline + 1]]
    after, gap, is_other, is_ended, read = [], 0, False, False, 0
    first_gap: dict[str, int] = {}
    heading = _heading_names(tree)
    rest = zip(blocks, weights, slots(tree), strict=True)
    for block, weight, slot in islice(rest, headline + 1, None):
        gap += _gap(block, facts[block.index].notice)
        is_other |= read >= _READ_CHARS and _is_other_headline(block, blocks[headline], heading[block.index], heading[headline])
        is_other |= is_ended and _begins_another(block)
        is_ended |= read >= _READ_CHARS and block.verdict is not None and block.verdict.rule == "field/editor"
        read += block.chars if weight > 0 and not block.marks else 0
        near = first_gap.setdefault(slot, gap) if weight > 1 and _HAS_NAME.search(slot) else gap
        factor = _OTHER_ARTICLE if is_other else max(_FAR, 1 / (1 + near / _GAP))
        after.append(weight * factor if weight > 0 else weight)
    return before + after


def _is_followed(weights: Sequence[float], blocks: Sequence[Block], headline: int) -> bool:
    chars = [block.chars if weight > 1 else 0 for block, weight in zip(blocks, weights, strict=True)]
    return sum(chars[headline:]) > _FOLLOWS * sum(chars)


def _is_other_headline(block: Block, headline: Block, name: str, headline_name: str) -> bool:
    """A heading that is a link, of the first rank as the headline is, or of the same name."""
    if block.chars < _HEADLINE_CHARS or block.tag not in _HEADINGS:
        return False
    is_link = block.link_chars * 10 >= block.chars * 9
    return is_link or block.tag == headline.tag == "h1" or (name != "" and name == headline_name)


def _begins_another(block: Block) -> bool:
    """Behind the editor's line any heading does, or the word for related articles."""
    is_heading = block.tag in _HEADINGS and block.chars >= _HEADLINE_CHARS
    return is_heading or (block.verdict is not None and block.verdict.rule == "chrome/recommend")


def _heading_names(tree: Tree) -> list[str]:
    """Beside each block the class of the heading that holds it, empty for any other."""
    names: list[str] = []
    for element, parent in zip(tree.elements, tree.parents, strict=True):
        own = element.get("class") or "" if element.tag in _HEADINGS else ""
        names.append(own or (names[parent] if parent >= 0 and element.tag not in BLOCK_TAGS else ""))
    return [names[node] for node in tree.of_block]


def _gap(block: Block, notice: str | None) -> int:
    is_end = (block.verdict is not None and block.verdict.rule in _ENDS) or notice in _ENDS
    return (block.link_chars * 2 > block.chars) + _END_GAP * is_end
