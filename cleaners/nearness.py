"""How near a block stands to the headline: before it stands little of the article, and less with every ending after it."""

from collections.abc import Sequence

from cleaners.article import Block
from cleaners.notices import notice_rule

# Before the headline a weight counts less, a positive one a third: also fifteen abstracts are no article there. A
# headline behind which almost nothing stands is the site's name in the footer.
_BEFORE = -2.0
_BEFORE_SHARE = 0.3
_FOLLOWS = 0.25

# Sentences count less with every list line between the headline and them: a third after 24, never under a fifth.
_GAP = 12
_FAR = 0.2

# Lines after which an article seldom goes on, and what each counts in list lines.
_ENDS = frozenset(("chrome/comments", "chrome/recommend", "chrome/copyright", "chrome/disclaimer", "field/editor"))
_END_GAP = 6

# After some text a heading of the first rank begins another article, and so does one that is a link.
_OTHER_ARTICLE = 0.02
_HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
_HEADLINE_CHARS = 8
_READ_CHARS = 60


def near_headline(weights: Sequence[float], blocks: Sequence[Block], headline: int | None) -> list[float]:
    """The weights by where the blocks stand; as they are where no headline is certain."""
    if headline is None:
        return list(weights)
    share = _BEFORE_SHARE if _is_followed(weights, blocks, headline) else 1.0
    before = [weight * (share if weight > 0 else 1.0) + _BEFORE for weight in weights[: headline + 1]]
    after, gap, is_other, read = [], 0, False, 0
    for block, weight in zip(blocks[headline + 1 :], weights[headline + 1 :], strict=True):
        gap += _gap(block)
        is_other |= read >= _READ_CHARS and _is_other_headline(block, blocks[headline])
        read += block.chars if weight > 0 and not block.marks else 0
        factor = _OTHER_ARTICLE if is_other else max(_FAR, 1 / (1 + gap / _GAP))
        after.append(weight * factor if weight > 0 else weight)
    return before + after


def _is_followed(weights: Sequence[float], blocks: Sequence[Block], headline: int) -> bool:
    chars = [block.chars if weight > 1 else 0 for block, weight in zip(blocks, weights, strict=True)]
    return sum(chars[headline:]) > _FOLLOWS * sum(chars)


def _is_other_headline(block: Block, headline: Block) -> bool:
    if block.chars < _HEADLINE_CHARS or block.tag not in _HEADINGS:
        return False
    return block.link_chars * 10 >= block.chars * 9 or block.tag == headline.tag == "h1"


def _gap(block: Block) -> int:
    is_end = (block.verdict is not None and block.verdict.rule in _ENDS) or notice_rule(block.text) in _ENDS
    return (block.link_chars * 2 > block.chars) + _END_GAP * is_end
