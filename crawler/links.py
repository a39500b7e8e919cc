"""Which pages a page leads to: pure functions, no Scrapy."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import etree
from w3lib.encoding import html_to_unicode
from w3lib.html import get_base_url

from crawler.page import Page
from crawler.portal import Portal, selector_xpath
from crawler.urls import article_url


class Document(NamedTuple):
    """A parsed page."""

    root: etree._Element
    url: str
    """The page's own URL."""

    base: str
    """What its links are relative to."""


class Item(NamedTuple):
    """One item of a list page."""

    url: str
    title: str
    """Text of the link; where it has a ``title`` that says more, a space and that."""

    pinned: bool = False
    """Whether it is pinned (置顶) to its place, whatever its age."""


def read_document(page: Page) -> Document:
    """``page``, parsed for its links; the text is decoded well enough for a headline, never for the corpus."""
    text = _decode(page).replace("\0", "")
    parser = etree.HTMLParser(encoding="utf-8")
    root = etree.fromstring(text.encode("utf-8", "replace") or b"<html/>", parser)
    url = page.url or ""
    return Document(root if root is not None else etree.Element("html"), url, get_base_url(text, url))


def list_items(document: Document, portal: Portal) -> Iterator[Item]:
    """The items of a list page in order; an item without a link is none."""
    if portal.list is None:
        return
    pinned = set(_select(document.root, portal.list.pinned)) if portal.list.pinned else set()
    for element in _select(document.root, portal.list.item):
        link = next(iter(_select(element, portal.list.link)), None)
        url = _target(document, link) if link is not None else None
        if link is not None and url:
            yield Item(url, _title(link), element in pinned)


def missing_selector(document: Document, portal: Portal) -> str:
    """The key of the profile that finds nothing on a list page, where that leaves it without items: ``list.item``."""
    if portal.list is None or not any(True for _ in _select(document.root, portal.list.item)):
        return "list.item"
    return "list.link"


def next_list(document: Document, portal: Portal) -> str | None:
    """The next list page; None at the end, where portals leave the link and let it lead nowhere (``javascript:void(0)``)."""
    if portal.list is None or not portal.list.next:
        return None
    return next((url for url in _targets(document, _select(document.root, portal.list.next)) if url != document.url), None)


def more_pages(document: Document, portal: Portal) -> tuple[str, ...]:
    """The URLs of other pages of the same article, each page once, in order of their numbers."""
    if not portal.article.next:
        return ()
    own = article_url(document.url, portal)
    url_by_page: dict[int, str] = {}
    for url in _targets(document, _select(document.root, portal.article.next)):
        canonical, page = article_url(url, portal)
        if canonical == own.canonical and page != own.page:
            url_by_page.setdefault(page, url)
    return tuple(url_by_page[page] for page in sorted(url_by_page))


def unlinked_pages(document: Document, portal: Portal) -> tuple[int, ...]:
    """Numbers of other pages of the article that links lead to; where :func:`more_pages` finds none, it no longer fits."""
    if not (portal.article.next and portal.article.page):
        return ()
    own = article_url(document.url, portal)
    stem = own.canonical.rpartition("/")[2].partition(".")[0]  # most links are of other articles, and need no parsing
    links = (link for link in document.root.iter("a") if stem in (link.get("href") or ""))
    others = (article_url(url, portal) for url in _targets(document, links))
    return tuple(sorted({page for canonical, page in others if canonical == own.canonical and page != own.page}))


def matches(document: Document, selector: str) -> bool:
    """Whether the selector finds something on the page."""
    return next(iter(_select(document.root, selector)), None) is not None


def is_soft_gone(document: Document, portal: Portal) -> bool:
    """Whether a page that came with status 200 says that the article is gone."""
    return bool(portal.article.gone) and matches(document, portal.article.gone)


def _decode(page: Page) -> str:
    """UTF-8 where it can be, whatever is declared; else as declared; else GB18030."""
    try:
        return page.body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return html_to_unicode(page.content_type or None, page.body, default_encoding="gb18030")[1]


def _select(element: etree._Element, selector: str) -> Iterable[etree._Element]:
    found = _compiled(selector)(element)
    return [node for node in found if isinstance(node, etree._Element)] if isinstance(found, list) else []


@lru_cache(maxsize=512)  # translating one takes .4 ms, and a list page asks for the link of its items with each item
def _compiled(selector: str) -> etree.XPath:
    return etree.XPath(selector_xpath(selector))


def _targets(document: Document, links: Iterable[etree._Element]) -> Iterator[str]:
    return filter(None, (_target(document, link) for link in links))


def _target(document: Document, link: etree._Element) -> str | None:
    """Where a link leads, absolute and without fragment; None where it leads nowhere."""
    href = re.sub(r"[\t\r\n]", "", link.get("href") or "").strip()
    if not href or href.startswith("#"):
        return None
    try:
        url = urldefrag(urljoin(document.base, href)).url
        parts = urlsplit(url)
        return url if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 else None
    except ValueError:  # e.g. http://[
        return None


def _title(link: etree._Element) -> str:
    text = " ".join("".join(map(str, link.itertext())).split())
    more = " ".join((link.get("title") or "").split())
    return text if not more or more in text else f"{text} {more}".strip()
