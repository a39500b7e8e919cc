"""The one spider: an interview series, from its list pages to the last page of each article."""

import logging
from collections.abc import AsyncIterator, Iterator
from http import HTTPStatus
from typing import Any, Self, TypeAlias

import scrapy
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, DownloadCancelledError
from scrapy.http import Request, Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from crawler import clock
from crawler.capture import ArchiveError
from crawler.links import Item
from crawler.manners import Manners, manners_for
from crawler.middlewares import RefusedError, describe, note_fatal
from crawler.outcome import Kind, Outcome
from crawler.page import Page
from crawler.portal import Portal, find_series, load_portal
from crawler.reading import GONE, Reading, read_response
from crawler.records import Asked
from crawler.selection import belongs
from crawler.store import Store
from crawler.urls import ArticleUrl, article_url, is_article

Found: TypeAlias = Iterator[Request | Outcome]

logger = logging.getLogger(__name__)

_YES = (True, "1", "true", "yes")
_LIST, _PAGE, _ARTICLE = 20, 10, 0
"""Priorities: all lists, then article by article, each to its last page."""

# Portals answer pages beyond the end with the last one again, or link for ever: a run must end.
_MAX_LISTS = 2_000
_MAX_STALE_LISTS = 3
_MAX_ARTICLE_PAGES = 200
# So many of the newest items: one or two may well be a video or a topic.
_NEWEST = 3
# A portal in trouble is left alone: with three tries each and ever longer pauses, more would be hours of it.
_MAX_FAILURES_IN_A_ROW = 10


class SeriesSpider(scrapy.Spider):
    """``scrapy crawl series -a portal=jl_ifeng -a series=anquan``"""

    name = "series"
    store: Store
    """Archive and state; the archive's middleware opens them."""

    def __init__(
        self,
        portal: Portal | str = "",
        series: str = "",
        limit: int | str | None = None,
        full: bool | str = False,
        dry_run: bool | str = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.portal = portal if isinstance(portal, Portal) else load_portal(portal)
        self.series_name = series
        self.series = find_series(self.portal, series)
        self.limit = _parse_limit(limit)
        self.full = full in _YES
        self.dry_run = dry_run in _YES
        self.preview: list[str] = []
        """Of a dry run: the articles that it would have asked for, in order."""
        self.articles: set[str] = set()
        """Canonical URLs of the articles asked for."""
        self.unfit: dict[str, str] = {}
        """Keys of the profile that no longer fit the list pages, and the page."""
        self.unread: list[str] = []
        """List pages that were refused: what they hold is not known, so that the run did not read all there is."""
        self.failures = 0
        self.stopping = False
        """Whether a signal ended the run, so that what is given up now is no failure."""
        self._failures_in_a_row = 0
        self._asked: set[ArticleUrl] = set()
        self._lists: set[str] = set()
        self._open_lists = set(self.series.lists)
        self._items: set[str] = set()
        self._met: set[str] = set()
        """Origins of lists on which an item was met that the last completed run knew."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """The spider, after its manners have become settings; here, so that ``scrapy crawl`` has them too."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        manners = manners_of(spider.portal, crawler.settings)
        crawler.settings.set("USER_AGENT", manners.user_agent, priority="cmdline")
        crawler.settings.set("DOWNLOAD_DELAY", manners.delay, priority="cmdline")
        return spider

    @property
    def limited(self) -> bool:
        """Whether ``limit`` articles were asked for, so that more may be left."""
        return self.limit is not None and len(self.articles) >= self.limit

    @property
    def items(self) -> int:
        """Items found in the lists, whatever they lead to."""
        return len(self._items)

    @property
    def complete(self) -> bool:
        """Whether all there is was read, so far; what came to nothing is remembered and asked for again."""
        bugs = self.crawler.stats.get_value("spider_exceptions/count", 0)
        return not (self.limited or self.dry_run or self.failures or self.unfit or bugs)

    async def start(self) -> AsyncIterator[Any]:
        """The first list pages; what they do not lead to is asked for when the last of them was read."""
        for url in self.series.lists:
            for request in self._ask_list(Asked("list", url, url), stale=0):
                yield request

    def parse_list(self, response: Response, *, asked: Asked, stale: int) -> Found:
        """The new articles of a list page, and the next list page."""
        reading = self._take(response, asked)
        if reading.outcome != "list":
            yield from self._failed(asked, reading.reason)
        else:
            self._failures_in_a_row = 0
            yield Outcome(asked.url, "list")
            yield from self._follow_list(reading, asked, stale)
        yield from self._close_list(asked)

    def parse_article(self, response: Response, *, asked: Asked) -> Found:
        """What became of a page of an article, and the article's other pages."""
        before = self.store.known(asked)
        reading = self._take(response, asked)
        if reading.outcome == "failed":
            yield from self._failed(asked, reading.reason)
            return
        self._failures_in_a_row = 0
        same = before is not None and before.sha256 == response.meta["archived"].known.sha256
        kind: Kind = "unchanged" if same and reading.outcome == "fetched" else reading.outcome
        yield Outcome(asked.url, kind, reading.reason or (_status(response) if response.status in GONE else ""))
        for url in reading.pages:
            yield from self._ask_article(url, priority=_PAGE)

    def give_up(self, failure: Failure) -> Found:
        """What became of a URL whose response did not come, or was not handed on."""
        if self.stopping:
            return
        asked, error = failure.request.cb_kwargs["asked"], failure.value  # type: ignore[attr-defined]  # Scrapy sets it
        reason = describe(error) if error else ""
        match error:
            case RefusedError():
                kind: Kind = error.kind
            case DownloadCancelledError():
                kind = "too-large"
            case _:
                kind = "failed"
        if kind == "failed":
            yield from self._failed(asked, reason)
        else:
            self._note(asked, kind, reason)
            yield Outcome(asked.url, kind, reason)
            if asked.kind == "list":
                self.failures += 1
                self.unread.append(asked.url)
        if asked.kind == "list":
            yield from self._close_list(asked)

    def _take(self, response: Response, asked: Asked) -> Reading:
        """The response read, and the state told where it says what became of the URL."""
        page = Page(response.body, response.url, (response.headers.get("Content-Type") or b"").decode("latin-1"))
        reading = read_response(asked, response.status, page, self.portal)
        if reading.unfit and self.store.state.has_listed(asked.origin):
            self.unfit.setdefault(reading.unfit, asked.url)
        if not reading.is_final:
            return reading if reading.reason else Reading("failed", _status(response))
        try:
            self.store.see(asked, response.meta["archived"], reading)
        except (OSError, ArchiveError) as error:
            self._give_up_run(error)
        return reading

    def _follow_list(self, reading: Reading, asked: Asked, stale: int) -> Found:
        count = len(self._items)
        self._check_urls(reading, asked)
        known = [self._is_known(item, asked.origin) for item in reading.items if self._counts(item)]
        for item in reading.items:
            self._items.add(item.url)
            if belongs(item, self.series):
                yield from self._ask_article(item.url, is_new=True)
        if any(known):
            self._met.add(asked.origin)
        if known and all(known) and not self.full:
            return
        if reading.next is None:
            self._check_end(asked)
        else:
            stale = 0 if len(self._items) > count else stale + 1
            yield from self._ask_list(Asked("list", reading.next, asked.origin), stale=stale)

    def _counts(self, item: Item) -> bool:
        """Whether the item tells how old the list is here: pinned ones stand above newer ones."""
        return not item.pinned and is_article(item.url, self.portal)

    def _is_known(self, item: Item, origin: str) -> bool:
        return self.store.state.was_listed(origin, article_url(item.url, self.portal).canonical)

    def _check_urls(self, reading: Reading, asked: Asked) -> None:
        """Where the newest items are no articles, and one of them is new, the portal writes its URLs otherwise now."""
        newest = [item for item in reading.items if not item.pinned and belongs(item, self.series)][:_NEWEST]
        if self.full or asked.url != asked.origin or len(newest) < _NEWEST or not self.store.state.has_mark():
            return
        is_news = any(not self._is_known(item, asked.origin) for item in newest)
        if is_news and not any(is_article(item.url, self.portal) for item in newest):
            self.unfit.setdefault("article.url", asked.url)

    def _check_end(self, asked: Asked) -> None:
        """Lists that end before anything known is met have lost their link to the next page."""
        state = self.store.state
        if not self.full and asked.origin not in self._met and state.has_mark() and state.has_listed(asked.origin):
            self.unfit.setdefault("list.next", asked.url)

    def _close_list(self, asked: Asked) -> Found:
        """When the last list was read without a failure: what failed or was never asked for, then what is due."""
        self._open_lists.discard(asked.url)
        if self._open_lists or self.failures:
            return
        for url in (*self.store.state.wanting(), *self.store.due(clock.now().date())):
            yield from self._ask_article(url)

    def _ask_list(self, asked: Asked, *, stale: int) -> Found:
        url = asked.url
        if url in self._lists or self.limited:
            self._open_lists.discard(url)
            return
        self._lists.add(url)
        if len(self._lists) > _MAX_LISTS or stale >= _MAX_STALE_LISTS:
            reason = f"left at {len(self._lists)} list pages, {stale} without anything new: they seem to have no end"
            self._open_lists.discard(url)
            yield from self._failed(asked, reason)
            return
        self._open_lists.add(url)
        yield self._request(asked, self.parse_list, _LIST, stale=stale)

    def _ask_article(self, url: str, *, priority: int = _ARTICLE, is_new: bool = False) -> Found:
        """One page of an article, once, whichever of its twins comes first; of ``is_new`` ones only those not known."""
        key = article_url(url, self.portal)
        if key in self._asked or (self.limited and key.canonical not in self.articles):
            return
        if is_new and self.store.state.is_settled(key.canonical):
            return
        self._asked.add(key)
        if not is_article(url, self.portal):
            yield Outcome(url, "not-article", "listed, but article.url of the profile does not match")
            return
        asked = Asked("article", url)
        if key.page > _MAX_ARTICLE_PAGES:
            yield from self._failed(asked, f"page {key.page} of one article: its pages seem to have no end")
            return
        self.articles.add(key.canonical)
        if self.dry_run:
            self.preview.append(url)
        else:
            yield self._request(asked, self.parse_article, priority)

    def _request(self, asked: Asked, callback: Any, priority: int, **more: int) -> Request:
        """A request for what has changed since the last time, where there was one."""
        request = Request(
            asked.url,
            callback,
            errback=self.give_up,
            priority=priority,
            cb_kwargs={"asked": asked, **more},
            meta={"asked": asked},
        )
        known = self.store.known(asked)
        if known and known.etag:
            request.headers["If-None-Match"] = known.etag.encode("latin-1")
        if known and known.modified:
            request.headers["If-Modified-Since"] = known.modified.encode("latin-1")
        return request

    def _failed(self, asked: Asked, reason: str) -> Found:
        logger.warning("failed %s: %s", asked.url, reason)
        self.failures += 1
        self._failures_in_a_row += 1
        self._note(asked, "failed", reason)
        yield Outcome(asked.url, "failed", reason)
        if self._failures_in_a_row >= _MAX_FAILURES_IN_A_ROW:
            raise CloseSpider(f"{_MAX_FAILURES_IN_A_ROW} pages failed one after the other")

    def _note(self, asked: Asked, kind: Kind, reason: str) -> None:
        try:
            self.store.note(asked, kind, reason)
        except (OSError, ArchiveError) as error:
            self._give_up_run(error)

    def _give_up_run(self, error: OSError | ArchiveError) -> None:
        """What cannot be kept need not be fetched."""
        note_fatal(self.crawler, error)
        raise CloseSpider("archive")


def _parse_limit(limit: int | str | None) -> int | None:
    if limit is None or str(limit).isdecimal():
        return limit if limit is None else int(limit)
    raise ValueError(f"limit: {limit!r} is no number of articles")


def manners_of(portal: Portal, settings: BaseSettings) -> Manners:
    """The manners that the settings ask for.

    :raises MannersError: as :func:`crawler.manners.manners_for`.
    """
    delay = settings["FANGTAN_DELAY"]
    return manners_for(
        portal,
        contact=settings["FANGTAN_CONTACT"],
        delay=None if delay is None else float(delay),
        proxy=settings["FANGTAN_PROXY"],
    )


def _status(response: Response) -> str:
    try:
        return f"{response.status} {HTTPStatus(response.status).phrase}"
    except ValueError:
        return str(response.status)
