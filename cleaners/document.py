"""A page, read: decoded, parsed, walked into blocks, with what its head and its data say."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from cleaners.article import Block, CleaningError
from cleaners.blocks import BLOCK_TAGS, Blocks, Element, TextNode, block_element, parse_html, walk
from cleaners.decode import Decoded, decode
from cleaners.embedded import Embedded, Fragment, find_embedded
from cleaners.foreign import foreign_kind
from cleaners.scripts import find_scripted
from crawler.page import Page
from crawler.portal import MAX_PAGE_BYTES, Portal, Template, selector_xpath

_FIELDS = ("title", "subtitle", "date", "source", "author", "editor", "column")


class Document(NamedTuple):
    """One response, ready to be judged."""

    number: int
    """Number of the response within the article, from 0."""

    page: Page
    decoded: Decoded
    blocks: tuple[Block, ...]
    nodes: tuple[TextNode, ...]
    """Beside each block its first text node."""

    root: Element | None
    """First top-level element of the HTML."""

    body: Element | None
    """The element that the profile's template selects, or None."""

    embedded: Embedded | None
    """The article's data where the text was read from there."""

    prefixes: tuple[str, ...]
    """What stands before each block's XPath: the fragment's path within the data, else nothing."""

    def xpath(self, index: int) -> str:
        """Where the block with this index stands."""
        element = self.nodes[index].holder
        return self.prefixes[index] + str(element.getroottree().getpath(element))

    def kind(self, index: int) -> str:
        """What the page calls the block's element: ``div.talk/p.question``."""
        element = block_element(self.nodes[index].holder)
        parent = element.getparent()
        names = ((each.tag, each.get("class") or "") for each in (parent, element) if each is not None)
        return "/".join(f"{tag}.{name}" for tag, name in names)


def read_document(page: Page, number: int, portal: Portal | None) -> Document:
    """The page as blocks without verdicts.

    :raises CleaningError: ``too-large``, ``empty``, ``binary``, ``mojibake``, ``not-html``, ``too-deep``, ``gone``.
    """
    limit = portal.max_page_bytes if portal else MAX_PAGE_BYTES
    if len(page.body) > limit:
        raise CleaningError(
            "too-large", f"{len(page.body)} bytes, the limit is {limit}; raise max_page_bytes if it is an article"
        )
    decoded = decode(page.body, page.content_type)
    if kind := foreign_kind(decoded.text):
        raise CleaningError("not-html", f"this is {kind}; hand in HTML pages, WARC or WACZ files")
    root = parse_html(decoded.text)
    if portal and root is not None and portal.article.gone and _select(root, portal.article.gone):
        raise CleaningError("gone", "the portal answers with its page for what is not there")
    if embedded := find_embedded(decoded.text):
        blocks, prefixes = _walk_fragments(embedded.fragments, number)
        return Document(number, page, decoded, *blocks, root, None, embedded, prefixes)
    blocks = Blocks((), ())
    template, body = _template(root, portal)
    if root is not None:
        blocks = walk(root, page=number, marks=_marks(root, body, template, decoded.text))
    return Document(number, page, decoded, *blocks, root, body, None, ("",) * len(blocks.blocks))


def with_scripted(document: Document) -> Document | None:
    """The document with the article that its scripts hold behind its blocks, as the body; None where they hold none."""
    fragment = find_scripted(document.root) if document.root is not None else None
    root = parse_html(fragment.html) if fragment else None
    if fragment is None or root is None:
        return None
    found = walk(root, page=document.number, first=len(document.blocks), marks={root: ("body",)})
    return document._replace(
        blocks=(*document.blocks, *found.blocks),
        nodes=(*document.nodes, *found.nodes),
        body=root,
        prefixes=(*document.prefixes, *([fragment.path] * len(found.blocks))),
    )


def _walk_fragments(fragments: tuple[Fragment, ...], number: int) -> tuple[Blocks, tuple[str, ...]]:
    """The blocks of the data's pieces of HTML, which stand in for the document."""
    blocks: list[Block] = []
    nodes: list[TextNode] = []
    prefixes: list[str] = []
    for fragment in fragments:
        root = parse_html(fragment.html)
        if root is not None:
            found = walk(root, page=number, first=len(blocks))
            blocks += found.blocks
            nodes += found.nodes
            prefixes += [fragment.path] * len(found.blocks)
    return Blocks(tuple(blocks), tuple(nodes)), tuple(prefixes)


def _template(root: Element | None, portal: Portal | None) -> tuple[Template | None, Element | None]:
    """The first template whose body stands on the page, and that element."""
    if root is not None and portal is not None:
        for template in portal.template:
            if found := _select(root, template.body):
                return template, found[0]
    return None, None


def _marks(root: Element, body: Element | None, template: Template | None, source: str) -> dict[Element, tuple[str, ...]]:
    marks: dict[Element, tuple[str, ...]] = {}
    if template is None or body is None:
        return marks
    marks[body] = ("body",)
    for mark, selector in _selectors(template):
        for element in _select(root, selector) if _may_match(selector, source) else ():
            if element.tag in BLOCK_TAGS or "".join(map(str, element.itertext())).strip():
                marks[element] = (*marks.get(element, ()), mark)
    return marks


def _selectors(template: Template) -> Iterator[tuple[str, str]]:
    for name in _FIELDS:
        if selector := getattr(template, name):
            yield f"field/{name}", selector
    if template.lead:
        yield "lead", template.lead
    if template.caption:
        yield "caption", template.caption
    for selector in template.remove:
        yield f"remove:{selector}", selector


def _select(root: Element, selector: str) -> list[Element]:
    found = _compiled(selector)(root)
    return [element for element in found if isinstance(element, etree._Element)] if isinstance(found, list) else []


def _may_match(selector: str, source: str) -> bool:
    """Whether the ids and classes of one of a CSS selector's alternatives stand in the page at all: a third of the cost."""
    return any(all(name in source for name in names) for names in _names(selector))


@lru_cache(maxsize=512)
def _names(selector: str) -> tuple[tuple[str, ...], ...]:
    alternatives = selector.split(",") if re.match(r"[\w\s.#>,*+~-]+$", selector) else [""]
    return tuple(tuple(re.findall(r"[#.]([\w-]+)", alternative)) for alternative in alternatives)


@lru_cache(maxsize=512)
def _compiled(selector: str) -> etree.XPath:
    return etree.XPath(selector_xpath(selector))


def head_value(document: Document, *names: str) -> str:
    """The first ``<meta>`` content under one of ``names`` (``name`` or ``property``, odd spaces ignored); empty if none."""
    metas = _metas(document.root)
    return next((metas[name] for name in names if metas.get(name)), "")


def head_title(document: Document) -> str:
    """The text of ``<title>``, white space collapsed; empty if there is none."""
    found = document.root.find(".//title") if document.root is not None else None
    return " ".join("".join(map(str, found.itertext())).split()) if found is not None else ""


def _metas(root: Element | None) -> Mapping[str, str]:
    metas: dict[str, str] = {}
    for meta in root.iter("meta") if root is not None else ():
        name = re.sub(r"\s+", "", meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if name and (content := (meta.get("content") or "").strip()):
            metas.setdefault(name, content)
    return metas
