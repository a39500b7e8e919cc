"""What a response says to a crawl: pure functions, so that the archive says the same when it is read again."""

import msgspec

from crawler.capture import HTML
from crawler.links import Document, Item, is_soft_gone, list_items, missing_selector, more_pages, next_list, read_document
from crawler.outcome import Kind
from crawler.page import Page
from crawler.portal import Portal
from crawler.records import Asked
from crawler.urls import is_article

GONE = frozenset({404, 410})


class Reading(msgspec.Struct, frozen=True):
    """One response, read."""

    outcome: Kind
    """What became of the URL."""

    reason: str = ""
    """What was found, in words."""

    items: tuple[Item, ...] = ()
    """Of a list page: its items in order."""

    next: str | None = None
    """Of a list page: the next one."""

    pages: tuple[str, ...] = ()
    """Of an article's page: the article's other pages."""

    unfit: str = ""
    """The key of the profile that finds nothing where it must: ``list.item``."""

    @property
    def is_final(self) -> bool:
        """Whether the response alone says what became of the URL; else a note must."""
        return self.outcome in ("list", "fetched", "gone", "not-article")


def read_response(asked: Asked, status: int, page: Page, portal: Portal) -> Reading:
    """What the response to ``asked`` says; ``page`` has content codings undone, and the URL after redirects."""
    if asked.kind == "list":
        return _read_list(asked, page, portal) if status == 200 else Reading("failed")
    if status in GONE:
        return Reading("gone")
    return _read_article(page, portal) if status == 200 else Reading("failed")


def _read_list(asked: Asked, page: Page, portal: Portal) -> Reading:
    document = read_document(page)
    items = tuple(list_items(document, portal))
    if not items and asked.url == asked.origin:
        unfit = missing_selector(document, portal)
        reason = f"no item on this list page; does {unfit} of the profile {portal.name!r} still fit?"
        return Reading("failed", reason, unfit=unfit)
    return Reading("list", items=items, next=next_list(document, portal))


def _read_article(page: Page, portal: Portal) -> Reading:
    if not is_article(page.url or "", portal):
        return Reading("not-article", f"redirected to {page.url}")
    mime = page.content_type.partition(";")[0].strip().lower()
    if mime not in HTML:
        return Reading("not-article", mime)
    document: Document = read_document(page)
    if is_soft_gone(document, portal):
        return Reading("gone", portal.article.gone)
    return Reading("fetched", pages=more_pages(document, portal))
