"""The signature of a letter, a notice or a judgment: who signs, and the day, in lines of their own behind the last sentence."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from cleaners.article import Block

_YEAR = r"(?:(?:19|20)\d\d|[一二][〇○Ｏ零九][〇○Ｏ零一二三四五六七八九]{2})"
_NUMBER = r"[\d元一二三四五六七八九十]{1,3}"
_DAY = rf"{_YEAR}\s*年\s*{_NUMBER}\s*月\s*{_NUMBER}\s*[日号號]"
_DATE = re.compile(rf"[（(]?\s*{_DAY}\s*[)）]?")
_SIGNED = re.compile(rf"[\u3400-\u9fff·、（()）\s]{{2,40}}?(?P<day>\s*{_DAY})?")
_SENTENCE_END = re.compile(r"[。！？!?…；;：:][”’」』）)]*$")
_MAX_CHARS = 40
_MAX_LINES = 4


def keep_signature(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of one page, the lines of a signature right behind the last kept sentence kept, too.

    A date alone is the page's, not the writer's; Chinese letters are signed before they are dated.
    """
    sentences = (at for at, block in enumerate(blocks) if block.verdict is None and _SENTENCE_END.search(block.text))
    start = max(sentences, default=len(blocks)) + 1
    signed = range(start, start + _signature_lines(blocks[start : start + _MAX_LINES]))
    return tuple(replace(block, verdict=None) if at in signed else block for at, block in enumerate(blocks))


def _signature_lines(lines: Sequence[Block]) -> int:
    """How many of the lines are a signature; 0 where they are none."""
    for count, line in enumerate(lines, 1):
        if line.link_chars or line.chars > _MAX_CHARS or any(mark.startswith("hidden") for mark in line.marks):
            return 0
        if _DATE.fullmatch(line.text):
            return count if count > 1 else 0
        found = _SIGNED.fullmatch(line.text)
        if found is None or found["day"]:
            return count if found else 0
    return 0
