"""The fields of a record, from blocks already judged: date, source, author, reporters, correspondents, editor, place, series."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from cleaners.article import Block, Verdict
from cleaners.byline import Byline, byline_kinds, is_outlet, parse_byline
from cleaners.document import Document, head_title, head_value
from cleaners.headline import Headline
from cleaners.page_bylines import bylines_in_text, find_bylines, lines_near_headline
from cleaners.published import find_published
from cleaners.script_fields import find_in_scripts
from cleaners.series import find_series
from cleaners.speech import is_speech, is_stamped_label
from cleaners.unlabelled import find_account, find_signature

_RULE_OF_KIND = {"published": "field/date"}

# Of a line that gives several, the first of these names its rule.
_KINDS = ("published", "editor", "reporters", "correspondents", "author", "source", "column", "credit", "label")

# Shorter, a word beside the date is no account; longer, the text of a link is another article's headline.
_SHORT = 2
_TEASER_CHARS = 5
_TITLE_PARTS = re.compile(r"[_|｜丨\-–—·]+")
_VALUE_CHARS = 24
_WORDS = re.compile("[\u3400-\u9fff]+")
_RUBRIC_CHARS = 40
_PLACE = re.compile(r"(?:采访|採訪|访谈|訪談|录制)地[点點]\s*[:：]\s*([^\s，,。；;]{2,20})")
_FIRST = 3

# 「时间：2020年7月20日上午10：30」, 「地点：临澜市政务大厅」 above a transcript.
_WHEN = re.compile(r"(?:时\s*间|時\s*間|日\s*期)\s*[:：]")
_WHERE = re.compile(
    r"(?:(?:采访|访谈|会议|活动)?地\s*[点點]|嘉\s*宾|主\s*持\s*人?|主\s*讲\s*人?|出席(?:人员?|嘉宾)?|参加人员?|参会人员?|发布人|发言人|采访者?|受访者?|访谈人|对谈人?|记录人?)\s*[:：]"
)


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


# A transcript of a live interview prints the time beside each speaker, a byline stands once or twice.
_MIN_STAMPED = 4
_STAMPED_CHARS = 60


def mark_fields(blocks: Sequence[Block], headline: Headline) -> tuple[Block, ...]:
    """Mark headlines, the elements that the profile names, lines that are bylines and nothing else, and values behind a label."""
    stamped = {block.index for block in blocks if block.chars <= _STAMPED_CHARS and is_stamped_label(block.text)}
    speakers = stamped if len(stamped) >= _MIN_STAMPED else set()
    untouched = speakers | _legends(blocks)
    marked = [block if block.index in untouched else _mark_field(block, headline) for block in blocks]
    for index, (label, value) in enumerate(pairwise(marked), 1):
        if joined := _joined(label, value):
            kind = _kind(byline_kinds(joined))
            marked[index] = replace(value, verdict=Verdict(kind, joined))
    return tuple(marked)


def extract_fields(document: Document, blocks: Sequence[Block], title: str) -> Fields:
    """The fields of the first page. The profile's element goes before data, data before bylines, bylines before text and head."""
    lines, kept = find_bylines(blocks), [block.text for block in blocks if block.verdict is None]
    said, near = bylines_in_text(kept), lines_near_headline(blocks, _RUBRIC_CHARS)
    every = (*lines, *said)
    subtitle = _subtitle(blocks)
    series = find_series((title, subtitle, *near), kept[:_FIRST])
    source = _given(document, blocks, "source") or _first(every, "source")
    author = _given(document, blocks, "author") or _first(lines, "author") or _first(said, "author") or _first(lines, "poster")
    named = "" if source and author else find_signature(document, blocks)
    source = source or _account(document, blocks, lines, named) or find_account(document, blocks)
    author = author or ("" if named in _others(every, source) else named)
    column = _marked_text(blocks, "column") or (document.embedded.column if document.embedded else "")
    return Fields(
        published=find_published(document, blocks, lines, _marked_text(blocks, "date")),
        source=source or None,
        author=author or None,
        reporters=_people(every, "reporters"),
        correspondents=_people(every, "correspondents"),
        editor=_given(document, blocks, "editor") or _editor(every) or None,
        subtitle=subtitle or None,
        column=column or _first(lines, "column") or series.column,
        place=_first((*said, *lines), "place") or _place_of_interview((*near, *kept[:_FIRST])) or None,
        episode=next((line.episode for line in lines if line.episode), None) or series.episode,
    )


def _legends(blocks: Sequence[Block]) -> set[int]:
    """Indices of the lines that say when something took place: beside them stands where, or with whom."""
    where = {index + step for index, block in enumerate(blocks) if _WHERE.match(block.text) for step in (-1, 1)}
    return {block.index for at, block in enumerate(blocks) if at in where and _WHEN.match(block.text)}


def _mark_field(block: Block, headline: Headline) -> Block:
    if block.page == 0 and block.index == headline.block:
        return replace(block, verdict=Verdict("field/title", "the headline"))
    selected = next((mark for mark in block.marks if mark.startswith("field/")), None)
    if selected:
        return replace(block, verdict=Verdict(selected, "the profile's element"))
    if block.page == 0 and block.index == headline.subtitle and block.verdict is None:
        return replace(block, verdict=Verdict("field/subtitle", block.text[:80]))
    if block.verdict or block.is_headline_link or is_speech(block.text) or not (kinds := byline_kinds(block.text)):
        return block
    if block.link_chars and _is_teaser(block):
        return block
    return replace(block, verdict=Verdict(_kind(kinds), block.text[:80]))


def _kind(kinds: Sequence[str]) -> str:
    kind = next(kind for kind in _KINDS if kind in kinds)
    return _RULE_OF_KIND.get(kind, f"field/{kind}")


def _is_teaser(block: Block) -> bool:
    """Whether what the line does not explain is a link, the headline of another article: 「一盏路灯的来历 作者：陆以宁」."""
    rest = parse_byline(block.text).rest
    longest = max(map(len, _WORDS.findall(rest)), default=0)
    return block.link_chars >= longest >= _TEASER_CHARS and not is_outlet(rest)


def _joined(label: Block, value: Block) -> str:
    """A label and the value in the next block, where together they are a byline: ``<dt>来源：</dt><dd>临澜日报</dd>``."""
    is_label = label.verdict is not None and label.verdict.rule == "field/label"
    if not is_label or value.verdict is not None or value.chars > _VALUE_CHARS or byline_kinds(value.text):
        return ""
    joined = f"{label.text} {value.text}"
    return joined if parse_byline(joined).kinds() and byline_kinds(joined) else ""


def _place_of_interview(lines: Iterable[str]) -> str:
    return next((found[1] for line in lines if (found := _PLACE.search(line))), "")


def _account(document: Document, blocks: Sequence[Block], lines: Iterable[Byline], author: str) -> str:
    """The account that the page is of, named beside the date: its name also stands in the head or the line of rights.

    Who is called ``author`` or ``username`` there is the one of a blog.
    """
    head = (head_title(document), head_value(document, "og:site_name"), head_value(document, "application-name"))
    names = {part.strip() for text in head for part in _TITLE_PARTS.split(text)}
    rights = " ".join(block.text for block in blocks if block.verdict and block.verdict.rule == "chrome/copyright")
    silent = (line for line in lines if line.published and "source" not in line.roles)
    beside = (line.rest for line in silent if len(line.rest) > _SHORT and " " not in line.rest)
    return next((rest for rest in beside if rest != author and (rest in names or rest in rights)), "")


def _others(lines: Iterable[Byline], source: str) -> set[str]:
    """Editors, reporters and sources: who signs without a label is none of them."""
    return {source} | {name for line in lines for name in (line.editor, line.source, *line.reporters, *line.correspondents)}


def _given(document: Document, blocks: Sequence[Block], name: str) -> str:
    """What profile or data give."""
    return _selected(blocks, name) or getattr(document.embedded, name, "") or find_in_scripts(document, name)


def _selected(blocks: Sequence[Block], name: str) -> str:
    """The value in the profile's element: the labelled part of its text, else all of it."""
    text = _marked_text(blocks, name)
    byline = parse_byline(text) if text else None
    if byline and (value := str(getattr(byline, name))):
        return value
    return "" if byline is None or byline.kinds() else byline.rest


def _marked_text(blocks: Sequence[Block], name: str) -> str:
    return " ".join(block.text for block in blocks if f"field/{name}" in block.marks)


def _subtitle(blocks: Sequence[Block]) -> str:
    found = next((block.text for block in blocks if block.verdict and block.verdict.rule == "field/subtitle"), "")
    return _marked_text(blocks, "subtitle") or found


def _first(lines: Iterable[Byline], field: str) -> str:
    return next((value for line in lines if (value := str(getattr(line, field)))), "")


def _editor(lines: Iterable[Byline]) -> str:
    """The responsible editor, without one the first editor."""
    named = [line for line in lines if line.editor]
    return next((line.editor for line in sorted(named, key=lambda line: not line.is_responsible)), "")


def _people(lines: Iterable[Byline], field: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for line in lines for name in getattr(line, field)))
