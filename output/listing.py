"""The pages of files, folders and archives, listed without being read."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import msgspec

from crawler.archive import INDEX, read_archive
from crawler.capture import ArchiveError, Capture, iter_captures
from crawler.page import Page
from crawler.urls import article_url
from output.lines import Quarantined
from output.profiles import is_url

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


def list_pages(path: Path, url: str | None = None) -> Iterator[Listed]:
    """The pages of a file, a folder (all files below it by path) or an archive; no page is read yet."""
    return map(_refuse_bad_url, _list(path, url))


def label_of(source: Listed) -> str:
    """Path or URL, by which the user knows the page."""
    return str(getattr(source, "path", None) or source.url or "-")


def _list(path: Path, url: str | None) -> Iterator[Listed]:
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.is_file() and _is_listed(file, path):
                yield from _list(file, None)
    elif path.name == INDEX:
        yield from _archived(path.parent, read_archive)
    elif path.name.lower().endswith(ARCHIVES):
        yield from _archived(path, iter_captures)
    else:
        yield _saved_page(path, url)


def _is_listed(file: Path, below: Path) -> bool:
    """Whether a file below a folder holds pages; an archive with an index is read as one, for its files share payloads."""
    if file.name.lower().endswith(ARCHIVES):
        return not (file.parent / INDEX).exists()
    return file.name == INDEX or (not _is_part(file, below) and (file.name.lower().endswith(PAGES) or _begins_as_page(file)))


def _is_part(file: Path, below: Path) -> bool:
    """Whether the file lies in the folder that a browser makes for the frames and pictures of ``page.html``: ``page_files``."""
    folders = (folder for folder in file.relative_to(below).parents if folder.name.endswith("_files"))
    return any((below / folder).with_name(f"{folder.name[:-6]}{suffix}").is_file() for folder in folders for suffix in PAGES)


def _begins_as_page(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            return _PAGE_START.match(opened.read(_START_BYTES)) is not None
    except OSError:  # of a file that is named as no page nothing need be said
        return False


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
