"""From archive to corpus: what is published of a series, and the numbers that go with it."""

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path
from typing import IO

import msgspec

from cleaners.article import Article, Record
from crawler.capture import Capture
from crawler.portal import Portal
from crawler.urls import article_url, is_article
from output.card import render_card
from output.corpus import CorpusError, encode_line, read_items, replacing
from output.lines import Counts, Quarantined
from output.pages import Profiles, clean_pages
from output.takedown import read_takedowns
from output.versions import History, collect_histories, id_of, newest_articles

_GONE = (404, 410)
# The portal has no article there: no failure.
_OUTCOMES = frozenset({"no-article", "gone"})
# The archive is at fault, not the page.
_DAMAGED = frozenset({"damaged", "unreadable"})


class NothingToPublishError(Exception):
    """The archive gives no article; what was published stays."""


class LostArticlesError(Exception):
    """The archive no longer gives what was published; the message says how many and what to do."""


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """What was published, and what was not."""

    counts: Counts
    """The numbers of the corpus."""

    quarantined: tuple[Quarantined, ...]
    """The lines of ``quarantine.jsonl``."""

    taken_down: int
    """Articles that ``takedown.txt`` keeps out."""

    failures: tuple[Quarantined, ...]
    """Of them those that should have been an article, or were one until now."""


def publish(captures: Iterable[Capture], folder: Path, portal: Portal, series: str, *, jobs: int = 1) -> Published:
    """Clean the captures, in order of fetching, and replace the corpus files in ``folder`` together.

    An article whose newest capture cannot be cleaned keeps its last version, and is quarantined beside it. Memory:
    some 1 KB a capture and article (references, digests); the texts wait in an unnamed file in ``folder``.

    :raises NothingToPublishError: no article came out.
    :raises LostArticlesError: a published article is not in the archive.
    :raises TakedownError: a line of ``takedown.txt`` cannot be obeyed.
    """
    takedowns = read_takedowns(folder / "takedown.txt", portal)
    found = tuple((id_of(capture.url, portal), capture) for capture in captures if is_article(capture.url, portal))
    pages = (capture for id_, capture in found if capture.is_page and id_ not in takedowns)
    before = _versions(folder / "articles.jsonl")
    with tempfile.TemporaryFile(dir=folder) as spool:
        histories = collect_histories(clean_pages(pages, Profiles(forced=portal), jobs=jobs), portal, spool)
        _refuse_loss(before.keys() - takedowns.keys(), histories, folder)
        gone = {**_soft_gone(histories), **_gone_since(found, portal)}
        newest = (_placed(article, portal, series, gone) for article in newest_articles(histories, spool))
        problems = {id_: history for id_, history in sorted(histories.items()) if _is_quarantined(history)}
        result = Published(
            counts=Counts(),
            quarantined=tuple(history.problem for history in problems.values() if history.problem),
            failures=tuple(_failures(problems, before)),
            taken_down=len({id_ for id_, _ in found} & takedowns.keys()),
        )
        return _write(newest, result, before, folder, portal, series)


def count_articles(articles: Iterable[Article], before: Mapping[str, int]) -> Counts:
    """The numbers of a corpus; ``before`` gives the version by id that was published until now."""
    tally, removed, dates = Counter[str](), Counter[str](), set[str]()
    for article in articles:
        record = article.record
        tally += Counter(articles=1, paragraphs=len(record.blocks), characters=len(record.text), turns=len(record.turns))
        tally["added" if record.id not in before else "changed"] += before.get(record.id) != record.version
        removed.update(line.rule for line in article.removed)
        dates.update({record.published[:10]} if record.published else ())
    names = ("articles", "added", "changed", "paragraphs", "characters", "turns")
    return Counts(
        **{name: tally[name] for name in names},
        removed=dict(sorted(removed.items(), key=lambda item: (-item[1], item[0]))),
        dates=(min(dates), max(dates)) if dates else None,
    )


def _versions(path: Path) -> Mapping[str, int]:
    """The published version by id. A damaged file counts as none: it is derived, and about to be replaced."""
    try:
        return {record.id: record.version for record in read_items(path, Record)}
    except (FileNotFoundError, CorpusError):
        return {}


def _refuse_loss(published: Set[str], histories: Mapping[str, History], folder: Path) -> None:
    if all(history.place is None for history in histories.values()):
        raise NothingToPublishError("no article could be read from the archive; what was published stays as it was")
    if lost := {id_ for id_ in published if _is_lost(histories.get(id_))}:
        raise LostArticlesError(
            f"{folder / 'archive'} no longer holds {len(lost)} published articles, e.g. {min(lost)}; put its missing files "
            f"back, or move {folder / 'articles.jsonl'} away to publish without them"
        )


def _is_lost(history: History | None) -> bool:
    return history is None or (history.place is None and history.problem is not None and history.problem.reason in _DAMAGED)


def _soft_gone(histories: Mapping[str, History]) -> Mapping[str, str]:
    """The date of the soft 404 by id, where that is the newest capture."""
    problems = ((id_, history.problem) for id_, history in histories.items() if history.problem)
    return {id_: _date(problem.fetched) for id_, problem in problems if problem.reason == "gone"}


def _gone_since(found: Iterable[tuple[str, Capture]], portal: Portal) -> Mapping[str, str]:
    """The date since when the first page of an article answers 404 or 410, by id."""
    since: dict[str, str] = {}
    for id_, capture in found:
        if capture.is_page:
            since.pop(id_, None)
        elif capture.status in _GONE and article_url(capture.url, portal).page == 0:
            since.setdefault(id_, _date(capture.fetched))
    return since


def _date(fetched: str | None) -> str:
    return (fetched or "")[:10]


def _placed(article: Article, portal: Portal, series: str, gone: Mapping[str, str]) -> Article:
    record, since = article.record, gone.get(article.record.id)
    return Article(msgspec.structs.replace(record, portal=portal.name, series=series, gone=since), article.removed)


def _is_quarantined(history: History) -> bool:
    """Whether the newest capture could not be cleaned; what is gone says so in its record."""
    return history.problem is not None and history.problem.reason != "gone"


def _failures(problems: Mapping[str, History], before: Mapping[str, int]) -> Iterator[Quarantined]:
    for id_, history in problems.items():
        if history.problem and (history.problem.reason not in _OUTCOMES or (id_ in before and history.place is None)):
            yield history.problem


def _write(
    newest: Iterable[Article], result: Published, before: Mapping[str, int], folder: Path, portal: Portal, series: str
) -> Published:
    names = ("articles.jsonl", "removed.jsonl", "quarantine.jsonl", "README.md")
    with replacing(*(folder / name for name in names)) as (articles, removed, quarantine, card):
        counts = count_articles(_written(newest, articles, removed), before)
        quarantine.writelines(map(encode_line, result.quarantined))
        card.write(render_card(portal, series, counts, result.quarantined, result.taken_down).encode())
    return msgspec.structs.replace(result, counts=counts)


def _written(newest: Iterable[Article], articles: IO[bytes], removed: IO[bytes]) -> Iterator[Article]:
    for article in newest:
        articles.write(encode_line(article.record))
        removed.writelines(map(encode_line, article.removed))
        yield article
