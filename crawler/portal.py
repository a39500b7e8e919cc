"""All knowledge about one portal, read from a TOML profile."""

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, get_args, get_type_hints
from urllib.parse import urlsplit

import cssselect
import msgspec
from lxml import etree

PROFILES = Path(__file__).parent / "portals"
MAX_PAGE_BYTES = 8 * 2**20


class ProfileError(ValueError):
    """A profile cannot be used; the message names file, key and remedy."""


class Series(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One interview series of a portal."""

    title: str
    """As printed on the portal, e.g. ``创建全国最安全省份``."""

    lists: tuple[str, ...]
    """URLs of the first list pages."""

    match: str = ""
    """Regular expression that the title of a list item must contain; empty takes every item."""


class Lists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a list page is read."""

    item: str
    """Selector of one item."""

    link: str = "a"
    """Selector of the item's link inside the item; its ``href`` is the article, its text the title."""

    next: str = ""
    """Selector of the link to the next list page; a ``javascript:`` link is the end."""

    pinned: str = ""
    """Selector that matches a pinned (置顶) item itself."""


class Articles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How article URLs are built."""

    url: str
    """Regular expression that the path of every article URL matches from its start to its end."""

    page: str = ""
    """Regular expression of the page suffix within the path, its one group the page number: ``_(\\d+)(?=\\.shtml)``."""

    first_page: int = 0
    """The number of the first page."""

    next: str = ""
    """Selector of links to further pages of the same article."""

    drop_query: bool = False
    """Whether the query is no part of the article's identity."""

    gone: str = ""
    """Selector that only a soft 404 page has."""


class Revisit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When known articles are asked for again, to find what was edited or deleted."""

    ages: tuple[int, ...] = (1, 3, 7, 30, 90, 365)
    """Days after its first visit at which an article is due, rising; after the last one it is due every so many days.
    Empty: never."""

    most: int = 100
    """Articles revisited in one run at most, those first that were not asked for longest."""


class Template(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One page template: where body and fields stand. Of several, the first whose ``body`` matches is used."""

    body: str
    """Selector of the element that holds the article's paragraphs."""

    lead: str = ""
    """Selector of the summary box, whose text the body often repeats."""

    title: str = ""
    subtitle: str = ""
    date: str = ""
    source: str = ""
    author: str = ""
    editor: str = ""
    column: str = ""
    caption: str = ""
    """Selector of picture captions inside the body."""

    remove: tuple[str, ...] = ()
    """Selectors of what is never article text."""


class Portal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All knowledge about one portal. Selectors are CSS, or XPath where they begin with ``/``, ``./`` or ``(``."""

    title: str
    """The portal's name as printed, e.g. ``凤凰网吉林``."""

    hosts: tuple[str, ...]
    """Host names; a redirect to any other is not followed."""

    article: Articles
    series: Mapping[str, Series] = {}
    list: Lists | None = None
    revisit: Revisit = Revisit()
    template: tuple[Template, ...] = ()

    title_suffixes: tuple[str, ...] = ()
    """What the portal appends to ``<title>``: ``_凤凰网吉林_凤凰网``."""

    phrases: tuple[str, ...] = ()
    """Whole lines that are chrome wherever they stand, e.g. ``第五季净月微发现``."""

    contact: str = ""
    """Where the portal's operator may reach us, for the user agent; ``FANGTAN_CONTACT`` goes before it."""

    delay: float = 1.0
    """Seconds between two requests; at least 1 for anything but loopback."""

    max_page_bytes: int = MAX_PAGE_BYTES
    """Bytes after decompression over which a page is archived, quarantined as ``too-large`` and never parsed."""

    name: str = ""
    """The profile's file name without ``.toml``; set by :func:`load_portal`, refused inside a file."""


def portal_names() -> tuple[str, ...]:
    """The names of the shipped profiles, sorted."""
    return tuple(sorted(path.stem for path in PROFILES.glob("*.toml")))


def load_portal(name: str) -> Portal:
    """The profile called ``name``, or the one in the file ``name`` where that ends in ``.toml``.

    :raises ProfileError: there is none, or it cannot be used.
    """
    path = Path(name) if name.endswith(".toml") else PROFILES / f"{name}.toml"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ProfileError(_missing(name, path)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ProfileError(f"{path}: cannot be read: {error}") from None
    return parse_portal(text, source=str(path), name=path.stem)


def find_series(portal: Portal, name: str) -> Series:
    """The series of ``portal`` called ``name``.

    :raises ProfileError: there is none; the message names the known ones.
    """
    if name not in portal.series:
        known = ", ".join(portal.series) or "none"
        raise ProfileError(
            f"portal {portal.name or portal.title!r} has no series {name!r}{_nearest(name, portal.series)}; known: {known}"
        )
    return portal.series[name]


def parse_portal(text: str, *, source: str, name: str) -> Portal:
    """The profile written in TOML as ``text``; ``source`` names it in messages.

    :raises ProfileError: no TOML, an unknown key, a wrong type, a selector or expression that does not compile.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"{source}: no TOML: {error}") from None
    _refuse_unknown_keys(raw, Portal, source, at="")
    try:
        portal = msgspec.convert(raw, Portal)
    except msgspec.ValidationError as error:
        raise ProfileError(f"{source}: {error}") from None
    for problem in _problems(portal):
        raise ProfileError(f"{source}: {problem}")
    return msgspec.structs.replace(portal, name=name)


def selector_xpath(selector: str) -> str:
    """The XPath of a profile's selector.

    >>> selector_xpath("#main_content")
    "descendant-or-self::*[@id = 'main_content']"
    >>> selector_xpath("//p[1]")
    '//p[1]'

    :raises ValueError: neither CSS nor XPath.
    """
    if selector.startswith(("/", "./", "(")):
        xpath = selector
    else:
        try:
            xpath = cssselect.HTMLTranslator().css_to_xpath(selector)
        except cssselect.SelectorError as error:
            raise ValueError(f"no CSS selector: {selector!r}: {error}") from None
    try:
        etree.XPath(xpath)
    except etree.XPathSyntaxError as error:
        raise ValueError(f"no XPath: {selector!r}: {error}") from None
    return xpath


def _refuse_unknown_keys(raw: object, kind: Any, source: str, *, at: str) -> None:
    """Walk the file beside the types, so that the message can name the nearest key; msgspec names only the wrong one."""
    if isinstance(raw, list):
        for part in raw:
            _refuse_unknown_keys(part, _struct_in(kind), source, at=at)
    if not isinstance(raw, dict) or not _is_struct(kind):
        return
    hints = {key: hint for key, hint in get_type_hints(kind).items() if at or key != "name"}
    for key, value in raw.items():
        if key not in hints:
            raise ProfileError(f"{source}: unknown key {at + key!r}{_nearest(key, hints)}; allowed: {', '.join(hints)}")
        inner = _struct_in(hints[key])
        if key == "series" and not at and isinstance(value, dict):
            for series, fields in value.items():
                _refuse_unknown_keys(fields, inner, source, at=f"series.{series}.")
        else:
            _refuse_unknown_keys(value, inner, source, at=f"{at}{key}.")


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _struct_in(hint: Any) -> Any:
    """The record type inside a hint such as ``tuple[Template, ...]``, or None."""
    if _is_struct(hint):
        return hint
    return next((found for found in map(_struct_in, get_args(hint)) if found), None)


def _missing(name: str, path: Path) -> str:
    """What is said of a profile that is not there."""
    if name.endswith(".toml"):
        return f"there is no file {path}"
    known = portal_names()
    near = f" (did you mean '{name}.toml'?)" if Path(f"{name}.toml").is_file() else _nearest(name, known)
    return f"no portal {name!r}{near}; known: {', '.join(known)}"


def _nearest(key: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(key, tuple(known), n=1)
    return f" (did you mean {near[0]!r}?)" if near else ""


def _problems(portal: Portal) -> Iterator[str]:
    """What the types cannot see: expressions and selectors that do not compile, hosts that are none."""
    if not portal.hosts:
        yield "hosts: name at least one host"
    for host in portal.hosts:
        if host != host.lower() or "/" in host:
            yield f"hosts: {host!r} is no host name in lower case"
    yield from _list_problems(portal)
    if portal.series and not portal.list:
        yield "series need a [list] table that says how their list pages are read"
    if not 0 <= portal.delay <= 3600:
        yield "delay: seconds between 0 and 3600"
    yield from _revisit_problems(portal.revisit)
    for key, expression, groups in _expressions(portal):
        yield from _expression_problems(key, expression, groups)
    for key, selector in _selectors(portal):
        try:
            selector_xpath(selector)
        except ValueError as error:
            yield f"{key}: {error}"


def _revisit_problems(revisit: Revisit) -> Iterator[str]:
    if list(revisit.ages) != sorted(set(revisit.ages)) or any(age < 1 for age in revisit.ages):
        yield "revisit.ages: days from 1, rising"
    if revisit.most < 0:
        yield "revisit.most: a number of articles, 0 for none"


def _list_problems(portal: Portal) -> Iterator[str]:
    for name, series in portal.series.items():
        for url in series.lists:
            if (urlsplit(url).hostname or "") not in portal.hosts:
                yield f"series.{name}.lists: the host is not in hosts: {url}"


def _expressions(portal: Portal) -> Iterator[tuple[str, str, int]]:
    yield "article.url", portal.article.url, 0
    if portal.article.page:
        yield "article.page", portal.article.page, 1
    for name, series in portal.series.items():
        yield f"series.{name}.match", series.match, 0


def _expression_problems(key: str, expression: str, groups: int) -> Iterator[str]:
    try:
        found = re.compile(expression).groups
    except re.error as error:
        yield f"{key}: no regular expression: {expression!r}: {error}"
        return
    if groups and found != groups:
        yield f"{key}: {expression!r} has {found} groups, must have {groups}: the page number"


def _selectors(portal: Portal) -> Iterator[tuple[str, str]]:
    tables: list[tuple[str, msgspec.Struct]] = [("template", template) for template in portal.template]
    if portal.list:
        tables.append(("list", portal.list))
    for table, struct in tables:
        for key, value in msgspec.structs.asdict(struct).items():
            for selector in (value,) if isinstance(value, str) else value:
                if selector:
                    yield f"{table}.{key}", selector
    for key in ("next", "gone"):
        if selector := getattr(portal.article, key):
            yield f"article.{key}", selector
