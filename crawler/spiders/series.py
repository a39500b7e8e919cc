"""The one spider: an interview series, from its list pages to the last page of each article."""

import logging
import re
from collections.abc import AsyncIterator, Iterator
from http import HTTPStatus
from typing import Any, Self, TypeAlias

import scrapy
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from crawler.capture import HTML
from crawler.links import Document, is_soft_gone, list_items, more_pages, next_list, read_document
from crawler.manners import manners_for
from crawler.middlewares import RefusedError, describe
from crawler.outcome import Kind, Outcome
from crawler.page import Page
from crawler.portal import Portal, find_series, load_portal
from crawler.urls import ArticleUrl, article_url, is_article

Found: TypeAlias = Iterator[Request | Outcome]

logger = logging.getLogger(__name__)

_LIST, _PAGE, _ARTICLE = 20, 10, 0
"""Priorities: all lists, then article by article, each to its last page."""

# Portals answer pages beyond the end with the last one again, or link for ever: a run must end.
_MAX_LISTS = 2_000
_MAX_STALE_LISTS = 3
_MAX_ARTICLE_PAGES = 200
_GONE = frozenset({404, 410})


class SeriesSpider(scrapy.Spider):
    """``scrapy crawl series -a portal=jl_ifeng -a series=anquan``"""

    name = "series"

    def __init__(self, portal: Portal | str = "", series: str = "", limit: int | str | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.portal = portal if isinstance(portal, Portal) else load_portal(portal)
        self.series_name = series
        self.series = find_series(self.portal, series)
        self.limit = int(limit) if limit is not None else None
        self.articles: set[str] = set()
        """Canonical URLs of the articles asked for."""
        self._asked: set[ArticleUrl] = set()
        self._lists: set[str] = set()
        self._items: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """The spider, after its manners have become settings; here, so that ``scrapy crawl`` has them too."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        settings = crawler.settings
        manners = manners_for(
            spider.portal,
            contact=settings["FANGTAN_CONTACT"],
            delay=settings["FANGTAN_DELAY"] if settings["FANGTAN_DELAY"] is None else float(settings["FANGTAN_DELAY"]),
            proxy=settings["FANGTAN_PROXY"],
        )
        settings.set("USER_AGENT", manners.user_agent, priority="cmdline")
        settings.set("DOWNLOAD_DELAY", manners.delay, priority="cmdline")
        return spider

    @property
    def limited(self) -> bool:
        """Whether ``limit`` articles were asked for, so that more may be left."""
        return self.limit is not None and len(self.articles) >= self.limit

    async def start(self) -> AsyncIterator[Any]:
        """The first list pages."""
        for url in self.series.lists:
            for request in self._ask_list(url, stale=0):
                yield request

    def parse_list(self, response: Response, *, asked: str, stale: int) -> Found:
        """The articles of a list page, and the next list page."""
        if response.status != 200:
            yield _failed(asked, _status(response))
            return
        document = _document(response)
        items = tuple(list_items(document, self.portal))
        if not items and asked in self.series.lists:
            yield _failed(asked, f"no item on this list page; does list.item of the profile {self.portal.name!r} still fit?")
            return
        yield Outcome(asked, "list")
        known = len(self._items)
        for item in items:
            self._items.add(item.url)
            if re.search(self.series.match, item.title):
                yield from self._ask_article(item.url)
        if url := next_list(document, self.portal):
            yield from self._ask_list(url, stale=0 if len(self._items) > known else stale + 1)

    def parse_article(self, response: Response, *, asked: str) -> Found:
        """What became of a page of an article, and the article's other pages."""
        outcome = self._judge(response, asked)
        yield outcome
        if outcome.kind == "fetched":
            for url in more_pages(_document(response), self.portal):
                yield from self._ask_article(url, priority=_PAGE)

    def give_up(self, failure: Failure) -> Found:
        """What became of a URL whose response did not come, or was not handed on."""
        asked, error = failure.request.cb_kwargs["asked"], failure.value  # type: ignore[attr-defined]  # Scrapy sets it
        reason = describe(error) if error else ""
        match error:
            case RefusedError():
                kind: Kind = error.kind
            case DownloadCancelledError():
                kind = "too-large"
            case _:
                kind = "failed"
        yield _failed(asked, reason) if kind == "failed" else Outcome(asked, kind, reason)

    def _judge(self, response: Response, asked: str) -> Outcome:
        """What a response is, before anybody cleans it."""
        mime = (response.headers.get("Content-Type") or b"").decode("latin-1").partition(";")[0].strip().lower()
        if response.status in _GONE:
            return Outcome(asked, "gone", _status(response))
        if response.status != 200:
            return _failed(asked, _status(response))
        if not is_article(response.url, self.portal):
            return Outcome(asked, "not-article", f"redirected to {response.url}")
        if mime not in HTML:
            return Outcome(asked, "not-article", mime)
        if is_soft_gone(_document(response), self.portal):
            return Outcome(asked, "gone", self.portal.article.gone)
        return Outcome(asked, "fetched")

    def _ask_list(self, url: str, *, stale: int) -> Found:
        if url in self._lists or self.limited:
            return
        self._lists.add(url)
        if len(self._lists) > _MAX_LISTS or stale >= _MAX_STALE_LISTS:
            yield _failed(url, f"left at {len(self._lists)} list pages, {stale} without anything new: they seem to have no end")
            return
        yield self._request(url, self.parse_list, _LIST, stale=stale)

    def _ask_article(self, url: str, *, priority: int = _ARTICLE) -> Found:
        """One page of an article, once, whichever of its twins comes first."""
        key = article_url(url, self.portal)
        if key in self._asked or (self.limited and key.canonical not in self.articles):
            return
        self._asked.add(key)
        if not is_article(url, self.portal):
            yield Outcome(url, "not-article", "listed, but article.url of the profile does not match")
            return
        if key.page > _MAX_ARTICLE_PAGES:
            yield _failed(url, f"page {key.page} of one article: its pages seem to have no end")
            return
        self.articles.add(key.canonical)
        yield self._request(url, self.parse_article, priority)

    def _request(self, url: str, callback: Any, priority: int, **more: int) -> Request:
        return Request(url, callback, errback=self.give_up, priority=priority, cb_kwargs={"asked": url, **more})


def _document(response: Response) -> Document:
    content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
    return read_document(Page(response.body, response.url, content_type))


def _status(response: Response) -> str:
    try:
        return f"{response.status} {HTTPStatus(response.status).phrase}"
    except ValueError:
        return str(response.status)


def _failed(url: str, reason: str) -> Outcome:
    logger.warning("failed %s: %s", url, reason)
    return Outcome(url, "failed", reason)
