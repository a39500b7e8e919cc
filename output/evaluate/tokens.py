"""Text to tokens and n-grams: what the scores count."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

# Ideographs with extensions and compatibility forms, kana, hangul: each character is a token.
_CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af\U00020000-\U0002ffff"
_TOKEN = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+")

GRAM = 4
"""Tokens in an n-gram."""


def tokens(text: str) -> list[str]:
    """The tokens of a text: each Chinese character, each Latin word or number in lower case; width does not matter.

    >>> tokens("第１期：创建 2018 Safe-City")
    ['第', '1', '期', '创', '建', '2018', 'safe', 'city']
    """
    return _TOKEN.findall(unicodedata.normalize("NFKC", text).lower())


def key(text: str) -> str:
    """The tokens as one string: two texts with the same key say the same.

    >>> key("网络访谈，第1期") == key("网络访谈 第１期。")
    True
    """
    return "".join(tokens(text))


def grams(words: Sequence[str], size: int = GRAM) -> Iterator[tuple[str, ...]]:
    """The n-grams of ``size`` tokens; none where there are fewer tokens."""
    return zip(*(words[start:] for start in range(size)), strict=False)


def count_grams(words: Sequence[str]) -> Counter[tuple[str, ...]]:
    """How often each n-gram occurs; a shorter text is one gram of all its tokens, an empty text has none."""
    if len(words) < GRAM:
        return Counter([tuple(words)] if words else [])
    return Counter(grams(words))
