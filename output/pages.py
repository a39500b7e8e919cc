"""Saved pages, archives and stdin as articles: listed, grouped and cleaned one after the other, in order."""

import json
import re
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import TypeAlias, TypeVar
from urllib.parse import urlsplit

import msgspec

from cleaners import clean
from cleaners.article import Article, CleaningError
from crawler.archive import INDEX, read_archive
from crawler.capture import ArchiveError, Capture, iter_captures, load_page
from crawler.coding import CodingError, TooLargeError, decode_content
from crawler.page import Page
from crawler.portal import MAX_PAGE_BYTES, Portal, load_portal, portal_names
from crawler.urls import article_id, article_url, group_pages
from output.lines import Quarantined

T = TypeVar("T")
R = TypeVar("R")

ARCHIVES = (".warc", ".warc.gz", ".wacz")
PAGES = (".html", ".htm", ".shtml", ".xhtml")
# How a page begins whose name does not say so: wget saves `view.php?id=7` under that name.
_PAGE_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,99}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_START_BYTES = 1024


class SavedPage(msgspec.Struct, frozen=True):
    """A page in a file; its bytes stay there until it is its turn."""

    path: Path
    """The file."""

    url: str | None = None
    """URL that ``--url`` or the ``.json`` beside the file gives."""

    content_type: str = ""
    """``Content-Type`` that the ``.json`` beside the file gives."""


class GivenPage(msgspec.Struct, frozen=True):
    """A page that was read from stdin."""

    page: Page
    """The page."""

    @property
    def url(self) -> str | None:
        """URL that ``--url`` gives."""
        return self.page.url


Source: TypeAlias = SavedPage | GivenPage | Capture
Listed: TypeAlias = Source | Quarantined
"""A page, or what is said of a file in which none could be found."""


class Profiles(msgspec.Struct, frozen=True):
    """Which profile reads which page."""

    forced: Portal | None = None
    """The profile that ``--portal`` names: it reads every page."""

    portal_by_host: Mapping[str, Portal] = {}
    """The shipped profiles by host."""

    def of(self, source: Listed) -> Portal | None:
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


def list_pages(path: Path, url: str | None = None) -> Iterator[Listed]:
    """The pages of a file, a folder (all files below it by path) or an archive; no page is read yet."""
    return map(_refuse_bad_url, _list(path, url))


def _list(path: Path, url: str | None) -> Iterator[Listed]:
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.is_file() and _is_listed(file):
                yield from _list(file, None)
    elif path.name == INDEX:
        yield from _archived(path.parent, read_archive)
    elif path.name.lower().endswith(ARCHIVES):
        yield from _archived(path, iter_captures)
    else:
        yield _saved_page(path, url)


def _is_listed(file: Path) -> bool:
    """Whether a file below a folder holds pages; an archive with an index is read as one, for its files share payloads."""
    if file.name.lower().endswith(ARCHIVES):
        return not (file.parent / INDEX).exists()
    return file.name == INDEX or (not _is_part(file) and (file.name.lower().endswith(PAGES) or _begins_as_page(file)))


def _is_part(file: Path) -> bool:
    """Whether the file lies in the folder that a browser makes for the frames and pictures of ``page.html``: ``page_files``."""
    folders = (folder for folder in file.parents if folder.name.endswith("_files"))
    return any(folder.with_name(folder.name[:-6] + suffix).is_file() for folder in folders for suffix in PAGES)


def _begins_as_page(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            return _PAGE_START.match(opened.read(_START_BYTES)) is not None
    except OSError:  # of a file that is named as no page nothing need be said
        return False


def clean_pages(sources: Iterable[Listed], profiles: Profiles, *, jobs: int = 1) -> Iterator[Article | Quarantined]:
    """Each article cleaned, or why it could not be, in order of its first page, the same for any number of processes.

    Memory: a reference of some 500 bytes a page, never the pages.
    """
    groups = group_pages(sources, profiles.of)
    yield from map_ordered(partial(clean_group, profiles=profiles), groups, jobs=jobs)


def clean_group(group: tuple[Listed, ...], *, profiles: Profiles) -> Article | Quarantined:
    """The pages of one article, cleaned; any error is recorded against them: no page may stop the others."""
    first = group[0]
    try:
        pages = [load(source, profiles) for source in group if not isinstance(source, Quarantined)]
        return first if isinstance(first, Quarantined) else clean(pages, profiles.of_page(pages[0]))
    except CleaningError as error:
        return _quarantined(first, error.reason, error.remedy)
    except TooLargeError as error:
        return _quarantined(first, "too-large", f"{error}; raise max_page_bytes in the profile if it is an article")
    except (ArchiveError, CodingError) as error:
        return _quarantined(first, "damaged", f"{error}; fetch it again")
    except OSError as error:
        return _quarantined(first, "unreadable", f"{error.strerror}; check path and permissions")
    except Exception as error:  # a page is hostile input: whatever it breaks, the next one is cleaned
        return _quarantined(first, "internal", f"{type(error).__name__}: {error}; please report it with the page")


def load(source: Source, profiles: Profiles) -> Page:
    """The page itself; of a file too large to be cleaned no more than that is read."""
    max_bytes = profiles.max_bytes(source.url)
    match source:
        case GivenPage(page=page):
            return _unzipped(page, max_bytes)
        case SavedPage(path=path, url=url, content_type=content_type):
            with path.open("rb") as file:
                return _unzipped(Page(body=file.read(max_bytes + 1), url=url, content_type=content_type), max_bytes)
    if source.payload is None:
        raise CleaningError("elsewhere", "it repeats a payload of another file; clean the folder with all files of the archive")
    return load_page(source, max_bytes=max_bytes)


def label_of(source: Listed) -> str:
    """Path or URL, by which the user knows the page."""
    return str(getattr(source, "path", None) or source.url or "-")


_LINK = re.compile(rb"<link\b[^>]{0,2000}>", re.IGNORECASE)
_CANONICAL = re.compile(rb"""\brel\s*=\s*["']?canonical\b""", re.IGNORECASE)
_HREF = re.compile(rb"""\bhref\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_HEAD_BYTES = 2**17  # heads of real pages end well below: the longest of 352 has 40 KB


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


def is_url(text: str) -> bool:
    """Whether this is the URL of a page.

    >>> is_url("https://news.example.com/1.html"), is_url("news.example.com/1.html"), is_url("file:///1.html")
    (True, False, False)
    """
    return text.strip().lower().startswith(("http://", "https://")) and bool(host_of(text.strip()))


def map_ordered(function: Callable[[T], R], items: Iterable[T], *, jobs: int) -> Iterator[R]:
    """``function`` of each item in order, by ``jobs`` processes; at most 8 items a process wait or are done ahead."""
    if jobs == 1:
        yield from map(function, items)
        return
    waiting: deque[Future[R]] = deque()
    with ProcessPoolExecutor(jobs, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN)) as pool:
        for item in items:
            waiting.append(pool.submit(function, item))
            if len(waiting) >= 8 * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _archived(path: Path, captures: Callable[[Path], Iterator[Capture]]) -> Iterator[Listed]:
    try:
        yield from captures(path)
    except ArchiveError as error:
        yield Quarantined(url=None, path=str(path), reason="damaged", remedy=str(error))
    except OSError as error:
        yield Quarantined(url=None, path=str(path), reason="unreadable", remedy=f"{error.strerror}; check the permissions")


def _refuse_bad_url(source: Listed) -> Listed:
    """What no URL parser takes, e.g. ``http://[1``, must not reach the grouping; nor what a person wrote and is no URL.

    An archive may name its records ``dns:`` or ``urn:``.
    """
    try:
        article_url(source.url or "")
    except ValueError as error:
        return Quarantined(url=None, path=label_of(source), reason="bad-url", remedy=f"{error}; correct the URL")
    if isinstance(source, SavedPage) and source.url is not None and not is_url(source.url):
        remedy = f"{source.url!r} is no URL; write it with http:// or https://"
        return Quarantined(url=None, path=label_of(source), reason="bad-url", remedy=remedy)
    return source


def _saved_page(path: Path, url: str | None) -> SavedPage:
    """The page with what the ``.json`` of the same name beside it tells: ``{"url": …, "content_type": …}``."""
    beside = _json_object(path.with_suffix(".json"))
    told = {key: value for key in ("url", "content_type") if isinstance(value := beside.get(key), str)}
    return SavedPage(path, url or told.get("url") or None, told.get("content_type", ""))


def _json_object(path: Path) -> dict[str, object]:
    """What the file holds; empty where there is none or it is something else, e.g. the page's own data."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _unzipped(page: Page, max_bytes: int) -> Page:
    """The page with gzip undone: ``curl`` and ``wget`` save what came, compressed or not."""
    if len(page.body) > max_bytes:
        raise TooLargeError(f"more than {max_bytes} bytes")
    if not page.body.startswith(b"\x1f\x8b"):
        return page
    body = decode_content(page.body, "gzip", max_bytes=max_bytes)
    return msgspec.structs.replace(page, body=body, sha256=page.digest)


def _path_of(source: Listed) -> str | None:
    match source:
        case SavedPage(path=path):
            return str(path)
        case GivenPage():
            return "-"
    return None


def _quarantined(source: Listed, reason: str, remedy: str) -> Quarantined:
    return Quarantined(
        url=source.url,
        path=_path_of(source),
        reason=reason,
        remedy=remedy,
        fetched=source.fetched if isinstance(source, Capture) else None,
        sha256=source.sha256 or None if isinstance(source, Capture) else None,
    )
