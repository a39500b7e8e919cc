"""How near a block stands to the headline: before it stands little of the article, and less with every ending after it."""

import re
from collections.abc import Sequence
from itertools import islice

from cleaners.article import Block
from cleaners.blocks import BLOCK_TAGS
from cleaners.facts import Facts
from cleaners.tree import Tree

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
_ANNOUNCED_ARTICLE = -0.1
_HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
_HEADLINE_CHARS = 8
_ANNOUNCED = re.compile(
    r"[【\[]?(?:延伸[阅閱][读讀]|相[关關](?:新[闻聞]|[报報][道導]|[阅閱][读讀]))(?:[】\]]\s*[:：]?|\s*)(?![:：])[^。！？；]{6,60}"
)
_READ_CHARS = 60


def near_headline(
    tree: Tree, weights: Sequence[float], blocks: Sequence[Block], facts: Sequence[Facts], headline: int | None
) -> list[float]:
    """The weights by where the blocks stand; as they are where no headline is certain."""
    if headline is None:
        return list(weights)
    share = _BEFORE_SHARE if _is_followed(weights, blocks, headline) else 1.0
    before = [weight * (share if weight > 0 else 1.0) + _BEFORE for weight in weights[: headline + 1]]
    after, gap = [], 0
    first_gap: dict[str, int] = {}
    shares = _shares_of_articles(tree, weights, blocks, headline)
    rest = zip(blocks, weights, tree.slots, shares, strict=True)
    for block, weight, slot, share in islice(rest, headline + 1, None):
        gap += _gap(block, facts[block.index].notice)
        near = first_gap.setdefault(slot, gap) if weight > 1 and _HAS_NAME.search(slot) else gap
        factor = max(_FAR, 1 / (1 + near / _GAP)) if share == 1 else share
        after.append(weight * factor if weight > 0 else weight)
    return before + after


def _shares_of_articles(tree: Tree, weights: Sequence[float], blocks: Sequence[Block], headline: int) -> list[float]:
    """Beside each block what its weight counts: all of it up to where, behind some text, another article begins."""
    headings = _heading_names(tree)
    shares = [1.0] * (headline + 1)
    read, ended, share = 0, -_READ_CHARS, 1.0
    for index in range(headline + 1, len(blocks)):
        block = blocks[index]
        if read >= _READ_CHARS and share > _ANNOUNCED_ARTICLE:
            is_other = _is_other_headline(block, blocks[headline], headings[index], headings[headline])
            if is_other or (read - ended < _READ_CHARS and _begins_another(block)):
                share = _OTHER_ARTICLE
            if _is_announced(block):
                share = _ANNOUNCED_ARTICLE
            ended = read if block.verdict is not None and block.verdict.rule == "field/editor" else ended
        read += block.chars if weights[index] > 0 and not block.marks else 0
        shares.append(share)
    return shares


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
    """Right behind the editor's line any heading does, or the word for related articles."""
    is_heading = block.tag in _HEADINGS and block.chars >= _HEADLINE_CHARS
    return is_heading or (block.verdict is not None and block.verdict.rule == "chrome/recommend")


def _is_announced(block: Block) -> bool:
    """Whether the line is the headline of another article and says so: 「【延伸阅读】岛国为企鹅修地下通道」."""
    return block.verdict is None and not block.link_chars and _ANNOUNCED.fullmatch(block.text) is not None


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
