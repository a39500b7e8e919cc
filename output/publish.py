"""From archive to corpus: what is published of a series, and the numbers that go with it."""

import hashlib
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import IO

import msgspec

from cleaners.article import Article, Record
from crawler.capture import Capture
from crawler.portal import Portal
from output.card import render_card
from output.changes import Change, changes_between
from output.collect import Cleaner, Collected, collect
from output.corpus import encode_line, replacing
from output.drift import Drift, tell_fresh
from output.ledger import Ledger, Line
from output.lines import Counts, Fresh, Quarantined
from output.takedown import read_takedowns
from output.versions import Heard, History, in_order

FILES = ("articles.jsonl", "removed.jsonl", "quarantine.jsonl", "README.md")
# The portal has no article there, or no longer all of it: no failure.
_OUTCOMES = frozenset({"no-article", "gone", "page-gone", "drift"})
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

    drift: tuple[Drift, ...] = ()
    """Selectors that stopped matching; the pages in doubt were not published."""

    fresh: Fresh | None = None
    """What was seen for the first time."""


Review = Callable[[Iterable[Change], int], bool]
"""Is shown what would change, and of how many articles; says whether to publish it."""


def publish(
    captures: Iterable[Capture],
    folder: Path,
    portal: Portal,
    series: str,
    *,
    jobs: int = 1,
    review: Review | None = None,
    trusting: bool = False,
) -> Published:
    """Clean what is new of the captures, in order of fetching, and replace the corpus files in ``folder`` together.

    An article whose newest capture cannot be cleaned, lacks a page or is in doubt keeps its last version, and is
    quarantined beside it. Where nothing changed no file is written. Memory: some 2 KB a capture and article
    (references, digests); the texts wait in an unnamed file in ``folder``. With a ``review`` all is cleaned anew,
    whatever is known of it, and nothing is published that it does not agree to. With ``trusting`` nothing is in doubt.

    :raises NothingToPublishError: no article came out.
    :raises LostArticlesError: a published article is not in the archive.
    :raises TakedownError: a line of ``takedown.txt`` cannot be obeyed.
    """
    takedowns = read_takedowns(folder / "takedown.txt", portal)
    with Ledger(folder, FILES) as ledger, tempfile.TemporaryFile(dir=folder) as spool:
        cleaner = Cleaner(portal, ledger, spool, jobs=jobs, afresh=review is not None)
        collected = collect(captures, portal, takedowns.keys(), cleaner, trusting=trusting)
        before = ledger.versions()
        _refuse_loss(before.keys() - takedowns.keys(), collected, folder)
        result = _result(collected, before)
        edition = _Edition(folder, portal, series, collected, cleaner)
        if review is None or review(changes_between(folder / FILES[0], edition.records()), result.counts.articles):
            edition.write(result)
        return result


class _Edition:
    """The corpus files as they are to be, made from those that stand where an article is the same."""

    def __init__(self, folder: Path, portal: Portal, series: str, collected: Collected, cleaner: Cleaner) -> None:
        self._folder, self._portal, self._series = folder, portal, series
        self._collected, self._cleaner = collected, cleaner
        self._old = {} if cleaner.afresh else cleaner.ledger.published()

    def records(self) -> Iterator[Record]:
        """The records, in order."""
        return (self._article(history, history.newest).record for history in self._histories if history.newest)

    def write(self, result: Published) -> None:
        """Replace the files, unless they are so already."""
        ledger, quarantine, card = self._cleaner.ledger, *self._aside(result)
        aside = hashlib.sha256(quarantine + b"\0" + card).hexdigest()
        accepted = [
            each.key for each in self._collected.fresh if each.key not in self._collected.held and not each.said.is_passing
        ]
        signatures = {history.newest.id: self._signature(history) for history in self._histories if history.newest}
        if aside == ledger.aside and signatures == {line.id: line.signature for line in self._old.values()}:
            ledger.accept(accepted)
            return
        with replacing(*(self._folder / name for name in FILES)) as (articles, removed, quarantined, readme):
            lines = list(self._lines(articles, removed))
            quarantined.write(quarantine)
            readme.write(card)
        ledger.take_over(lines, accepted, aside=aside, rules=self._cleaner.rules)

    @property
    def _histories(self) -> Sequence[History]:
        return in_order(self._collected.histories)

    def _aside(self, result: Published) -> tuple[bytes, bytes]:
        card = render_card(self._portal, self._series, result.counts, result.quarantined, result.taken_down)
        return b"".join(map(encode_line, result.quarantined)), card.encode()

    def _lines(self, articles: IO[bytes], removed: IO[bytes]) -> Iterator[Line]:
        """Write the articles in order; those that stand in the old files as they should are copied."""
        with _Copied(self._folder, bool(self._old)) as copied:
            at = removed_at = 0
            for history in self._histories:
                line, dropped = self._bytes(history, copied)
                articles.write(line)
                removed.write(dropped)
                id_ = history.newest.id if history.newest else ""
                yield Line(id_, self._signature(history), len(history.texts), at, len(line), removed_at, len(dropped))
                at, removed_at = at + len(line), removed_at + len(dropped)

    def _bytes(self, history: History, copied: "_Copied") -> tuple[bytes, bytes]:
        heard = history.newest
        old = self._old.get(heard.id) if heard else None
        if heard is None or (old and old.signature == self._signature(history)):
            return copied.lines(old) if old else (b"", b"")
        article = self._article(history, heard)
        return encode_line(article.record), b"".join(map(encode_line, article.removed))

    def _article(self, history: History, heard: Heard) -> Article:
        article = self._cleaner.article(heard)
        record = msgspec.structs.replace(
            article.record,
            portal=self._portal.name,
            series=self._series,
            version=len(history.texts),
            fetched=history.fetched,
            gone=self._collected.gone.get(heard.id),
        )
        return Article(record, article.removed)

    def _signature(self, history: History) -> bytes:
        """Digest of all that the lines of an article depend on."""
        heard = history.newest
        told = (
            *(heard.key.hex() if heard else "", self._cleaner.rules, self._portal.name, self._series),
            *(len(history.texts), history.fetched, self._collected.gone.get(heard.id) if heard else None),
        )
        return hashlib.blake2b(msgspec.json.encode(told), digest_size=16).digest()


class _Copied:
    """The old corpus files, open to be copied from."""

    def __init__(self, folder: Path, are_there: bool) -> None:
        self._files = tuple((folder / name).open("rb") for name in FILES[:2]) if are_there else ()

    def __enter__(self) -> "_Copied":
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._files:
            file.close()

    def lines(self, line: Line) -> tuple[bytes, bytes]:
        """The article's line, and its removed blocks."""
        articles, removed = self._files
        articles.seek(line.at)
        removed.seek(line.removed_at)
        return articles.read(line.length), removed.read(line.removed_length)


def count_articles(histories: Iterable[History], before: Mapping[str, int]) -> Counts:
    """The numbers of a corpus; ``before`` gives the version by id that was published until now."""
    tally, removed, dates = Counter[str](), Counter[str](), set[str]()
    for history in histories:
        if heard := history.newest:
            said = heard.said
            tally.update(articles=1, paragraphs=said.paragraphs, characters=said.characters, turns=said.turns)
            tally["added" if heard.id not in before else "changed"] += before.get(heard.id) != len(history.texts)
            removed.update(said.removed)
            dates.update({said.published[:10]} if said.published else ())
    names = ("articles", "added", "changed", "paragraphs", "characters", "turns")
    return Counts(
        **{name: tally[name] for name in names},
        removed=dict(sorted(removed.items(), key=lambda item: (-item[1], item[0]))),
        dates=(min(dates), max(dates)) if dates else None,
    )


def _result(collected: Collected, before: Mapping[str, int]) -> Published:
    problems = {id_: history for id_, history in sorted(collected.histories.items()) if _is_quarantined(history)}
    return Published(
        counts=count_articles(collected.histories.values(), before),
        quarantined=tuple(history.problem for history in problems.values() if history.problem),
        failures=tuple(_failures(problems, before)),
        taken_down=collected.taken_down,
        drift=collected.drift,
        fresh=tell_fresh(collected.fresh),
    )


def _refuse_loss(published: Set[str], collected: Collected, folder: Path) -> None:
    histories = collected.histories
    if not collected.taken_down and all(history.newest is None for history in histories.values()):
        raise NothingToPublishError("no article could be read from the archive; what was published stays as it was")
    if lost := {id_ for id_ in published if _is_lost(histories.get(id_))}:
        raise LostArticlesError(
            f"{folder / 'archive'} or the profile no longer gives {len(lost)} published articles, e.g. {min(lost)}; put missing "
            f"files back, or run fangtan repair where one is damaged and crawl again; or move {folder / 'articles.jsonl'} away "
            f"to publish without them"
        )


def _is_lost(history: History | None) -> bool:
    return history is None or (history.newest is None and history.problem is not None and history.problem.reason in _DAMAGED)


def _is_quarantined(history: History) -> bool:
    """Whether the newest capture could not be cleaned; what is gone says so in its record."""
    return history.problem is not None and history.problem.reason != "gone"


def _failures(problems: Mapping[str, History], before: Mapping[str, int]) -> Iterator[Quarantined]:
    for id_, history in problems.items():
        if history.problem and (history.problem.reason not in _OUTCOMES or (id_ in before and history.newest is None)):
            yield history.problem
