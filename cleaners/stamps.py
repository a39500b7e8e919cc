"""Stamps: the time or the number that a page prints with a post, a comment or an article."""

import re

from cleaners.article import Block

SHORT = 60
"""A line of more characters is no stamp, whatever time it names."""

_STAMP = re.compile(
    r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?,?\s*(?:[週周星期][一二三四五六日]\s*)?(?:[上下]午\s*)?\d{1,2}:\d{2}"
    r"|\d{1,2}[-/月]\d{1,2}日?\s+\d{1,2}:\d{2}|(?:[发發]表|[发發]布|[编編][辑輯]|更新)[于於]|\d+\s*(?:秒|分[钟鐘]|小[时時]|天|日|[周週]|星期|[个個]?月|年)(?:之|以)?前|(?:昨|今|前)天\s*\d{1,2}:\d{2}"
    r"|^第?\s*\d{1,5}\s*[楼樓](?![\u3400-\u9fff])|^#?\d{1,5}\s*[#F]$|^#\s*\d{1,5}$"
    r"|^(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}$|^\d{1,2}:\d{2}(?::\d{2})?$"
    r"|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s(?:19|20)\d\d"
)


# The characters without which no line is a stamp: most lines of a page hold none.
_MAY_BE = re.compile(r"[\d发發编編更]")


def is_stamp(block: Block) -> bool:
    """Whether it is a short line with the time or the number of a post, or what readers did with it."""
    counts = block.verdict is not None and block.verdict.rule == "chrome/counters"
    return counts or (block.chars <= SHORT and _MAY_BE.search(block.text) is not None and _STAMP.search(block.text) is not None)
