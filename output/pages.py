"""Saved pages, archives and stdin as articles: grouped and cleaned one after the other, in order."""

from collections.abc import Iterable, Iterator
from functools import partial

import msgspec

from cleaners import clean
from cleaners.article import Article, CleaningError
from crawler.capture import ArchiveError, Capture, load_page
from crawler.coding import CodingError, TooLargeError, decode_content
from crawler.page import Page
from crawler.urls import group_pages
from output.lines import Quarantined
from output.listing import GivenPage, Listed, SavedPage, Source
from output.parallel import map_ordered
from output.profiles import Profiles


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


def _unzipped(page: Page, max_bytes: int) -> Page:
    """The page with gzip undone: ``curl`` and ``wget`` save what came, compressed or not."""
    if len(page.body) > max_bytes:
        raise TooLargeError(f"more than {max_bytes} bytes")
    if not page.body.startswith(b"\x1f\x8b"):
        return page
    body = decode_content(page.body, "gzip", max_bytes=max_bytes)
    return msgspec.structs.replace(page, body=body, sha256=page.digest)


def _quarantined(source: Listed, reason: str, remedy: str) -> Quarantined:
    return Quarantined(
        url=source.url,
        path=_path_of(source),
        reason=reason,
        remedy=remedy,
        fetched=source.fetched if isinstance(source, Capture) else None,
        sha256=source.sha256 or None if isinstance(source, Capture) else None,
    )


def _path_of(source: Listed) -> str | None:
    match source:
        case SavedPage(path=path):
            return str(path)
        case GivenPage():
            return "-"
    return None
