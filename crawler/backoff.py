"""Retries that give a portal in trouble time: ever longer pauses, and those that it asks for."""

from __future__ import annotations

import asyncio
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from scrapy.downloadermiddlewares.retry import RetryMiddleware

from crawler import clock

if TYPE_CHECKING:
    from datetime import datetime

    from scrapy.core.downloader import Slot
    from scrapy.http import Request, Response

    from crawler.spiders.series import SeriesSpider

MAX_DELAY = 60.0
"""Seconds between two requests that repeated trouble leads to at most; a profile or robots.txt may ask for more."""
MAX_WAIT = 3600.0
"""Seconds of ``Retry-After`` that a run waits; asked for more, it ends."""

_BUSY = frozenset({429, 503})
_LOOK = 0.2  # seconds between two looks at whether a signal ended the run


class BackoffMiddleware(RetryMiddleware):
    """Retries as Scrapy does; each failure doubles the pause between requests, each success halves it again."""

    async def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]  # Scrapy awaits it
        result = super().process_response(request, response)
        if response.status >= 500 or response.status in _BUSY:
            self._slow_down(request)
        elif response.status < 400:
            self._speed_up(request)
        if response.status in _BUSY:
            await self._wait(retry_after(response.headers.get("Retry-After"), clock.now()), response)
        return result

    def process_exception(  # type: ignore[override]  # the third argument is Scrapy's of old
        self, request: Request, exception: Exception
    ) -> Request | Response | None:
        result = super().process_exception(request, exception)
        if result is not None:
            self._slow_down(request)
        return result

    async def _wait(self, seconds: float, response: Response) -> None:
        spider = cast("SeriesSpider", self.crawler.spider)
        if seconds > MAX_WAIT:
            reason = f"{response.url} asks to be left alone for {seconds:.0f} s"
            self._closing = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason=reason))
            return
        end = asyncio.get_running_loop().time() + seconds
        while not spider.stopping and (left := end - asyncio.get_running_loop().time()) > 0:
            await asyncio.sleep(min(left, _LOOK))

    def _slow_down(self, request: Request) -> None:
        if slot := self._slot(request):
            slot.delay = max(slot.delay, min(slot.delay * 2, MAX_DELAY))

    def _speed_up(self, request: Request) -> None:
        if slot := self._slot(request):
            usual = self.crawler.engine.downloader.per_slot_settings.get(self._host(request), {}).get("delay")
            slot.delay = max(slot.delay / 2, self.crawler.settings.getfloat("DOWNLOAD_DELAY") if usual is None else usual)

    def _slot(self, request: Request) -> Slot | None:
        return self.crawler.engine.downloader.slots.get(self._host(request))

    def _host(self, request: Request) -> str:
        return urlsplit(request.url).hostname or ""


def retry_after(value: bytes | None, now: datetime) -> float:
    """The seconds that a ``Retry-After`` header asks for, in seconds or as a date; 0 for none or nonsense.

    >>> from datetime import UTC, datetime
    >>> now = datetime(2026, 11, 23, 4, 5, 6, tzinfo=UTC)
    >>> retry_after(b"120", now), retry_after(b"Mon, 23 Nov 2026 04:06:06 GMT", now), retry_after(b"soon", now)
    (120.0, 60.0, 0.0)
    """
    text = (value or b"").decode("latin-1").strip()
    if text.isdecimal():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - now).total_seconds())
    except (TypeError, ValueError):
        return 0.0
