"""The fields of a record, from blocks already judged: date, source, author, reporters, correspondents, editor, place, series."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from msgspec.structs import replace

from cleaners.article import Block, Verdict
from cleaners.byline import Byline, byline_kinds, is_outlet, parse_byline
from cleaners.dateline import parse_dateline
from cleaners.dates import find_dates, parse_instant, parse_published
from cleaners.document import Document, head_title, head_value
from cleaners.headline import Headline
from cleaners.series import find_series
from cleaners.speech import is_speech, is_stamped_label

# How far from headline and article a byline may stand, in blocks: further away it is another article's.
_REACH = 12
_EDITOR_REACH = 40
_RULE_OF_KIND = {"published": "field/date"}

# Of a line that gives several, the first of these names its rule.
_KINDS = ("published", "editor", "reporters", "correspondents", "author", "source", "column", "credit", "label")

# Behind the article these begin what readers and other articles say.
_OTHERS = ("chrome/comments", "chrome/recommend")
_DATES_OF_HEAD = (
    "og:time", "article:published_time", "og:published_time", "og:release_date", "publishdate", "pubdate", "publish_time",
    "datepublished", "weibo:article:create_at", "date",
)  # fmt: skip
_DATE_OF_DATA = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_CREDIT = re.compile(
    r"[（(【\[]\s*([^（()）【】\[\]。]{0,12}(?:记者|記者|通讯员|通訊員|编辑|編輯|责编|責編)[^（()）【】\[\]。]{2,50})[）)】\]]\s*\d*$"
)
_STAMP = "chrome/stamp"
_TITLE_PARTS = re.compile(r"[_|｜丨\-–—·]+")
_SHORT = 2
_DATE_LABEL = re.compile("[\u3400-\u9fff]{2,4}(?:时间|時間|日期)\\s*[:：]?")
_VALUE_CHARS = 24
_WORDS = re.compile("[\u3400-\u9fff]+")
_TEASER_CHARS = 5
_RUBRIC_CHARS = 40
_NEAR = 3
_FIRST, _LAST = 3, 2


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
    marked = [block if block.index in speakers else _mark_field(block, headline) for block in blocks]
    for index, (label, value) in enumerate(pairwise(marked), 1):
        if joined := _joined(label, value):
            kind = _kind(byline_kinds(joined))
            marked[index] = replace(value, verdict=Verdict(kind, joined))
    return tuple(marked)


def extract_fields(document: Document, blocks: Sequence[Block], title: str) -> Fields:
    """The fields of the first page. The profile's element goes before data, data before bylines, bylines before text and head."""
    lines = _bylines(blocks)
    kept = [block.text for block in blocks if block.verdict is None]
    said = _said_in_text(kept)
    data = document.embedded
    source = _selected(blocks, "source", "source") or (data.source if data else "") or _first((*lines, *said), "source")
    source = source or _account(document, blocks, lines)
    author = (
        _selected(blocks, "author", "author")
        or (data.author if data else "")
        or _first(lines, "author")
        or _first(lines, "poster")
    )
    editor = _selected(blocks, "editor", "editor") or (data.editor if data else "") or _editor((*lines, *said))
    subtitle = _subtitle(blocks)
    series = find_series((title, subtitle, *_near_headline(blocks, _RUBRIC_CHARS)), kept[:_FIRST])
    column = _marked_text(blocks, "column") or (data.column if data else "") or _first(lines, "column") or series.column
    return Fields(
        published=_published(document, blocks, lines),
        source=source or None,
        author=author or None,
        reporters=_people((*lines, *said), "reporters"),
        correspondents=_people((*lines, *said), "correspondents"),
        editor=editor or None,
        subtitle=subtitle or None,
        column=column or None,
        place=_first((*said, *lines), "place") or None,
        episode=next((line.episode for line in lines if line.episode), None) or series.episode,
    )


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


def _bylines(blocks: Sequence[Block]) -> list[Byline]:
    """The bylines near the article and its headline, in page order, those of readers and other articles behind it left out."""
    anchors = [i for i, block in enumerate(blocks) if block.verdict is None or block.verdict.rule == "field/title"]
    if not anchors:
        return []
    low, end = max(0, anchors[0] - _REACH), _end_of_article(blocks, anchors[-1])
    near = blocks[low:end]
    befores = (blocks[low - 1] if low else None, *near)
    found = [_parsed(before, block) for before, block in zip(befores, near, strict=False) if _is_byline(block)]
    first = next((block.index for block in blocks if block.verdict is None), 0)
    lines = [line if index < first else line._replace(poster="") for index, line in found]
    return [*lines, *_editor_lines(blocks[end : anchors[-1] + _EDITOR_REACH])]


def _parsed(before: Block | None, block: Block) -> tuple[int, Byline]:
    return block.index, parse_byline(_labelled(before, block))


def _editor_lines(blocks: Sequence[Block]) -> list[Byline]:
    """The first editor's line, which stands behind all else and names the editor of no other article."""
    lines = (parse_byline(block.text) for block in blocks if block.verdict and block.verdict.rule == "field/editor")
    return list(islice((line for line in lines if not line.published), 1))


def _end_of_article(blocks: Sequence[Block], last: int) -> int:
    behind = range(last + 1, min(len(blocks), last + 1 + _REACH))
    return next((i for i in behind if (found := blocks[i].verdict) and found.rule in _OTHERS), behind.stop)


def _is_byline(block: Block) -> bool:
    rule = block.verdict.rule if block.verdict else ""
    return (rule == _STAMP or rule.startswith("field/")) and rule not in ("field/title", "field/subtitle", "field/lead")


def _labelled(before: Block | None, block: Block) -> str:
    """A byline with the label in the block before it."""
    if before is None:
        return block.text
    is_label = before.verdict and before.verdict.rule == "field/label"
    return f"{before.text} {block.text}" if is_label or _DATE_LABEL.fullmatch(before.text) else block.text


def _account(document: Document, blocks: Sequence[Block], lines: Iterable[Byline]) -> str:
    """The account that the page is of, named beside the date: its name also stands in the head or the line of rights."""
    head = (head_title(document), head_value(document, "og:site_name"), head_value(document, "application-name"))
    names = {part.strip() for text in head for part in _TITLE_PARTS.split(text)}
    rights = " ".join(block.text for block in blocks if block.verdict and block.verdict.rule == "chrome/copyright")
    silent = (line for line in lines if line.published and "source" not in line.roles)
    beside = (line.rest for line in silent if len(line.rest) > _SHORT and " " not in line.rest)
    return next((rest for rest in beside if rest in names or rest in rights), "")


def _said_in_text(kept: Sequence[str]) -> list[Byline]:
    """The datelines that the first paragraphs begin with, and the credits that the first and the last end with."""
    heads = [text[: found.end] for text in kept[:_FIRST] if (found := parse_dateline(text))]
    credits = [credit[1] for text in (*kept[:2], *kept[2:][-_LAST:]) if (credit := _CREDIT.search(text))]
    return [*map(parse_byline, heads), *map(parse_byline, credits)]


def _published(document: Document, blocks: Sequence[Block], lines: Sequence[Byline]) -> str | None:
    """The profile's date, the likeliest of the bylines, one beside the headline, that of the data, that of the head."""
    visible = parse_published(_marked_text(blocks, "date")) or _likeliest(lines) or _date_near_headline(blocks)
    data = document.embedded.published if document.embedded else ""
    head = (parse_instant(head_value(document, name)) for name in _DATES_OF_HEAD)
    return visible or parse_published(data) or next((date for date in head if date), None) or _date_of_data(document)


def _likeliest(lines: Iterable[Byline]) -> str | None:
    """The first date; where that is of an update or a document, the first that is said to be that of publication."""
    dated = [line for line in lines if line.published]
    said = next((line for line in dated if line.rank == 0), None)
    first = next(iter(dated), None)
    found = said if first and first.rank > 1 and said else first
    return _with_time(found, dated) if found else None


def _with_time(found: Byline, dated: Iterable[Byline]) -> str:
    """The date; a day without hour, as clocks print it, gives way to the same day beside source or author."""
    named = (line.published for line in dated if line.source or line.author or line.rank == 0)
    return max((found.published, *(date for date in named if date.startswith(found.published))), key=len)


def _date_of_data(document: Document) -> str | None:
    """``datePublished`` of the page's linked data."""
    scripts = document.root.iter("script") if document.root is not None else ()
    texts = (script.text or "" for script in scripts if "ld+json" in (script.get("type") or ""))
    found = next((found for text in texts if (found := _DATE_OF_DATA.search(text))), None)
    return parse_instant(found[1]) if found else None


def _date_near_headline(blocks: Sequence[Block]) -> str | None:
    """A date in a short line right around the headline that is no plain byline: ``SOHU.COM 2004年7月16日08:19 [黄宇]``."""
    lines = (text for text in _near_headline(blocks, 110) if "。" not in text)
    return next((found.value for text in lines for found in find_dates(text)), None)


def _near_headline(blocks: Sequence[Block], chars: int) -> list[str]:
    """The short lines right behind the headline, then those before it, the nearest first."""
    at = next((i for i, block in enumerate(blocks) if block.verdict and block.verdict.rule == "field/title"), None)
    if at is None:
        return []
    near = (*blocks[at + 1 : at + 2 + _NEAR], *blocks[max(0, at - _NEAR) : at][::-1])
    return [block.text for block in near if block.chars <= chars and block.link_chars * 2 <= block.chars]


def _selected(blocks: Sequence[Block], name: str, field: str) -> str:
    """The value in the profile's element: the labelled part of its text, else all of it."""
    text = _marked_text(blocks, name)
    byline = parse_byline(text) if text else None
    if byline and (value := str(getattr(byline, field))):
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
