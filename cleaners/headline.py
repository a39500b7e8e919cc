"""The headline: what the page's blocks and its ``<title>`` both say."""

import re
from itertools import chain
from typing import NamedTuple

from cleaners.article import Block
from cleaners.blocks import Element
from cleaners.byline import byline_kinds
from cleaners.document import Document, head_title, head_value
from cleaners.script import fold, fold_all

# What portals put between headline, channel and their name in <title>.
_SEPARATOR = re.compile(
    r"\s*[_|｜丨]+\s*|\s+[-–—]+\s+|\s*--+\s*|(?<=[\u3400-\u9fff”》）)！？])-(?=[\u3400-\u9fff])|\s*[<《]?\s*(?=\(第\d+[頁页]/)"
)
_HEADING_TAGS = ("h1", "h2", "h3")
_TITLE_CLASS = re.compile(
    r"(?:^|[\s_\-\d])(?:title|headline|tit|topic|biaoti|bt)|title$|headline|(?:news|art\w*|main|content|story)_?-?tit",
    re.IGNORECASE,
)
_MAX_CHARS = 90

# A second headline (副题) and a kicker (肩题, 引题) stand so near, and are called so, in English, pinyin and initials.
_NEAR = 2
_SUBTITLE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:sub|sub_?-?(?:title|tit|head|headline)|futi|fubiaoti|ft|bt2|title[_-]?2|second[_-]?title|deck|dek)(?:$|[\s_-])",
    re.IGNORECASE,
)
_KICKER_CLASS = re.compile(
    r"(?:^|[\s_-])(?:pre|pre_?-?(?:title|tit)|kicker|yinti|yt|jianti|shoulder|eyebrow|overline|intro_?-?title|up_?-?title)(?:$|[\s_-])",
    re.IGNORECASE,
)
_DASHES = ("——", "――", "──", "--")
_MAX_SUBTITLE_CHARS = 60
_STOP = re.compile(r"[。；;？?！!]")


class Headline(NamedTuple):
    """The headline of a document."""

    text: str | None
    block: int | None
    """Index of the block that is it, None where only the head gives it."""

    is_certain: bool
    """Whether profile, data or ``<title>`` confirm it."""

    subtitle: int | None = None
    """Index of the block with the second headline, without one the kicker."""


def find_headline(document: Document, suffixes: tuple[str, ...] = ()) -> Headline:
    """The headline: the profile's element, the data, else the block that the ``<title>`` begins with, else a heading.

    ``suffixes`` are what the portal appends to ``<title>``.
    """
    found = _find(document, suffixes)
    return found._replace(subtitle=_subtitle(document, found)) if found.block is not None else found


def _find(document: Document, suffixes: tuple[str, ...]) -> Headline:
    selected = [block for block in document.blocks if "field/title" in block.marks]
    if selected:
        return Headline(" ".join(block.text for block in selected), selected[0].index, True)
    if document.embedded and document.embedded.title:
        return Headline(document.embedded.title, None, True)
    head = _strip(head_title(document), suffixes) or head_value(document, "og:title")
    titled = _titled(document, head)
    block = titled or _heading(document)
    if block:
        return Headline(block.text, block.index, titled is not None)
    return Headline(_cut(head) or None, None, False)


def _titled(document: Document, head: str) -> Block | None:
    """The block that says most of what ``<title>`` says; among equals a heading, then the first."""
    key = fold(head)
    if len(key) < 4:
        return None
    candidates = [block for block in document.blocks if 4 <= block.chars <= _MAX_CHARS and block.tag != "option"]
    folded = zip(fold_all([block.text for block in candidates]), candidates, strict=True)
    found = [(text, block) for text, block in folded if len(text) >= 4 and text in key and _may_be(text, key, block)]
    return max(found, key=lambda pair: _titled_rank(pair[0], pair[1], key))[1] if found else None


def _may_be(text: str, key: str, block: Block) -> bool:
    """A breadcrumb also stands in ``<title>``: the headline begins it, or is a heading, or is most of it."""
    return key.startswith(text) or block.tag in _HEADING_TAGS or len(text) * 2 > len(key)


def _titled_rank(text: str, block: Block, key: str) -> tuple[float, ...]:
    is_link = block.link_chars * 2 > block.chars
    heading = 3 - _HEADING_TAGS.index(block.tag) if block.tag in _HEADING_TAGS else 0
    leads = key.startswith(text) or (heading > 0 and len(text) * 2 > len(key))
    return (not is_link, leads, len(text) if not is_link else 0, heading, -block.index)


def _heading(document: Document) -> Block | None:
    """Without help from ``<title>``: the longest of the page's first-rank headings outside links."""
    for tag in _HEADING_TAGS[:2]:
        found = [b for b in document.blocks if b.tag == tag and 6 <= b.chars <= _MAX_CHARS and b.link_chars * 2 <= b.chars]
        if found:
            return max(found, key=lambda block: (block.chars >= 8, -block.index))
    return next((b for b, n in zip(document.blocks, document.nodes, strict=True) if _is_title_class(b, n.holder)), None)


def _is_title_class(block: Block, element: Element) -> bool:
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return 8 <= block.chars <= _MAX_CHARS and block.link_chars * 2 <= block.chars and bool(_TITLE_CLASS.search(names))


def _subtitle(document: Document, headline: Headline) -> int | None:
    """The second headline right behind the headline, else the kicker before it, as the class or a dash says."""
    at = headline.block or 0
    behind = range(at + 1, min(at + 1 + _NEAR, len(document.blocks)))
    before = range(at - 1, max(-1, at - 1 - _NEAR), -1)
    second = (i for i in behind if _is_dashed(document.blocks[i].text) or _has_name(document, i, _SUBTITLE_CLASS))
    kicker = (i for i in before if _has_name(document, i, _KICKER_CLASS))
    key = fold(headline.text or "")
    return next((i for i in chain(second, kicker) if _is_headline_like(document.blocks[i], key)), None)


def _is_headline_like(block: Block, headline: str) -> bool:
    """Whether a block may be a second headline; the first, repeated in a bar that floats, is none."""
    if (key := fold(block.text)) in headline or headline in key:
        return False
    is_line = 4 <= block.chars <= _MAX_SUBTITLE_CHARS and block.link_chars == 0 and not _STOP.search(block.text)
    return is_line and not byline_kinds(block.text)


def _is_dashed(text: str) -> bool:
    return text.startswith(_DASHES) and not text.endswith(_DASHES)


def _has_name(document: Document, index: int, names: re.Pattern[str]) -> bool:
    holder = document.nodes[index].holder
    return bool(names.search(f"{holder.get('class', '')} {holder.get('id', '')}"))


def _strip(head: str, suffixes: tuple[str, ...]) -> str:
    for suffix in suffixes:
        if head.endswith(suffix):
            return head.removesuffix(suffix).strip()
    return head


def _cut(head: str) -> str:
    """``<title>`` up to the first separator behind which no headline goes on."""
    parts = _SEPARATOR.split(head)
    return max(parts[:2], key=len).strip() if parts else head
