"""A portal profile tried on saved pages, of articles and lists: which selector matches what, and what comes of it."""

from collections.abc import Iterator

import msgspec
from lxml import etree

from cleaners.article import Article, CleaningError
from cleaners.document import Document, read_document
from crawler import links
from crawler.page import Page
from crawler.portal import Portal, Template, selector_xpath
from crawler.urls import is_article
from output.lines import Quarantined
from output.listing import Listed, Source
from output.pages import clean_group, load
from output.profiles import Profiles

_SELECTORS = ("body", "lead", "title", "subtitle", "date", "source", "author", "editor", "column", "caption")


class Match(msgspec.Struct, frozen=True):
    """What one selector of the profile matches on one page."""

    key: str
    """Where it stands in the profile, e.g. ``template[0].body``."""

    selector: str
    """The selector."""

    count: int
    """Elements that it matches."""

    sample: str
    """The text of the first one."""


class Listing(msgspec.Struct, frozen=True):
    """What the profile reads from a list page."""

    items: int
    """Items with a link."""

    strangers: tuple[str, ...]
    """URLs among them that the profile does not take for an article's."""

    next: str | None
    """The next list page."""


class PageCheck(msgspec.Struct, frozen=True):
    """What a profile makes of one page."""

    fits_url: bool | None
    """Whether the page's URL is that of an article; None without one."""

    matches: tuple[Match, ...]
    """The selectors of the template whose body matches, of all templates where none does; none for embedded data."""

    embedded: bool
    """Whether the text is read from data in the page (``allData``), not through selectors."""

    outcome: Article | Quarantined
    """What cleaning makes of it."""

    listing: Listing | None = None
    """What is read from it as a list page; None for any other page."""

    @property
    def fits(self) -> bool:
        """Whether the profile reads this page: it is cleaned, from its data or from the body that the profile names, or it
        lists an article."""
        if self.listing:
            return self.listing.items > len(self.listing.strangers)
        named = self.embedded or any(match.key.endswith(".body") and match.count for match in self.matches)
        return named and isinstance(self.outcome, Article)


def check_page(source: Listed, portal: Portal) -> PageCheck:
    """The profile tried on one page: as a list where it has its items and no template's body, else as an article."""
    profiles = Profiles(forced=portal)
    outcome = clean_group((source,), profiles=profiles)
    page = None if isinstance(source, Quarantined) else _page(source, profiles)
    document = _document(page, portal) if page else None
    listing = _listing(page, portal) if page and document and document.body is None and document.embedded is None else None
    return PageCheck(
        fits_url=is_article(source.url, portal) if source.url and not listing else None,
        matches=tuple(_list_matches(document, portal) if listing else _matches(document, portal)) if document else (),
        embedded=document is not None and document.embedded is not None,
        outcome=outcome,
        listing=listing,
    )


def _page(source: Source, profiles: Profiles) -> Page | None:
    """The page loaded; None where it cannot be, which cleaning has said already."""
    try:
        return load(source, profiles)
    except (CleaningError, ValueError, OSError):
        return None


def _document(page: Page, portal: Portal) -> Document | None:
    """The page read; None where it cannot be, which cleaning has said already."""
    try:
        return read_document(page, 0, portal)
    except CleaningError:
        return None


def _listing(page: Page, portal: Portal) -> Listing | None:
    """What a crawl would follow from the page; a saved one without a URL is taken for the first list of the profile."""
    first_lists = [url for series in portal.series.values() for url in series.lists]
    url = page.url or next(iter(first_lists), f"http://{portal.hosts[0]}/")
    document = links.read_document(msgspec.structs.replace(page, url=url))
    items = [item.url for item in links.list_items(document, portal)]
    if not items and url not in first_lists:
        return None
    return Listing(
        items=len(items),
        strangers=tuple(item for item in items if not is_article(item, portal)),
        next=links.next_list(document, portal),
    )


def _list_matches(document: Document, portal: Portal) -> Iterator[Match]:
    for key in ("item", "next", "pinned"):
        if selector := getattr(portal.list, key, ""):
            yield _match(document, f"list.{key}", selector)


def _matches(document: Document, portal: Portal) -> Iterator[Match]:
    if document.embedded is not None:
        return
    tried = [(f"template[{number}]", template) for number, template in enumerate(portal.template)]
    used = [(name, template) for name, template in tried if _match(document, "", template.body).count]
    for name, template in used[:1] or tried:
        for key, selector in _selectors(template):
            yield _match(document, f"{name}.{key}", selector)


def _selectors(template: Template) -> Iterator[tuple[str, str]]:
    yield from ((key, getattr(template, key)) for key in _SELECTORS if getattr(template, key))
    yield from (("remove", selector) for selector in template.remove)


def _match(document: Document, key: str, selector: str) -> Match:
    found = document.root.xpath(selector_xpath(selector)) if document.root is not None else []
    elements = [node for node in found if isinstance(node, etree._Element)] if isinstance(found, list) else []
    sample = " ".join("".join(map(str, elements[0].itertext())).split())[:40] if elements else ""
    return Match(key, selector, len(elements), sample)
