"""One run of a series: crawl, publish, and the line in ``runs.jsonl`` that says what it did."""

import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import msgspec

from crawler import clock
from crawler.archive import read_archive
from crawler.lock import lock_series, series_folder
from crawler.manners import manners_for
from crawler.outcome import Kind
from crawler.portal import Portal, find_series
from crawler.run import CrawlSummary, Progress, StorageError, crawl_series
from output import exits
from output.corpus import append_item
from output.lines import Run
from output.listing import label_of
from output.publish import NothingToPublishError, Published, publish
from output.takedown import read_takedowns


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a run is asked to do."""

    portal: Portal
    """The portal."""

    series: str
    """Name of the series."""

    data: Path
    """Folder of all corpora."""

    limit: int | None = None
    """Articles to ask for at most."""

    full: bool = False
    """Whether lists are read to their end, not only to what is known."""

    proxy: str | None = None
    """Proxy that all requests go through."""

    delay: float | None = None
    """Seconds between requests; None leaves it to the profile."""

    @property
    def folder(self) -> Path:
        """Where everything of the series lies."""
        return series_folder(self.data, self.portal, self.series)


def run_series(asked: Asked, progress: Callable[[Progress], None] | None = None) -> Run:
    """Crawl the series and publish what its archive holds; the run is recorded, whatever ends it.

    A crawl that a signal ended is not published: the next run has all that this one fetched.

    :raises ProfileError: no such series; nothing is written.
    :raises MannersError: no contact, or too short a delay; nothing is written.
    :raises LockedError: another run works on the series.
    """
    find_series(asked.portal, asked.series)
    manners_for(asked.portal, contact=os.environ.get("FANGTAN_CONTACT", ""), delay=asked.delay, proxy=asked.proxy)
    with lock_series(asked.folder), exits.raising_on_sigterm():
        # A wrong line must not be found after an hour of crawling.
        read_takedowns(asked.folder / "takedown.txt", asked.portal)
        blank, clock = _blank_run(), time.monotonic()
        try:
            run = _crawl_and_publish(asked, blank, progress)
        except (exits.Terminated, KeyboardInterrupt) as stop:
            run = _interrupted(blank, signal.SIGTERM if isinstance(stop, exits.Terminated) else signal.SIGINT)
        except Exception as error:
            code, message = exits.told(error) or (exits.NOTHING, f"internal: {error!r}")
            with suppress(OSError):  # that the run cannot be noted is not what ended it
                _record(msgspec.structs.replace(blank, exit=code, causes=(message,)), asked.folder, clock)
            raise
        return _record(run, asked.folder, clock)


class Preview(NamedTuple):
    """What a run would ask for."""

    urls: tuple[str, ...]
    """Articles, in order."""

    exit: int
    causes: tuple[str, ...]
    """Why the exit code is not 0, one line each."""


def preview_series(asked: Asked, progress: Callable[[Progress], None] | None = None) -> Preview:
    """What a run would ask for now: only the lists are fetched, nothing is published or recorded.

    :raises ProfileError, MannersError, LockedError: as :func:`run_series`.
    """
    find_series(asked.portal, asked.series)
    manners_for(asked.portal, contact=os.environ.get("FANGTAN_CONTACT", ""), delay=asked.delay, proxy=asked.proxy)
    with lock_series(asked.folder):
        summary = _crawl(asked, progress, dry_run=True)
    if summary.signal:
        stopped = _interrupted(_blank_run(), summary.signal)
        return Preview(summary.preview, stopped.exit, stopped.causes)
    drift, causes = tuple(_list_drift(summary, asked.portal)), tuple(_crawl_causes(summary))
    return Preview(summary.preview, exits.DRIFTED if drift else exits.SOME_FAILED if causes else exits.FINE, (*drift, *causes))


def _blank_run() -> Run:
    return Run(started=clock.stamp(clock.now()), seconds=0, exit=exits.NOTHING, version=version("fangtan"))


def _record(run: Run, folder: Path, clock: float) -> Run:
    recorded = msgspec.structs.replace(run, seconds=round(time.monotonic() - clock, 3))
    append_item(folder / "runs.jsonl", recorded)
    return recorded


def _crawl(asked: Asked, progress: Callable[[Progress], None] | None, *, dry_run: bool = False) -> CrawlSummary:
    try:
        return crawl_series(
            *(asked.portal, asked.series, asked.data),
            proxy=asked.proxy,
            delay=asked.delay,
            limit=asked.limit,
            full=asked.full,
            dry_run=dry_run,
            locked=True,
            progress=progress,
        )
    except StorageError as error:
        raise exits.CommandError(exits.NO_SPACE, str(error)) from error


def _crawl_and_publish(asked: Asked, run: Run, progress: Callable[[Progress], None] | None) -> Run:
    summary = _crawl(asked, progress)
    lists = summary.outcomes.get("list", 0)
    run = msgspec.structs.replace(
        run,
        requests=summary.requests,
        outcomes=summary.outcomes,
        complete=summary.complete,
        listed=round(summary.items / lists, 1) if lists else None,
    )
    if summary.signal:
        return _interrupted(run, summary.signal)
    try:
        published = publish(read_archive(asked.folder / "archive"), asked.folder, asked.portal, asked.series)
    except NothingToPublishError as error:
        drift = tuple(_list_drift(summary, asked.portal))
        causes = (*drift, *_crawl_causes(summary), str(error))
        return msgspec.structs.replace(run, exit=exits.DRIFTED if drift else exits.NOTHING, drift=drift, causes=causes)
    return _published(run, summary, published, asked.portal)


def _published(run: Run, summary: CrawlSummary, published: Published, portal: Portal) -> Run:
    drift = (*_list_drift(summary, portal), *map(str, published.drift))
    causes = [
        *_crawl_causes(summary, told={line.url for line in published.failures}),
        *(f"skipped {label_of(line)}: {line.reason}: {line.remedy}" for line in published.failures),
    ]
    limited = summary.reason == "finished" and summary.limited and not summary.failed
    code = exits.DRIFTED if drift else exits.SOME_FAILED if causes else exits.FINDINGS if limited else exits.FINE
    return msgspec.structs.replace(
        run,
        exit=code,
        corpus=published.counts,
        quarantined=dict(sorted(Counter(line.reason for line in published.quarantined).items())),
        taken_down=published.taken_down,
        fresh=published.fresh,
        drift=drift,
        causes=(*drift, *causes, *(("stopped at --limit: there may be more",) if limited else ())),
    )


def _interrupted(run: Run, number: int) -> Run:
    cause = f"interrupted by {signal.Signals(number).name}; run the command again to go on"
    return msgspec.structs.replace(run, exit=128 + number, causes=(cause,))


_UNFIT = {
    "list.next": "; if the list is meant to end there, run once with --full",
    "article.url": "; if they are meant to be no articles, run once with --full",
}


def _list_drift(summary: CrawlSummary, portal: Portal) -> Iterator[str]:
    """What no longer matches on list pages, one line each."""
    for key, url in summary.unfit.items():
        table, _, name = key.partition(".")
        selector = getattr(getattr(portal, table), name)
        what = f"finds nothing on {url}, where earlier runs found something"
        if key == "article.url":
            what = f"matches none of the newest items on {url}"
        yield f"drift: {key} {selector!r} {what}{_UNFIT.get(key, '')}"


_REMEDIES: Mapping[Kind, str] = {
    "failed": "the next run asks for it again",
    "too-large": "raise max_page_bytes in the profile if it is an article",
}


def _crawl_causes(summary: CrawlSummary, told: Set[str | None] = frozenset()) -> Iterator[str]:
    """What the crawl could not get, one line each; ``told`` are URLs of which cleaning says more."""
    for outcome in summary.problems:
        if outcome.url in summary.unfit.values():
            continue
        if outcome.url in summary.unread:
            yield f"{outcome.kind} {outcome.url}: {outcome.reason}; a list that is not read hides what is new"
        elif outcome.kind == "failed" or (outcome.kind == "too-large" and outcome.url not in told):
            yield f"failed {outcome.url}: {outcome.reason}; {_REMEDIES[outcome.kind]}"
    if summary.reason != "finished":
        yield f"the crawl ended early: {summary.reason}; run the command again"
