"""The fields of a record, from blocks already judged: date, source, author, reporters, correspondents, editor, place, episode."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from cleaners.article import Block, Verdict
from cleaners.byline import Byline, byline_kinds, parse_byline, parse_published
from cleaners.document import Document, head_value
from cleaners.speech import is_speech

# How far from headline and article a byline may stand, in blocks: further away it is another article's.
_REACH = 12
_RULE_OF_KIND = {"published": "field/date"}

# Of a line that gives several, the first of these names its rule.
_KINDS = ("published", "editor", "reporters", "correspondents", "author", "source", "label")
_CREDIT = re.compile(
    r"[（(【\[]\s*((?:本报|本网|本台|见习|实习|特约|新华社|中新社)?\s*(?:记者|通讯员)[^）)】\]。]{2,40})[）)】\]]"
)
_DATELINE = re.compile(
    r"^[（(【]?\s*(?:新华社|中新社|中新网|中央社|法新社|本报|人民网|新华网|央广网|光明网|中国网|凤凰网)[^\u3400-\u9fff]*"
    r"(?P<place>[\u3400-\u9fff]{2,8}?)\s*(?:\d{1,2}月)?\d{1,2}日\s*(?:专)?[电電讯訊]"
)
_EPISODE = re.compile(r"第\s*(?P<number>[一二三四五六七八九十百\d]{1,5})\s*(?:期|集|回)(?!间|货|刊)")
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}


class Fields(NamedTuple):
    """What the page says of the article; None and empty where it is silent."""

    published: str | None
    source: str | None
    author: str | None
    reporters: tuple[str, ...]
    correspondents: tuple[str, ...]
    editor: str | None
    subtitle: str | None
    column: str | None
    place: str | None
    episode: int | None


def mark_fields(blocks: Sequence[Block], headline: int | None) -> tuple[Block, ...]:
    """Mark the headline, the elements that the profile names, and lines that are bylines and nothing else."""
    return tuple(_mark_field(block, headline) for block in blocks)


def extract_fields(document: Document, blocks: Sequence[Block], title: str) -> Fields:
    """The fields of the first page. The profile's element goes before data, data before bylines, bylines before the head."""
    lines = _bylines(blocks)
    kept = [block.text for block in blocks if block.verdict is None]
    credits = [parse_byline(found) for text in (kept[:2] + kept[-2:]) for found in _CREDIT.findall(text)]
    data = document.embedded
    source = _selected(blocks, "source", "source") or (data.source if data else "") or _first(lines, "source")
    author = _selected(blocks, "author", "author") or (data.author if data else "") or _first(lines, "author")
    editor = _selected(blocks, "editor", "editor") or (data.editor if data else "") or _first(lines, "editor")
    return Fields(
        published=_published(document, blocks, lines),
        source=source or None,
        author=author or None,
        reporters=_people(lines, credits, "reporters"),
        correspondents=_people(lines, credits, "correspondents"),
        editor=editor or None,
        subtitle=_marked_text(blocks, "subtitle") or None,
        column=_marked_text(blocks, "column") or (data.column if data else "") or None,
        place=next((found["place"] for text in kept[:2] if (found := _DATELINE.match(text))), None),
        episode=_episode((title, *kept[:3])),
    )


def _mark_field(block: Block, headline: int | None) -> Block:
    if block.index == headline and block.page == 0:
        return replace(block, verdict=Verdict("field/title", "the headline"))
    selected = next((mark for mark in block.marks if mark.startswith("field/")), None)
    if selected:
        return replace(block, verdict=Verdict(selected, "the profile's element"))
    if block.verdict or block.is_headline_link or is_speech(block.text) or not (kinds := byline_kinds(block.text)):
        return block
    kind = next(kind for kind in _KINDS if kind in kinds)
    return replace(block, verdict=Verdict(_RULE_OF_KIND.get(kind, f"field/{kind}"), block.text[:80]))


def _bylines(blocks: Sequence[Block]) -> list[Byline]:
    """The bylines near the article and its headline, in page order, those inside links of other articles left out."""
    anchors = [i for i, block in enumerate(blocks) if block.verdict is None or block.verdict.rule == "field/title"]
    if not anchors:
        return []
    low, high = anchors[0] - _REACH, anchors[-1] + _REACH
    near = [
        block for i, block in enumerate(blocks) if low <= i <= high and block.verdict and block.verdict.rule.startswith("field/")
    ]
    return [
        parse_byline(block.text) for block in near if block.verdict and block.verdict.rule not in ("field/title", "field/lead")
    ]


def _published(document: Document, blocks: Sequence[Block], lines: Sequence[Byline]) -> str | None:
    visible = parse_published(_marked_text(blocks, "date")) or _first(lines, "published") or _date_near_headline(blocks)
    data = document.embedded.published if document.embedded else ""
    head = head_value(document, "og:time", "article:published_time", "publishdate", "pubdate", "date")
    return visible or parse_published(data) or parse_published(head)


def _date_near_headline(blocks: Sequence[Block]) -> str | None:
    """A date in a short line right around the headline that is no plain byline: ``SOHU.COM 2004年7月16日08:19 [黄宇]``."""
    at = next((i for i, block in enumerate(blocks) if block.verdict and block.verdict.rule == "field/title"), None)
    if at is None:
        return None
    near = (*blocks[at + 1 : at + 5], *blocks[max(0, at - 3) : at][::-1])
    lines = [block.text for block in near if block.chars <= 110 and block.link_chars * 2 <= block.chars]
    return next((date for date in map(parse_published, lines) if date), None)


def _selected(blocks: Sequence[Block], name: str, field: str) -> str:
    """The value in the profile's element: the labelled part of its text, else all of it."""
    text = _marked_text(blocks, name)
    byline = parse_byline(text) if text else None
    if byline and (value := str(getattr(byline, field))):
        return value
    return "" if byline is None or byline.kinds() else byline.rest


def _marked_text(blocks: Sequence[Block], name: str) -> str:
    return " ".join(block.text for block in blocks if f"field/{name}" in block.marks)


def _first(lines: Iterable[Byline], field: str) -> str:
    return next((value for line in lines if (value := str(getattr(line, field)))), "")


def _people(lines: Iterable[Byline], credits: Iterable[Byline], field: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for line in (*lines, *credits) for name in getattr(line, field)))


def _episode(texts: Iterable[str]) -> int | None:
    """The number of the episode: 「访谈的第一期」 is 1."""
    for text in texts:
        if found := _EPISODE.search(text):
            return _number(found["number"])
    return None


def _number(text: str) -> int | None:
    """A number below 1,000 in Chinese or Arabic digits.

    >>> _number("十二"), _number("二十"), _number("15"), _number("一百零三")
    (12, 20, 15, 103)
    """
    if text.isdigit():
        return int(text) or None
    total, digit = 0, 0
    for char in text:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS.get(char, 0)
    return total + digit or None
