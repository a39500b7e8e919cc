"""The headline: what the page's blocks and its ``<title>`` both say."""

import re
from typing import NamedTuple

from cleaners.article import Block
from cleaners.blocks import Element
from cleaners.document import Document, head_title, head_value
from cleaners.script import fold

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


class Headline(NamedTuple):
    """The headline of a document."""

    text: str | None
    block: int | None
    """Index of the block that is it, None where only the head gives it."""

    is_certain: bool
    """Whether profile, data or ``<title>`` confirm it."""


def find_headline(document: Document, suffixes: tuple[str, ...] = ()) -> Headline:
    """The headline: the profile's element, the data, else the block that the ``<title>`` begins with, else a heading.

    ``suffixes`` are what the portal appends to ``<title>``.
    """
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
    candidates = [
        (fold(block.text), block) for block in document.blocks if 4 <= block.chars <= _MAX_CHARS and block.tag != "option"
    ]
    found = [(text, block) for text, block in candidates if len(text) >= 4 and text in key and _may_be(text, key, block)]
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


def _strip(head: str, suffixes: tuple[str, ...]) -> str:
    for suffix in suffixes:
        if head.endswith(suffix):
            return head.removesuffix(suffix).strip()
    return head


def _cut(head: str) -> str:
    """``<title>`` up to the first separator behind which no headline goes on."""
    parts = _SEPARATOR.split(head)
    return max(parts[:2], key=len).strip() if parts else head
