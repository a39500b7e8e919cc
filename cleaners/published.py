"""The date of publication: visible, else of the data, else of the head."""

import re
from collections.abc import Iterable, Sequence

from cleaners.article import Block
from cleaners.byline import Byline
from cleaners.dates import find_dates, parse_instant, parse_published
from cleaners.document import Document, head_value
from cleaners.page_bylines import lines_near_headline

_DATES_OF_HEAD = (
    "og:time", "article:published_time", "og:published_time", "og:release_date", "publishdate", "pubdate", "publish_time",
    "datepublished", "weibo:article:create_at", "date",
)  # fmt: skip
_DATE_OF_DATA = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')


def find_published(document: Document, blocks: Sequence[Block], lines: Sequence[Byline], selected: str) -> str | None:
    """The date that the profile selects, of the bylines the likeliest, one beside the headline, that of data or head."""
    visible = parse_published(selected) or _likeliest(lines) or _date_near_headline(blocks)
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


def _date_near_headline(blocks: Sequence[Block]) -> str | None:
    """A date in a short line right around the headline that is no plain byline: ``SOHU.COM 2004年7月16日08:19 [黄宇]``."""
    lines = (text for text in lines_near_headline(blocks, 110) if "。" not in text)
    return next((found.value for text in lines for found in find_dates(text)), None)


def _date_of_data(document: Document) -> str | None:
    """``datePublished`` of the page's linked data."""
    scripts = document.root.iter("script") if document.root is not None else ()
    texts = (script.text or "" for script in scripts if "ld+json" in (script.get("type") or ""))
    found = next((found for text in texts if (found := _DATE_OF_DATA.search(text))), None)
    return parse_instant(found[1]) if found else None
