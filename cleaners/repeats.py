"""Text that a page says twice: the doubled lead, and paragraphs repeated in the body."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from msgspec.structs import replace

from cleaners.article import Block, Verdict
from cleaners.script import fold

# Folded characters under which a repetition means itself: 「好的，谢谢。」 is said many times in an interview.
_MIN_REPEAT = 25

# A box stands before the article: only that many of the first kept blocks are looked for in all that follows.
_EARLY = 8

# What an automatic cut leaves at the end of a summary: half an entity (&rdq), an ellipsis. It is looked for in so many
# characters at a time, since an expression that searches a long line for its end takes the square of its length.
_BROKEN_TAIL = re.compile(r"(?:&[a-z]{0,8}+;?+|\.{2,}+|…|\s)++$", re.IGNORECASE)
_TAIL_CHARS = 60

# What portals print before a summary.
_LEAD_LABEL = re.compile(
    r"^\s*[【\[]?\s*(?:摘\s*要|导\s*读|導\s*讀|导语|核心提示|内容提要|提要|核心阅读|简介)\s*[】\]]?\s*[:：]?\s*"
)


def cut_broken_tail(text: str) -> str:
    """A summary without the torn entity or ellipsis at its end.

    >>> cut_broken_tail("创建全国最安全省份&rdq")
    '创建全国最安全省份'
    """
    while (cut := text[:-_TAIL_CHARS] + _BROKEN_TAIL.sub("", text[-_TAIL_CHARS:])) != text:
        text = cut
    return text


def mark_repeats(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Mark every kept block that says again what other kept blocks say, and the lead box in any case.

    Compared by :func:`fold`, so width, script and punctuation do not matter. A box, which the body says again further
    down wherever it starts there, is ``repeat/lead``; of two equal paragraphs of the body the first stays, the other is
    ``repeat/paragraph``. Blocks shorter than ``_MIN_REPEAT`` are left alone.
    """
    keys = [_key(block) if _counts(block) else "" for block in blocks]
    marked = _mark_leads(blocks, keys)
    return _mark_paragraphs(marked, keys)


def _key(block: Block) -> str:
    return fold(cut_broken_tail(_LEAD_LABEL.sub("", block.text)))


def _counts(block: Block) -> bool:
    return block.verdict is None or "lead" in block.marks


def _mark_leads(blocks: Sequence[Block], keys: Sequence[str]) -> tuple[Block, ...]:
    """A box is found by substring in all that follows, since it may run several paragraphs together and end in mid-word."""
    parts = ["" if "lead" in block.marks else key for block, key in zip(blocks, keys, strict=True)]
    body, ends = "".join(parts), list(accumulate(map(len, parts)))
    early = {block.index for block in [block for block in blocks if block.verdict is None and block.page == 0][:_EARLY]}
    out = []
    for block, key, end in zip(blocks, keys, ends, strict=True):
        verdict = block.verdict
        if "lead" in block.marks:
            verdict = Verdict("repeat/lead" if key and key in body else "field/lead", block.text[:80])
        elif block.index in early and block.page == 0 and len(key) >= _MIN_REPEAT and _is_box(block, key, body, ends, end):
            verdict = Verdict("repeat/lead", block.text[:80])
        out.append(replace(block, verdict=verdict))
    return tuple(out)


def _is_box(block: Block, key: str, body: str, ends: Sequence[int], end: int) -> bool:
    """Whether later blocks say all of an unmarked block again: cut short, at once, or run together from several.

    A paragraph that one later paragraph repeats further down is no box, nor one said before: there the first stays.
    """
    at = body.find(key, end)
    if at < 0 or body.find(key, 0, end - len(key)) >= 0:
        return False
    is_cut = cut_broken_tail(block.text) != block.text
    is_joined = bisect_right(ends, at) != bisect_left(ends, at + len(key))
    return is_cut or is_joined or at - end <= _MIN_REPEAT


def _mark_paragraphs(blocks: Sequence[Block], keys: Sequence[str]) -> tuple[Block, ...]:
    first: dict[str, int] = {}
    out = []
    for block, key in zip(blocks, keys, strict=True):
        if block.verdict is None and len(key) >= _MIN_REPEAT:
            if key in first:
                block = replace(block, verdict=Verdict("repeat/paragraph", f"says block {first[key]} again"))
            else:
                first[key] = block.index
        out.append(block)
    return tuple(out)
