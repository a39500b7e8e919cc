"""What stands between spider and wire: hosts, robots.txt, codings, proxy, archive."""

from __future__ import annotations

import asyncio
import logging
from contextlib import ExitStack
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn, Self, cast
from urllib.parse import urldefrag, urlsplit

from scrapy import signals
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import CloseSpider, IgnoreRequest
from scrapy.http import HtmlResponse, Request, Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser

from crawler import clock
from crawler.capture import ArchiveError
from crawler.coding import CodingError, TooLargeError, decode_content
from crawler.lock import LockedError, lock_series, series_folder
from crawler.records import Exchange
from crawler.store import Store

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.robotstxt import RobotParser

    from crawler.outcome import Kind
    from crawler.portal import Portal
    from crawler.spiders.series import SeriesSpider

logger = logging.getLogger(__name__)

FATAL = "fangtan/fatal"
"""The statistic that holds the error for which the archive ended the run."""

# Longer is not a pace but a refusal; the profile's own limit.
_MAX_CRAWL_DELAY = 3600.0
# RFC 9309, 2.5: at least 500 KiB are to be read.
_MAX_ROBOTS_BYTES = 512_000
# Credentials for the proxy are ours, not the portal's, and have no place in an archive that is passed on.
_CONDITIONS = frozenset({b"If-None-Match", b"If-Modified-Since"})
_PRIVATE_HEADERS = frozenset({b"proxy-authorization", b"authorization", b"cookie"})


class RefusedError(IgnoreRequest):
    """A request was not made, or its response not handed on; says what becomes of the URL."""

    def __init__(self, kind: Kind, reason: str) -> None:
        super().__init__(reason)
        self.kind: Kind = kind


class HostsMiddleware:
    """Refuses every request to a host that the profile does not list; redirects come by here too."""

    def __init__(self, portal: Portal) -> None:
        self._hosts = frozenset(portal.hosts)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(_spider(crawler).portal)

    def process_request(self, request: Request) -> None:
        host = urlsplit(request.url).hostname or ""
        if host not in self._hosts:
            raise RefusedError("foreign-redirect", f"to {host}, which the profile does not list")


class _Rules(NamedTuple):
    """What a robots.txt says."""

    parser: RobotParser | None = None
    """None: there is no robots.txt, everything is allowed."""

    closed: str = ""
    """Why nothing is allowed, where that is not what it says but that it could not be read (RFC 9309, 2.3.1.4)."""


class RobotsMiddleware:
    """Obeys robots.txt, and its Crawl-delay.

    Scrapy's own lets the third and every later request that waits for the same robots.txt through, takes one that
    answers 5xx for none, and exposes Crawl-delay without applying it.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self._rules_by_origin: dict[str, asyncio.Task[_Rules]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if request.meta.get("dont_obey_robotstxt"):
            return
        rules = await asyncio.shield(self._rules_for(request.url))
        if rules.closed:
            raise RefusedError("failed", rules.closed)
        if rules.parser and not rules.parser.allowed(request.url, self._agent):
            raise RefusedError("disallowed", "by robots.txt")

    def _rules_for(self, url: str) -> asyncio.Task[_Rules]:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules_by_origin:
            self._rules_by_origin[origin] = asyncio.ensure_future(self._fetch(f"{origin}/robots.txt"))
        return self._rules_by_origin[origin]

    async def _fetch(self, url: str) -> _Rules:
        request = Request(url, callback=NO_CALLBACK, meta={"dont_obey_robotstxt": True})
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as error:  # whatever kept us from reading it, nothing is allowed
            return _Rules(closed=f"{url} cannot be read, so nothing is allowed: {describe(error)}")
        rules = self._read(url, response)
        if rules.parser:
            rules = self._keep_delay(url, rules, rules.parser.crawl_delay(self._agent) or 0)
        return rules

    def _read(self, url: str, response: Response) -> _Rules:
        if 200 <= response.status < 300:
            return _Rules(ProtegoRobotParser.from_crawler(self._crawler, response.body[:_MAX_ROBOTS_BYTES]))
        if 400 <= response.status < 500 and response.status != 429:
            return _Rules()
        return _Rules(closed=f"{url} answered {response.status}, so nothing is allowed in this run")

    def _keep_delay(self, url: str, rules: _Rules, delay: float) -> _Rules:
        if not delay <= _MAX_CRAWL_DELAY:
            return _Rules(closed=f"{url} asks for a Crawl-delay of {delay:g} s; at most {_MAX_CRAWL_DELAY:g} can be kept")
        downloader, host = self._crawler.engine.downloader, urlsplit(url).hostname or ""
        slot = downloader.per_slot_settings.setdefault(host, {})
        slot["delay"] = max(delay, slot.get("delay", self._crawler.settings.getfloat("DOWNLOAD_DELAY")))
        if host in downloader.slots:
            downloader.slots[host].delay = slot["delay"]
        return rules


class DecodeMiddleware:
    """Undoes content codings as the reader of the archive does, so that both see the same page, within the same bound."""

    def __init__(self, crawler: Crawler) -> None:
        self._spider = _spider(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        if response.status != 200:
            return response
        codings = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1")
        try:
            body = decode_content(response.body, codings, max_bytes=self._spider.portal.max_page_bytes)
        except TooLargeError as error:
            raise RefusedError("too-large", str(error)) from None
        except CodingError as error:
            return self._again(request, error)
        response.headers.pop("Content-Encoding", None)
        return response.replace(body=body)

    def _again(self, request: Request, error: CodingError) -> Request:
        retry = get_retry_request(request, spider=self._spider, reason="damaged body", give_up_log_level="DEBUG")
        if retry is None:
            raise RefusedError("failed", str(error))
        return retry


class ProxyMiddleware:
    """Sends every request through ``FANGTAN_PROXY``: those for robots.txt too, which no spider makes."""

    def __init__(self, proxy: str) -> None:
        self._proxy = proxy

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.settings["FANGTAN_PROXY"])

    def process_request(self, request: Request) -> None:
        if self._proxy:
            request.meta["proxy"] = self._proxy


class ArchiveMiddleware:
    """Writes every response to the archive before anything else sees it: as sent, errors and redirects included.

    A 304 goes on as the page that it says is still good.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._held = ExitStack()
        self._store: Store | None = None
        self._closing: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        middleware = cls(crawler)
        crawler.signals.connect(middleware.open, signals.spider_opened)
        crawler.signals.connect(middleware.close, signals.spider_closed)
        return middleware

    def open(self, spider: SeriesSpider) -> None:
        settings = self._crawler.settings
        try:
            folder = series_folder(Path(settings["FANGTAN_DATA"]), spider.portal, spider.series_name)
            if not settings.getbool("FANGTAN_LOCKED"):
                self._held.enter_context(lock_series(folder))
            self._store = spider.store = Store(folder, spider.portal, spider.series_name, software=settings["USER_AGENT"])
        except (OSError, ValueError, LockedError) as error:
            note_fatal(self._crawler, error)
            raise CloseSpider("archive") from error

    def process_response(self, request: Request, response: Response) -> Request | Response:
        if self._store is None:
            raise RefusedError("failed", "the archive is closed")
        try:
            request.meta["archived"] = self._store.write(_exchange(request, response))
        except (OSError, ArchiveError) as error:
            self._give_up(error)
        return self._confirm(request, response, self._store) if response.status == HTTPStatus.NOT_MODIFIED else response

    def close(self, spider: SeriesSpider, reason: str) -> None:
        store, self._store = self._store, None
        with self._held:
            try:
                if store is not None:
                    if reason == "finished" and spider.complete:
                        store.complete()
                    store.close()
            except (OSError, ArchiveError) as error:
                note_fatal(self._crawler, error)

    def _confirm(self, request: Request, response: Response, store: Store) -> Request | Response:
        """The page that a 304 confirms; asked for without condition where we no longer have it."""
        asked = request.meta.get("asked")
        if asked is None or not request.headers.keys() & _CONDITIONS:
            return response
        try:
            page = store.stored_page(asked)
        except (OSError, ValueError):
            page = None
        if page is None:
            bare = request.copy()
            for name in _CONDITIONS:
                bare.headers.pop(name, None)
            return bare
        headers = {**response.headers, b"Content-Type": page.content_type}
        headers.pop(b"Content-Encoding", None)
        return HtmlResponse(response.url, 200, headers, page.body, request=request)

    def _give_up(self, error: OSError | ArchiveError) -> NoReturn:
        """A page that is not archived is not fetched: end the run."""
        note_fatal(self._crawler, error)
        self._closing = self._closing or asyncio.ensure_future(self._crawler.engine.close_spider_async(reason="archive"))
        raise RefusedError("failed", f"cannot be archived: {error}")


def note_fatal(crawler: Crawler, error: OSError | ValueError | LockedError) -> None:
    """Remember the first error that ended the run: crawl_series raises it; under ``scrapy crawl`` nobody would hear of it."""
    logger.log(logging.DEBUG if crawler.settings.getbool("FANGTAN_LOCKED") else logging.ERROR, "archive: %s", error)
    if crawler.stats.get_value(FATAL) is None:
        crawler.stats.set_value(FATAL, error)


def describe(error: BaseException) -> str:
    """``error`` in one line: Twisted wraps what went wrong in lists and failures."""
    reasons = getattr(error, "reasons", None) or ()
    inner = [str(getattr(reason, "value", reason)) for reason in reasons]
    text = "; ".join(inner) or str(error) or type(error).__name__
    return " ".join(text.split())


def _exchange(request: Request, response: Response) -> Exchange:
    return Exchange(
        url=urldefrag(request.url).url,
        method=request.method,
        request_headers=_fields(request),
        status=response.status,
        headers=_fields(response),
        body=response.body,
        fetched=clock.now(),
        asked=request.meta.get("asked"),
    )


def _fields(message: Request | Response) -> tuple[tuple[bytes, bytes], ...]:
    """Header fields; Scrapy keeps their values in order, not the fields."""
    fields = ((name, value) for name, values in message.headers.items() for value in values)
    return tuple((name, value) for name, value in fields if name.lower() not in _PRIVATE_HEADERS)


def _spider(crawler: Crawler) -> SeriesSpider:
    return cast("SeriesSpider", crawler.spider)
