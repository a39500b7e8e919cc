"""One crawl of one series, in this process: lock, signals, summary."""

import asyncio
import errno
import logging
import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Any, cast

import msgspec
from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.settings import Settings

from crawler import clock
from crawler.lock import LockedError, lock_series, series_folder
from crawler.manners import MannersError, manners_for
from crawler.middlewares import FATAL
from crawler.outcome import Kind, Outcome
from crawler.portal import Portal, find_series
from crawler.spiders.series import SeriesSpider

__all__ = [
    "CrawlSummary",
    "LockedError",
    "MannersError",
    "Progress",
    "StorageError",
    "crawl_series",
    "lock_series",
    "series_folder",
]

_STORAGE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM})
_QUIET: frozenset[Kind] = frozenset({"list", "fetched", "unchanged"})


class StorageError(RuntimeError):
    """The disk is full, or may not be written; the message names the folder and what to do."""


class Progress(msgspec.Struct, frozen=True):
    """How far a crawl is, after one more URL."""

    outcome: Outcome
    """What became of that URL."""

    lists: int
    """List pages read."""

    found: int
    """Articles found in them, twins once."""

    done: int
    """URLs, other than lists, whose outcome is known."""


class CrawlSummary(msgspec.Struct, frozen=True):
    """What one crawl did."""

    portal: str
    series: str

    started: str
    """UTC, ``YYYY-MM-DDThh:mm:ssZ``."""

    seconds: float

    reason: str
    """``finished``, the name of the signal that ended it (``SIGTERM``), or Scrapy's own reason for an end too early."""

    signal: int | None
    """Number of the signal that ended it, for exit code 128 + number."""

    complete: bool
    """Whether all there is was fetched: finished, without limit, and nothing failed."""

    requests: int
    """Requests sent, retries and robots.txt included."""

    bytes: int
    """Bytes received, headers included."""

    articles: int
    """Articles found in the lists, twins once."""

    items: int
    """Items found in the lists, whatever they lead to."""

    limited: bool
    """Whether ``limit`` articles were asked for, so that there may be more."""

    outcomes: Mapping[Kind, int]
    """URLs by what became of them."""

    problems: tuple[Outcome, ...]
    """All outcomes but ``list``, ``fetched`` and ``unchanged``, in order. Memory: one for each such URL."""

    unfit: Mapping[str, str] = {}
    """Keys of the profile that fitted list pages until now and do no more (``list.item``, ``article.url``), and the page."""

    preview: tuple[str, ...] = ()
    """Of a dry run: URLs of the articles that a run would ask for, in order."""

    unread: tuple[str, ...] = ()
    """List pages that were not to be read although they did not fail: disallowed, too large, redirected to elsewhere."""

    @property
    def failed(self) -> int:
        """URLs that could not be had although they should: a run with one never exits 0."""
        return self.outcomes.get("failed", 0)


def crawl_series(
    portal: Portal,
    series: str,
    data: Path,
    *,
    proxy: str | None = None,
    delay: float | None = None,
    limit: int | None = None,
    full: bool = False,
    dry_run: bool = False,
    contact: str | None = None,
    locked: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> CrawlSummary:
    """Fetch what is new or due of the series into the archive in ``data``; what every URL came to.

    Lists are read until the first page of which the last completed run knew every article; with ``full`` to their end.
    A ``dry_run`` reads and archives the lists alone; the next run goes on from there.
    Once in a process, as Twisted's reactor cannot start again. Each failure is logged as one warning. SIGTERM and
    SIGINT finish the page at hand, and the summary says so; a second one kills. ``contact`` is ``FANGTAN_CONTACT``
    where it is not given; ``locked`` says that the caller holds :func:`lock_series`.

    :raises ProfileError: no such series.
    :raises MannersError: no contact or too short a delay for anything but loopback.
    :raises LockedError: another run works on the series.
    :raises StorageError: no space, no permission.
    :raises ArchiveError: a file of the archive is damaged.
    """
    find_series(portal, series)
    folder = series_folder(data, portal, series)
    contact = os.environ.get("FANGTAN_CONTACT", "") if contact is None else contact
    manners_for(portal, contact=contact, delay=delay, proxy=proxy)
    ours = {
        "FANGTAN_DATA": str(data),
        "FANGTAN_CONTACT": contact,
        "FANGTAN_PROXY": proxy or "",
        "FANGTAN_DELAY": delay,
        "FANGTAN_LOCKED": True,
    }
    with _storage_errors(folder), nullcontext() if locked else lock_series(folder):
        return _Run(ours, progress).crawl(portal, series, limit=limit, full=full, dry_run=dry_run)


class _Run:
    """One crawl, and what is told of it."""

    def __init__(self, settings: Mapping[str, object], progress: Callable[[Progress], None] | None) -> None:
        self._process = AsyncCrawlerProcess(_settings(settings))
        self._crawler: Crawler = self._process.create_crawler(SeriesSpider)
        self._progress = progress
        self._counts: Counter[Kind] = Counter()
        self._problems: list[Outcome] = []
        self._signal: int | None = None
        self._reason = "not started"
        self._started = False
        self._closing: asyncio.Task[None] | None = None

    def crawl(self, portal: Portal, series: str, **asked: int | bool | None) -> CrawlSummary:
        started = clock.now()
        monotonic = time.monotonic()
        # Its warnings say again what outcomes say, its errors are mistakes of ours. Making the process set the level anew.
        logging.getLogger("scrapy").setLevel(logging.ERROR)
        self._connect()
        task = self._process.crawl(self._crawler, portal=portal, series=series, **asked)
        with self._stop_on_signals():
            self._process.start(install_signal_handlers=False)
        if task.done():
            task.result()
        if fatal := self._crawler.stats.get_value(FATAL):
            raise fatal
        return self._summary(portal, series, started, time.monotonic() - monotonic)

    def _connect(self) -> None:
        connect = self._crawler.signals.connect
        connect(self._note, signals.item_scraped)
        connect(self._note_bug, signals.spider_error)
        connect(self._note_start, signals.engine_started)
        connect(self._note_end, signals.spider_closed)

    def _note(self, item: Outcome) -> None:
        self._counts[item.kind] += 1
        if item.kind not in _QUIET:
            self._problems.append(item)
        if self._progress:
            lists = self._counts["list"]
            self._progress(Progress(item, lists, len(self._spider.articles), self._counts.total() - lists))

    def _note_bug(self, failure: Any, response: Any) -> None:
        """An exception in the spider is ours; the page that met it is not lost silently."""
        self._note(Outcome(getattr(response, "url", ""), "failed", f"internal: {failure.value!r}"))

    def _note_start(self) -> None:
        self._started = True

    def _note_end(self, reason: str) -> None:
        self._reason = reason

    @property
    def _spider(self) -> SeriesSpider:
        return cast("SeriesSpider", self._crawler.spider)

    @contextmanager
    def _stop_on_signals(self) -> Iterator[None]:
        before = {number: signal.signal(number, self._on_signal) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _on_signal(self, number: int, _: FrameType | None) -> None:
        """The first signal is acted on in the reactor; a second one finds the system's own handler."""
        from twisted.internet import reactor

        self._signal = number
        signal.signal(number, signal.SIG_DFL)
        reactor.callFromThread(self._close)

    def _close(self) -> None:
        from twisted.internet import reactor

        if self._closing or not self._crawler.crawling:
            return
        if self._started and self._crawler.engine.running:
            reason = signal.Signals(self._signal or 0).name
            self._spider.stopping = True
            _drop_waiting(self._crawler)
            self._closing = asyncio.ensure_future(self._crawler.engine.close_spider_async(reason=reason))
        else:
            cast("Any", reactor).callLater(0.01, self._close)

    def _summary(self, portal: Portal, series: str, started: datetime, seconds: float) -> CrawlSummary:
        stats = self._crawler.stats
        return CrawlSummary(
            portal=portal.name,
            series=series,
            started=clock.stamp(started),
            seconds=round(seconds, 3),
            reason=self._reason,
            signal=self._signal,
            complete=self._reason == "finished" and self._spider.complete,
            requests=stats.get_value("downloader/request_count", 0),
            bytes=stats.get_value("downloader/response_bytes", 0),
            articles=len(self._spider.articles),
            items=self._spider.items,
            limited=self._spider.limited,
            outcomes=dict(self._counts),
            problems=tuple(self._problems),
            unfit=dict(self._spider.unfit),
            preview=tuple(self._spider.preview),
            unread=tuple(self._spider.unread),
        )


def _drop_waiting(crawler: Crawler) -> None:
    """Give up the requests that wait for their turn: a Crawl-delay of an hour would hold up the end for as long."""
    for slot in crawler.engine.downloader.slots.values():
        while slot.queue:
            _, waiting = slot.queue.popleft()
            waiting.errback(IgnoreRequest("stopped"))


def _settings(ours: Mapping[str, object]) -> Settings:
    """The project's settings and ``ours``."""
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.setdict({**ours, "LOG_INSTALL_ROOT_HANDLER": False}, priority="cmdline")
    return settings


@contextmanager
def _storage_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in _STORAGE:
            raise
        what = error.strerror or str(error)
        raise StorageError(f"{error.filename or folder}: {what}; make room or give permission, then run it again") from error
