"""The bylines of a page: which of its lines tell of the article, and what the article itself says of its making."""

import re
from collections.abc import Sequence
from itertools import islice

from cleaners.article import Block
from cleaners.byline import Byline, parse_byline
from cleaners.dateline import parse_dateline

# How far from headline and article a byline may stand, in blocks: further away it is another article's.
_REACH = 12
_EDITOR_REACH = 40

# Behind the article these begin what readers and other articles say.
_OTHERS = ("chrome/comments", "chrome/recommend")

# 「（记者 柯蓝）」 at the end of a paragraph.
_CREDIT = re.compile(
    r"[（(【\[]\s*([^（()）【】\[\]。]{0,12}(?:记者|記者|通讯员|通訊員|编辑|編輯|责编|責編)[^（()）【】\[\]。]{2,50})[）)】\]]\s*\d*$"
)
# 「※ 来源:·水清社区」: where the post was written.
_BOARD = "※"
# 「本文来自微信公众号“某某”（ID：abc），作者：陆以宁」 of portals that take over what accounts write
_TAKEN_OVER = re.compile(
    r"(?:本文|文章)?(?:来自|来源于?|转载自|首发于)\s*(?:微信)?公众号\s*[:：]?\s*[“「《\"]?[^“”「」《》\"：:，,（(]{2,20}[”」》\"]?\s*(?:[（(][^（()）]{2,40}[)）])?\s*[，,|｜]?\s*"
    r"(?P<author>作者\s*[:：丨|｜]\s*[^，,。；;|｜\s]{2,20})"
)
_STAMPS = ("chrome/stamp", "chrome/mail-header")

# 「注册时间」 in the block before a date; which labels count is for the date to say.
_DATE_LABEL = re.compile("(?:[\u3400-\u9fff]{2,4}(?:时间|時間|日期)|注册|註冊|加入)\\s*[:：]?")
_NEAR = 3
_FIRST, _LAST = 3, 2


def find_bylines(blocks: Sequence[Block]) -> list[Byline]:
    """The bylines near the article and its headline, in page order, those of readers and other articles behind it left out."""
    anchors = [i for i, block in enumerate(blocks) if block.verdict is None or block.verdict.rule == "field/title"]
    if not anchors:
        return []
    low, end = max(0, anchors[0] - _REACH), _end_of_article(blocks, anchors[-1])
    near = blocks[low:end]
    befores = (blocks[low - 1] if low else None, *near)
    found = [_parsed(before, block) for before, block in zip(befores, near, strict=False) if _is_byline(block)]
    first = next((block.index for block in blocks if block.verdict is None), 0)
    lines = [line if index < first else line._replace(poster="") for index, line in found]
    return [*lines, *_editor_lines(blocks[end : anchors[-1] + _EDITOR_REACH])]


def bylines_in_text(kept: Sequence[str]) -> list[Byline]:
    """The datelines that the first paragraphs begin with, the credits that the first and the last end with, whose text it is."""
    heads = [text[: found.end] for text in kept[:_FIRST] if (found := parse_dateline(text))]
    credits = [credit[1] for text in (*kept[:2], *kept[2:][-_LAST:]) if (credit := _CREDIT.search(text))]
    taken = [account["author"] for text in kept[:_FIRST] if (account := _TAKEN_OVER.search(text))]
    return [*map(parse_byline, heads), *map(parse_byline, credits), *map(parse_byline, taken)]


def lines_near_headline(blocks: Sequence[Block], chars: int) -> list[str]:
    """The short lines right behind the headline, then those before it, the nearest first."""
    at = next((i for i, block in enumerate(blocks) if block.verdict and block.verdict.rule == "field/title"), None)
    if at is None:
        return []
    near = (*range(at + 1, min(len(blocks), at + 2 + _NEAR)), *range(at - 1, max(-1, at - 1 - _NEAR), -1))
    short = (i for i in near if blocks[i].chars <= chars and blocks[i].link_chars * 2 <= blocks[i].chars)
    return [_labelled(blocks[i - 1] if i else None, blocks[i]) for i in short]


def _parsed(before: Block | None, block: Block) -> tuple[int, Byline]:
    return block.index, parse_byline(_labelled(before, block))


def _editor_lines(blocks: Sequence[Block]) -> list[Byline]:
    """The first editor's line, which stands behind all else and names the editor of no other article."""
    lines = (parse_byline(block.text) for block in blocks if block.verdict and block.verdict.rule == "field/editor")
    return list(islice((line for line in lines if not line.published), 1))


def _end_of_article(blocks: Sequence[Block], last: int) -> int:
    behind = range(last + 1, min(len(blocks), last + 1 + _REACH))
    return next((i for i in behind if (found := blocks[i].verdict) and found.rule in _OTHERS), behind.stop)


def _is_byline(block: Block) -> bool:
    rule = block.verdict.rule if block.verdict and not block.text.startswith(_BOARD) else ""
    return (rule in _STAMPS or rule.startswith("field/")) and rule not in ("field/title", "field/subtitle", "field/lead")


def _labelled(before: Block | None, block: Block) -> str:
    """A byline with the label in the block before it."""
    if before is None:
        return block.text
    is_label = before.verdict and before.verdict.rule == "field/label"
    return f"{before.text} {block.text}" if is_label or _DATE_LABEL.fullmatch(before.text) else block.text
