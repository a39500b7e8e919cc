"""URLs: canonical form, article id, and which pages are one article."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, Protocol, TypeVar
from urllib.parse import urlsplit

from crawler.portal import Portal

# Parameters that say how a reader came, never what is read.
_TRACKING = re.compile(
    r"(?:utm_\w+|spm|fbclid|gclid|msclkid|_zbs_\w+|srctag|isappinstalled)(?:=.*)?"
    r"|from=(?:timeline|singlemessage|groupmessage)"
)


class HasUrl(Protocol):
    """A page, or whatever stands for one before it is loaded."""

    @property
    def url(self) -> str | None: ...


T = TypeVar("T", bound=HasUrl)


class ArticleUrl(NamedTuple):
    """What a URL says about the article it belongs to."""

    canonical: str
    """Host in lower case, path and query, no scheme; the same for all pages and twins of one article."""

    page: int
    """Number of the page within the article, the first is 0."""


def article_url(url: str, portal: Portal | None = None) -> ArticleUrl:
    """The canonical form of ``url`` and its page number.

    >>> article_url("https://News.Example.com/a?id=7&utm_source=x#top")
    ArticleUrl(canonical='news.example.com/a?id=7', page=0)

    :raises ValueError: no parser takes the URL, e.g. ``http://[1``.
    """
    parts = urlsplit(url.strip())
    host = _host(parts.hostname or "", parts.port)
    path, page, query = parts.path or "/", 0, _identity(parts.query)
    if portal is not None:
        query = "" if portal.article.drop_query else query
        path, page = _cut_page(path, portal)
    return ArticleUrl(host + path + (f"?{query}" if query else ""), page)


def article_id(canonical: str) -> str:
    """The stable id of an article: the first 16 hex digits of SHA-256 over its canonical URL."""
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def is_article(url: str, portal: Portal) -> bool:
    """Whether ``url`` is on one of the portal's hosts and its path is that of an article."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.hostname in portal.hosts and re.fullmatch(portal.article.url, parts.path) is not None


def group_pages(pages: Iterable[T], portal_of: Callable[[T], Portal | None]) -> Iterator[tuple[T, ...]]:
    """The responses of each article in reading order, one tuple an article and capture, in order of first response.

    A page whose article already has that page number begins a new capture of the article. What has no URL stands
    alone. Crawl, clean and reclean all group with this function. Memory: all of the input, so hand in
    references where pages would be many.
    """
    groups: list[dict[int, T]] = []
    open_group: dict[str, dict[int, T]] = {}
    for page in pages:
        key, number = article_url(page.url, portal_of(page)) if page.url else ("", 0)
        group = open_group.get(key)
        if not page.url or group is None or number in group:
            group = open_group[key] = {}
            groups.append(group)
        group[number] = page
    for group in groups:
        yield tuple(group[number] for number in sorted(group))


def _host(host: str, port: int | None) -> str:
    return host.lower() if port in (None, 80, 443) else f"{host.lower()}:{port}"


def _identity(query: str) -> str:
    """The query without tracking parameters, otherwise byte for byte: decoding would merge GBK-escaped values."""
    return "&".join(pair for pair in query.split("&") if pair and not _TRACKING.fullmatch(pair))


def _cut_page(path: str, portal: Portal) -> tuple[str, int]:
    found = re.search(portal.article.page, path) if portal.article.page else None
    if not found:
        return path, 0
    return path[: found.start()] + path[found.end() :], int(found[1]) - portal.article.first_page
