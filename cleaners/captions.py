"""Captions that no class names: a short line under a picture."""

import re
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from cleaners.article import Block, Verdict
from cleaners.speech import is_lone_label, is_speech

_MAX_CHARS = 60
_OFTEN = 3
_NAME = re.compile(r"[\u3400-\u9fffA-Za-z·]{1,8}")
_SENTENCE_END = re.compile(r"[。！？!?…；;：:，,、]$")
_NUMBER = r"[一二三四五六七八九十\d]{1,3}"
_ORDINAL = re.compile(rf"\s*(?:{_NUMBER}[、.．)）]|[（(]{_NUMBER}[)）]|第{_NUMBER}[章节部步])")

# Who took it, and where it comes from.
_CREDIT = re.compile(
    r"[图圖][／/:：\d@]|[／/][图圖]|[摄攝](?:$|[）)])|供[图圖]|截[图圖]|[图圖]片?(?:来源|來源)|(?:资料|資料)[图片圖照]|©|视觉中国"
)


def mark_captions(blocks: Sequence[Block]) -> list[Block]:
    """Mark the captions among the kept blocks; where they are most of what is kept, the pictures are the article.

    What stands below pictures again and again is the name of who speaks.
    """
    kept = sum(block.chars for block in blocks if block.verdict is None)
    texts = Counter(block.text for block in blocks)
    names = {text for text, count in texts.items() if count >= _OFTEN and _NAME.fullmatch(text)}
    found = {block.index for block in blocks if block.verdict is None and block.text not in names and is_caption(block)}
    if sum(block.chars for block in blocks if block.index in found) * 2 > kept:
        return list(blocks)
    return [
        replace(block, verdict=Verdict("media/caption", block.text[:80])) if block.index in found else block for block in blocks
    ]


def is_caption(block: Block) -> bool:
    """Whether it is set as a picture's own line, or names who took the picture above; no sentence, subhead, or speech.

    A line that merely follows a picture may be the next subhead.
    """
    if block.picture == "none" or block.chars > _MAX_CHARS or block.strong_chars or is_speech(block.text):
        return False
    if _SENTENCE_END.search(block.text) or _ORDINAL.match(block.text) or is_lone_label(block.text):
        return False
    return block.picture == "own" or _CREDIT.search(block.text) is not None
