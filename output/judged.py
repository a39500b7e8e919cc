"""What cleaning says of one capture of an article, without its text: small enough to be kept for every capture there is."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from cleaners.article import Article, Record
from crawler.capture import Capture
from crawler.links import Document, is_soft_gone, matches, more_pages, read_document, unlinked_pages
from crawler.page import Page
from crawler.portal import Portal
from crawler.urls import article_url
from output.corpus import sort_key
from output.lines import Quarantined
from output.listing import GivenPage
from output.pages import clean_group, load
from output.profiles import Profiles

FIELDS = ("title", "subtitle", "date", "source", "author", "editor", "column")
"""Selectors of a template whose loss is a loss to the record; captions, leads and removals may well be absent."""

COVERED = ("title", "published", "source", "author", "editor", "column", "episode")
"""Fields of the record whose coverage is told of each run."""

# What may differ between two captures of an unchanged article: where and when they were read, and the chrome around it.
_PROVENANCE = ("url", "fetched", "version", "gone", "confidence", "replacements", "removed", "blocks", "raw", "rules")
_SENTENCE = re.compile(r"[。！？]")
_PROSE = 40  # characters: a summary on a side line has fewer, or no full stop
_PASSING = frozenset({"damaged", "unreadable", "internal"})


class Judged(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What cleaning says of one capture of an article."""

    problem: tuple[str, str] | None = None
    """Reason id and remedy, where it could not be cleaned."""

    text: bytes = b""
    """Digest of the cleaned text."""

    content: bytes = b""
    """Digest of the record without its provenance."""

    order: tuple[str, str] = ("", "")
    """Place in the corpus."""

    published: str | None = None
    """Date of publication."""

    paragraphs: int = 0
    characters: int = 0
    turns: int = 0
    removed: Mapping[str, int] = {}
    """Removed blocks by rule."""

    fields: tuple[str, ...] = ()
    """Those of :data:`COVERED` that the record gives."""

    fit: tuple[str, ...] | None = None
    """Keys of the profile that find something on the first page: ``template[0].body``; None where none is needed."""

    stray: int = 0
    """Characters of long sentences that stand outside what was taken for the article."""

    others: tuple[int, ...] = ()
    """Numbers of other pages that its pages lead to."""

    unlinked: tuple[int, ...] = ()
    """Those of other pages that its pages lead to by links that the profile does not find."""

    dead: tuple[int, ...] = ()
    """Those of its pages, the first left out, that say that they are gone: they are not cleaned."""

    @property
    def is_passing(self) -> bool:
        """Whether the archive is at fault, not the page, so that it may be otherwise the next time."""
        return self.problem is not None and self.problem[0] in _PASSING


def judge(group: Sequence[Capture], portal: Portal) -> tuple[Judged, Article | None]:
    """The capture cleaned: what is to be kept of it, and the article."""
    profiles = Profiles(forced=portal)
    pages = _pages(group, profiles)
    seen = _looked_over(pages, portal)
    there = [page for page in pages if article_url(page.url or "", portal).page not in seen.dead]
    outcome = clean_group(tuple(map(GivenPage, there)) or tuple(group), profiles=profiles)
    said = Judged(problem=(outcome.reason, outcome.remedy)) if isinstance(outcome, Quarantined) else _judged(outcome)
    said = msgspec.structs.replace(said, fit=seen.fit, others=seen.others, unlinked=seen.unlinked, dead=seen.dead)
    return said, None if isinstance(outcome, Quarantined) else outcome


def quarantined(group: Sequence[Capture], problem: tuple[str, str]) -> Quarantined:
    """The line of ``quarantine.jsonl`` for a capture that could not be cleaned."""
    first = group[0]
    return Quarantined(url=first.url, reason=problem[0], remedy=problem[1], fetched=first.fetched, sha256=first.sha256 or None)


def key_of(group: Sequence[Capture]) -> bytes:
    """Digest of what an article is cleaned from: URLs and payloads of its pages."""
    return _digest([(capture.url, capture.sha256) for capture in group])


def key_of_record(record: Record) -> bytes:
    """:func:`key_of` the capture from which ``record`` was cleaned."""
    return _digest([(raw.url, raw.sha256) for raw in record.raw])


def _judged(article: Article) -> Judged:
    record = article.record
    return Judged(
        text=_digest(record.text),
        content=_digest(_content(record)),
        order=sort_key(record),
        published=record.published,
        paragraphs=len(record.blocks),
        characters=len(record.text),
        turns=len(record.turns),
        removed=dict(Counter(line.rule for line in article.removed)),
        fields=tuple(name for name in COVERED if getattr(record, name) is not None),
        stray=sum(len(line.text) for line in article.removed if _is_stray(line.rule, line.text)),
    )


def _is_stray(rule: str, text: str) -> bool:
    return rule.startswith("layout/") and len(text) >= _PROSE and _SENTENCE.search(text) is not None


def _pages(group: Sequence[Capture], profiles: Profiles) -> Sequence[Page]:
    """The pages; none where one cannot be read, which cleaning says again."""
    try:
        return [load(capture, profiles) for capture in group]
    except Exception:  # the page is hostile, and whatever is wrong with it is the problem of cleaning
        return []


class _Seen(NamedTuple):
    """What the profile finds on the pages of a capture, as :class:`Judged` says it."""

    fit: tuple[str, ...] | None = None
    others: tuple[int, ...] = ()
    unlinked: tuple[int, ...] = ()
    dead: tuple[int, ...] = ()


def _looked_over(pages: Sequence[Page], portal: Portal) -> _Seen:
    try:
        documents = [read_document(page) for page in pages if len(page.body) <= portal.max_page_bytes and not _is_embedded(page)]
        linked = [(document, set(_numbers(more_pages(document, portal), portal))) for document in documents]
        others = set[int]().union(*(numbers for _, numbers in linked))
        unlinked = {number for document, numbers in linked if not numbers for number in unlinked_pages(document, portal)}
        dead = _numbers((document.url for document in documents if is_soft_gone(document, portal)), portal)
        fit = _fit(documents[0], portal) if documents else None
        return _Seen(fit, tuple(sorted(others)), tuple(sorted(unlinked)), tuple(number for number in dead if number))
    except Exception:  # as above: one page must not stop the others
        return _Seen()


def _is_embedded(page: Page) -> bool:
    return b"var allData" in page.body


def _fit(document: Document, portal: Portal) -> tuple[str, ...] | None:
    """Of the first template whose body is on the page the keys that find something; of none, nothing."""
    if not portal.template:
        return None
    for number, template in enumerate(portal.template):
        if matches(document, template.body):
            told = [name for name in FIELDS if getattr(template, name) and matches(document, getattr(template, name))]
            return tuple(f"template[{number}].{name}" for name in ("body", *told))
    return ()


def _numbers(urls: Iterable[str], portal: Portal) -> Iterator[int]:
    return (article_url(url, portal).page for url in urls)


def _content(record: Record) -> Mapping[str, object]:
    return {name: value for name, value in msgspec.structs.asdict(record).items() if name not in _PROVENANCE}


def _digest(value: object) -> bytes:
    return hashlib.blake2b(msgspec.json.encode(value), digest_size=16).digest()
