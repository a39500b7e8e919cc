"""A portal profile tried on saved pages: which selector matches what."""

from collections.abc import Iterator

import msgspec
from lxml import etree

from cleaners.article import Article, CleaningError
from cleaners.document import Document, read_document
from crawler.portal import Portal, Template, selector_xpath
from crawler.urls import is_article
from output.lines import Quarantined
from output.pages import Listed, Profiles, Source, clean_group, load

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

    @property
    def fits(self) -> bool:
        """Whether the profile reads this page: it is cleaned, from its data or from the body that the profile names."""
        named = self.embedded or any(match.key.endswith(".body") and match.count for match in self.matches)
        return named and isinstance(self.outcome, Article)


def check_page(source: Listed, portal: Portal) -> PageCheck:
    """The profile tried on one page."""
    profiles = Profiles(forced=portal)
    outcome = clean_group((source,), profiles=profiles)
    document = None if isinstance(source, Quarantined) else _document(source, profiles, portal)
    return PageCheck(
        fits_url=is_article(source.url, portal) if source.url else None,
        matches=tuple(_matches(document, portal)) if document else (),
        embedded=document is not None and document.embedded is not None,
        outcome=outcome,
    )


def _document(source: Source, profiles: Profiles, portal: Portal) -> Document | None:
    """The page read; None where it cannot be, which cleaning has said already."""
    try:
        return read_document(load(source, profiles), 0, portal)
    except (CleaningError, ValueError, OSError):
        return None


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
