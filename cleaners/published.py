"""The date of publication: visible, else of the data, else of the head."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, timezone
from urllib.parse import unquote

from cleaners.article import Block
from cleaners.byline import Byline
from cleaners.dates import find_dates, parse_instant, parse_published
from cleaners.document import Document, head_title, head_value
from cleaners.masthead import elements_below_headline
from cleaners.page_bylines import lines_near_headline

_DATES_OF_HEAD = (
    "og:time", "article:published_time", "og:published_time", "og:release_date", "publishdate", "pubdate", "publish_time",
    "datepublished", "apub:time", "weibo:article:create_at", "date",
)  # fmt: skip
_DATE_OF_DATA = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')

# What scripts call the time of publication; 「source: '…', time: '…'」 is the article's own.
_DATE_OF_SCRIPT = re.compile(
    r"""(?:(?<![A-Za-z])(?:publish(?:ed)?_?(?:at|time|date)|pub_?(?:time|date)|date_?published|article-(?:publish-?)?time)["']?"""
    r"""|source["']?\s{0,4}:\s{0,4}["'][^"'\n]{1,40}["'],\s{0,80}["']?time["']?)"""
    r"""\s{0,4}[:=>]\s{0,4}["']?(?P<value>\d[\d:TZ.+\- /]{7,30})""",
    re.IGNORECASE,
)
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
_PERCENT = "%22"
_PAPER = re.compile("(?:日报|日報|晚报|晚報|时报|時報|周报|週報|商报|晨报|电子版|數字報|数字报|版$)")


def find_published(document: Document, blocks: Sequence[Block], lines: Sequence[Byline], selected: str) -> str | None:
    """The date that the profile selects, of the bylines the likeliest, one beside the headline, that of data, head or scripts."""
    visible = parse_published(selected) or _likeliest(lines) or _date_near_headline(blocks)
    data = document.embedded.published if document.embedded else ""
    head = (parse_instant(head_value(document, name)) for name in _DATES_OF_HEAD)
    told = visible or parse_published(data) or next((date for date in head if date), None) or _date_of_data(document)
    return told or _date_of_time(document, blocks) or _date_of_scripts(document) or _date_of_paper(document)


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


def _date_of_time(document: Document, blocks: Sequence[Block]) -> str | None:
    """The instant of a ``<time>`` between headline and text that shows no year."""
    times = (element for element in elements_below_headline(document, blocks) if element.tag == "time")
    return next((date for element in times if (date := parse_instant(element.get("datetime") or ""))), None)


def _date_of_scripts(document: Document) -> str | None:
    """The date of publication in the page's scripts, where they know of one day only."""
    holders = document.root.iter("script", "textarea") if document.root is not None else ()
    texts = (f"{holder.get('class') or ''}>{holder.text or ''}" for holder in holders)
    read = (unquote(text) if text.count(_PERCENT) > 1 else text for text in texts)
    found = [date for text in read for one in _DATE_OF_SCRIPT.finditer(text) if (date := _instant(one["value"].strip()))]
    return found[0] if len({date[:10] for date in found}) == 1 else None


def _instant(text: str) -> str | None:
    if _EPOCH.fullmatch(text):
        seconds = int(text[:10])
        return datetime.fromtimestamp(seconds, timezone(timedelta(hours=8))).isoformat(timespec="seconds")
    return parse_instant(text)


def _date_of_paper(document: Document) -> str | None:
    """The day of a printed paper's page, which its ``<title>`` names."""
    title = head_title(document)
    return parse_published(title) if _PAPER.search(title) else None
