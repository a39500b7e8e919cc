"""Which profile reads which page: by its URL, or the one that it calls canonical."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

import msgspec

from crawler.page import Page
from crawler.portal import MAX_PAGE_BYTES, Portal, load_portal, portal_names
from crawler.urls import HasUrl, article_id, article_url

_LINK = re.compile(rb"<link\b[^>]{0,2000}>", re.IGNORECASE)
_CANONICAL = re.compile(rb"""\brel\s*=\s*["']?canonical\b""", re.IGNORECASE)
_HREF = re.compile(rb"""\bhref\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_HEAD_BYTES = 2**17  # heads of real pages end well below: the longest of 352 has 40 KB


class Profiles(msgspec.Struct, frozen=True):
    """Which profile reads which page."""

    forced: Portal | None = None
    """The profile that ``--portal`` names: it reads every page."""

    portal_by_host: Mapping[str, Portal] = {}
    """The shipped profiles by host."""

    def of(self, source: HasUrl) -> Portal | None:
        """The profile that the URL alone calls for."""
        return self.of_url(source.url)

    def of_url(self, url: str | None) -> Portal | None:
        """The profile that knows the URL's host."""
        return self.forced or self.portal_by_host.get(host_of(url))

    def max_bytes(self, url: str | None) -> int:
        """Bytes over which a page of this URL is never parsed."""
        portal = self.of_url(url)
        return portal.max_page_bytes if portal else MAX_PAGE_BYTES

    def of_page(self, page: Page) -> Portal | None:
        """The profile of the page's URL, else that of its ``<link rel=canonical>``."""
        return self.of_url(page.url or canonical_url(page.body))


def load_profiles(name: str | None = None) -> Profiles:
    """All shipped profiles by host, or the one that ``name`` asks for.

    :raises ProfileError: there is no such profile, or it cannot be used.
    """
    if name is not None:
        return Profiles(forced=load_portal(name))
    portals = map(load_portal, portal_names())
    return Profiles(portal_by_host={host: portal for portal in portals for host in portal.hosts})


def article_ids(what: str, profiles: Profiles) -> frozenset[str]:
    """The ids that an id, or the URL of any page or twin of an article, may mean: with the host's profile and without.

    :raises ValueError: no parser takes the URL.
    """
    if "/" not in what:
        return frozenset({what.lower()})
    url = what if "//" in what else f"http://{what}"
    return frozenset(article_id(article_url(url, portal).canonical) for portal in (profiles.of_url(url), None))


def is_url(text: str) -> bool:
    """Whether this is the URL of a page.

    >>> is_url("https://news.example.com/1.html"), is_url("news.example.com/1.html"), is_url("file:///1.html")
    (True, False, False)
    """
    return text.strip().lower().startswith(("http://", "https://")) and bool(host_of(text.strip()))


def canonical_url(body: bytes) -> str | None:
    """The ``<link rel=canonical>`` of a page, or None.

    >>> canonical_url(b'<link rel="canonical" href="http://jl.ifeng.com/a/1_0.shtml">')
    'http://jl.ifeng.com/a/1_0.shtml'
    """
    for link in _LINK.findall(body[:_HEAD_BYTES]):
        if _CANONICAL.search(link) and (href := _HREF.search(link)):
            return href[1].decode("ascii", "replace")
    return None


def host_of(url: str | None) -> str:
    """The host in lower case; empty where there is none, or what stands there is no URL.

    >>> host_of("HTTP://JL.ifeng.com/a"), host_of("http://[1")
    ('jl.ifeng.com', '')
    """
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:
        return ""
