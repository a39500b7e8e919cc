"""The captures of each article, one after the other, to its newest version."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from crawler.capture import Capture
from crawler.portal import Portal
from crawler.urls import article_id, article_url
from output.judged import Judged, quarantined
from output.lines import Quarantined


class Heard(msgspec.Struct, frozen=True):
    """One capture of an article, and what is said of it."""

    id: str
    """Of the article."""

    group: tuple[Capture, ...]
    """Its pages."""

    key: bytes
    """Digest of what it is cleaned from."""

    said: Judged
    """What cleaning says, or why the capture is not to be published."""


class Version(msgspec.Struct, frozen=True):
    """One state of an article, chrome and provenance left out."""

    fetched: str | None
    """When it was first seen."""

    heard: Heard
    """The capture."""


class History(msgspec.Struct, frozen=True):
    """What the captures of one article say, so far."""

    texts: frozenset[bytes] = frozenset()
    """Digests of the cleaned texts."""

    text: bytes = b""
    """Digest of the newest text."""

    fetched: str | None = None
    """When the newest text was first seen."""

    newest: Heard | None = None
    """The first capture of the newest content; None while none could be cleaned."""

    versions: tuple[Version, ...] = ()
    """What it said, text and fields, in order of fetching: what comes back is there twice."""

    problem: Quarantined | None = None
    """Why the newest capture could not be cleaned, or None."""


def collect_histories(heard: Iterable[Heard]) -> Mapping[str, History]:
    """The history by article id, of captures in order of fetching. Memory: what is heard, which has no texts."""
    histories: dict[str, History] = {}
    for each in heard:
        histories[each.id] = _later(histories.get(each.id, History()), each)
    return histories


def id_of(url: str, portal: Portal) -> str:
    """The id of the article that the URL belongs to."""
    return article_id(article_url(url, portal).canonical)


def in_order(histories: Mapping[str, History]) -> Sequence[History]:
    """The histories that have an article, in order of the corpus."""
    return sorted((history for history in histories.values() if history.newest), key=_order)


def _order(history: History) -> tuple[str, str]:
    return history.newest.said.order if history.newest else ("", "")


def _later(history: History, heard: Heard) -> History:
    """The history with one more capture; one that differs in nothing but chrome leaves the record as it was."""
    if heard.said.problem:
        problem = quarantined(heard.group, heard.said.problem)
        return history if _same_problem(history.problem, problem) else msgspec.structs.replace(history, problem=problem)
    said, fetched = heard.said, heard.group[0].fetched
    is_new = said.text != history.text
    same = history.newest is not None and said.content == history.newest.said.content
    return History(
        texts=history.texts | {said.text},
        text=said.text,
        fetched=fetched if is_new else history.fetched,
        newest=history.newest if same else heard,
        versions=history.versions if same else (*history.versions, Version(fetched, heard)),
    )


def _same_problem(before: Quarantined | None, now: Quarantined) -> bool:
    """Whether the same payload fails again: the first capture stands for both, so that the line keeps its bytes."""
    return before is not None and (before.reason, before.sha256) == (now.reason, now.sha256)
