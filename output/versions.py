"""The captures of each article, one after the other, to its newest version."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import IO

import msgspec

from cleaners.article import Article, Record
from crawler.portal import Portal
from crawler.urls import article_id, article_url
from output.corpus import encode_line, sort_key
from output.lines import Quarantined

# What may differ between two captures of an unchanged article: where and when they were read, and the chrome around it.
_PROVENANCE = ("url", "fetched", "version", "gone", "confidence", "replacements", "removed", "blocks", "raw")


class History(msgspec.Struct, frozen=True):
    """What the captures of one article say, so far. Some 500 bytes; the article itself waits in the spool."""

    texts: frozenset[bytes] = frozenset()
    """Digests of the cleaned texts."""

    text: bytes = b""
    """Digest of the newest text."""

    content: bytes = b""
    """Digest of the newest record without its provenance."""

    fetched: str | None = None
    """When the newest text was first seen."""

    order: tuple[str, str] = ("", "")
    """Place in the corpus."""

    place: int | None = None
    """Byte in the spool at which the article stands; None while no capture could be cleaned."""

    problem: Quarantined | None = None
    """Why the newest capture could not be cleaned, or None."""


def collect_histories(outcomes: Iterable[Article | Quarantined], portal: Portal, spool: IO[bytes]) -> Mapping[str, History]:
    """The history by article id, of captures in order of fetching; ``spool`` takes the articles."""
    histories: dict[str, History] = {}
    for outcome in outcomes:
        id_ = outcome.record.id if isinstance(outcome, Article) else id_of(outcome.url or "", portal)
        histories[id_] = _later(histories.get(id_, History()), outcome, spool)
    return histories


def newest_articles(histories: Mapping[str, History], spool: IO[bytes]) -> Iterator[Article]:
    """The newest version of each article, in order of the corpus."""
    for history in sorted(histories.values(), key=lambda history: history.order):
        if history.place is not None:
            spool.seek(history.place)
            article = msgspec.json.decode(spool.readline(), type=Article)
            record = msgspec.structs.replace(article.record, version=len(history.texts), fetched=history.fetched)
            yield Article(record, article.removed)


def id_of(url: str, portal: Portal) -> str:
    """The id of the article that the URL belongs to."""
    return article_id(article_url(url, portal).canonical)


def _later(history: History, outcome: Article | Quarantined, spool: IO[bytes]) -> History:
    """The history with one more capture; one that differs in nothing but chrome leaves the record as it was."""
    if isinstance(outcome, Quarantined):
        return history if _same_problem(history.problem, outcome) else msgspec.structs.replace(history, problem=outcome)
    record = outcome.record
    text, content = _digest(record.text), _digest(_content(record))
    return History(
        texts=history.texts | {text},
        text=text,
        content=content,
        fetched=history.fetched if text == history.text else record.fetched,
        order=sort_key(record),
        place=history.place if content == history.content else _spool(outcome, spool),
    )


def _same_problem(before: Quarantined | None, now: Quarantined) -> bool:
    """Whether the same payload fails again: the first capture stands for both, so that the line keeps its bytes."""
    return before is not None and (before.reason, before.sha256) == (now.reason, now.sha256)


def _content(record: Record) -> Mapping[str, object]:
    return {name: value for name, value in msgspec.structs.asdict(record).items() if name not in _PROVENANCE}


def _digest(value: object) -> bytes:
    return hashlib.blake2b(msgspec.json.encode(value), digest_size=16).digest()


def _spool(article: Article, spool: IO[bytes]) -> int:
    place = spool.seek(0, 2)
    spool.write(encode_line(article))
    return place
