"""The article of a page that shows it by script only: a string of its scripts, or what stands in ``textarea`` or ``noscript``.

Portals build such pages with Next, Nuxt, Vue or by hand; all write the article as one string of HTML or of lines somewhere
in a script, as JSON, as JSON inside a string, percent-encoded, or with its tags escaped. So the strings are read, not the
programs around them: the longest one that is Chinese prose is the article.
"""

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from cleaners.blocks import Element
from cleaners.embedded import Fragment

_HOLDERS = ("script", "textarea", "noscript")

# String literals of JSON and JavaScript. A literal in plain quotes ends with its line.
_LITERAL = re.compile(
    r"""(?:"(?P<double>(?:[^"\\\n]|\\.)*+)|'(?P<single>(?:[^'\\\n]|\\.)*+)|`(?P<back>(?:[^`\\]|\\.)*+))(?P<end>["'`])?""",
    re.DOTALL,
)
# The name before a literal: ``"content": "…"``, ``text = '…'``.
_KEY = re.compile(r"""(?<![\w$-])([\w$-]{1,40})["']?\s{0,8}[:=]\s{0,8}$""")
_KEY_CHARS = 64
# A quote in a comment or an expression opens no literal; each such costs the rest of its line, so they must be bounded.
_MAX_UNCLOSED = 64
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "b": " ", "f": " ", "v": " ", "\n": "", "0": ""}

_CONTENT = re.compile(r"content|body|text|article|html|detail|desc$|data$|story|message|正文", re.IGNORECASE)
_OTHERS = re.compile(
    r"summary|abstract|intro|comment|reply|recommend|related|seo|keyword|title|share|copyright|digest|brief", re.I
)
_CONTENT_SHARE, _OTHERS_SHARE = 2.0, 0.25

_TAG = re.compile(r"<[^<>]{0,2000}>")
_HAN = re.compile(r"[\u3400-\u9fff]")
_STOP = re.compile(r"[。！？；]")
_LEAST_LITERAL = 60
_LEAST_HAN = 60
_LEAST_STOPS = 2
_LEAST_IN_LIST = 3
_HAN_SHARE = 0.3
_NESTED = 2
_DATA = ("{", "[")


class _String(NamedTuple):
    """A string of a script."""

    path: str
    """Where it stands, e.g. ``script[3].content``."""

    key: str
    """The name before it; empty if there is none."""

    text: str


class _Found(NamedTuple):
    """A string that may be the article."""

    weight: float
    path: str
    text: str


def find_scripted(root: Element) -> Fragment | None:
    """The longest Chinese prose that the page holds without showing it, as HTML; None where there is none."""
    strings = [found for number, holder in enumerate(root.iter(*_HOLDERS)) for found in _strings(holder, number)]
    candidates = [*filter(None, map(_judged, strings)), *_lists(strings)]
    best = max(candidates, key=lambda one: one.weight, default=None)
    return Fragment(best.path, _as_html(best.text)) if best else None


def _chinese_chars(text: str) -> int:
    """How many Chinese characters stand in a piece of HTML."""
    return len(_HAN.findall(_TAG.sub("", text)))


def _strings(holder: Element, number: int) -> Iterator[_String]:
    path = f"{holder.tag}[{number}]"
    text = "".join([holder.text or "", *(etree.tostring(child, encoding="unicode") for child in holder)])
    if holder.tag == "script" or text.lstrip()[:1] in _DATA:
        yield from _literals(unquote(text) if text.lstrip()[:3].upper() in ("%7B", "%5B") else text, path)
    else:
        yield _String(path, f"{holder.get('class') or ''} {holder.get('id') or ''}", text)


def _literals(text: str, path: str, depth: int = 0) -> Iterator[_String]:
    for key, literal in _closed_literals(text):
        if len(literal) < _LEAST_LITERAL and not (key and _CONTENT.search(key)):
            continue
        words, here = _unescaped(literal), f"{path}.{key}" if key else path
        if words.lstrip()[:1] not in _DATA:
            yield _String(here, key, html.unescape(words) if "&lt;" in words else words)
        elif depth < _NESTED:
            yield from _literals(words, here, depth + 1)


def _closed_literals(text: str) -> Iterator[tuple[str, str]]:
    """Name and words of each literal, escapes unread."""
    at, unclosed = 0, 0
    while found := _LITERAL.search(text, at):
        if found["end"]:
            at = found.end()
            words = found["double"] or found["single"] or found["back"] or ""
            if len(words) >= _LEAST_LITERAL or _HAN.search(words) or "\\u" in words:
                key = _KEY.search(text, max(0, found.start() - _KEY_CHARS), found.start())
                yield key[1] if key else "", words
        else:
            unclosed += 1
            at = found.end() if unclosed > _MAX_UNCLOSED else found.start() + 1


def _judged(string: _String) -> _Found | None:
    """The string with its weight, if it is Chinese prose: the Chinese characters, by what its name says."""
    if len(string.text) < _LEAST_LITERAL:
        return None
    plain = "".join(_TAG.sub("", string.text).split())
    han = len(_HAN.findall(plain))
    if han < _LEAST_HAN or han < _HAN_SHARE * len(plain) or len(_STOP.findall(plain)) < _LEAST_STOPS:
        return None
    share = _OTHERS_SHARE if _OTHERS.search(string.key) else _CONTENT_SHARE if _CONTENT.search(string.key) else 1.0
    return _Found(han * share, string.path, string.text)


def _lists(strings: Iterable[_String]) -> Iterator[_Found]:
    """The strings of one name in one script, where none of them is most of all: paragraphs, or the posts of a thread."""
    by_path: dict[str, list[_String]] = defaultdict(list)
    for string in strings:
        if string.key and not _OTHERS.search(string.key) and _CONTENT.search(string.key) and _HAN.search(string.text):
            by_path[string.path].append(string)
    for path, found in by_path.items():
        texts = [string.text for string in found]
        if len(texts) >= _LEAST_IN_LIST and max(map(_chinese_chars, texts)) * 2 <= sum(map(_chinese_chars, texts)):
            judged = _judged(_String(path, found[0].key, "".join(map(_as_html, texts))))
            if judged:
                yield judged


def _unescaped(literal: str) -> str:
    """A literal as the script reads it; halves of a pair of surrogates are joined, single ones become U+FFFD.

    >>> _unescaped(r"\\u7b2c\\x3cp\\x3e\\n\\"\\ud842\\udfb7")
    '第<p>\\n"𠮷'
    """
    if "\\" not in literal:
        return literal
    return _ESCAPE.sub(_char, literal).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _char(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else _CONTROLS.get(found[3], found[3])


def _as_html(text: str) -> str:
    """Lines without tags are paragraphs."""
    if "<" in text:
        return text
    return "".join(f"<p>{line}</p>" for line in html.escape(text).split("\n"))
