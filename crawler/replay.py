"""The archive read again: what each record says of the state, as the crawl that wrote it found."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
from fastwarc.warc import WarcRecordType

from crawler.capture import ArchiveError, Capture, Place, Record, capture_of, headers_of, iter_records, load_page
from crawler.coding import CodingError, TooLargeError
from crawler.outcome import Kind
from crawler.page import Page
from crawler.portal import Portal, find_series
from crawler.reading import Reading, read_response
from crawler.records import ASKED_FIELD, Asked, Note, parse_asked, parse_note
from crawler.selection import is_wanted
from crawler.state import LIST, Event, Known, State, place_key
from crawler.urls import ArticleUrl, article_url

_READ = WarcRecordType.response | WarcRecordType.revisit


class Replayed(NamedTuple):
    """One record, as the state takes it."""

    place: str
    capture: Capture | None = None
    """Of a response."""

    event: Event | None = None
    """What it says of a URL; None where it says nothing, or a later record says more."""

    completed: bool = False
    """Whether a run ended here that read all there was."""


def replay(path: Path, offset: int, state: State, portal: Portal, series: str) -> Iterator[Replayed]:
    """What the records of a finished file say from the byte ``offset`` on. ``state`` is asked for payloads of before.

    :raises ArchiveError: the file is damaged.
    """
    if offset >= path.stat().st_size:
        return
    for record in iter_records(Place(path, offset)):
        place = place_key(path.name, record.place.offset)
        if record.warc.record_type == WarcRecordType.metadata:
            yield _of_note(parse_note(record.block or b""), place, portal)
        elif record.warc.record_type & _READ:
            capture = _held(capture_of(record, {}), state, path.parent)
            yield Replayed(place, capture, _of_response(record, capture, portal, series))


def response_event(asked: Asked, capture: Capture, known: Known, reading: Reading, portal: Portal, series: str) -> Event:
    """What a response says of the URL that was asked for; ``known`` are its digest and validators."""
    return Event(
        key=key_of(asked, portal),
        url=asked.url,
        place=place_key(capture.place.path.name, capture.place.offset),
        fetched=capture.fetched or "",
        outcome=reading.outcome,
        reason=reading.reason,
        sha256=known.sha256,
        etag=known.etag,
        modified=known.modified,
        origin=asked.origin,
        listed=tuple(article_url(item.url, portal).canonical for item in reading.items),
        wanted=tuple(_wanted(reading, portal, series)),
    )


def note_event(asked: Asked, outcome: Kind, noted: str, reason: str, place: str, portal: Portal) -> Event:
    """What a note says of the URL that was asked for."""
    return Event(key_of(asked, portal), asked.url, place, noted, outcome, reason)


def known_of(sha256: str, headers: Iterable[tuple[bytes, bytes]]) -> Known:
    """Digest and validators of a response with these header fields."""
    values = {name.lower(): value.decode("latin-1").strip() for name, value in headers}
    return Known(sha256, values.get(b"etag", ""), values.get(b"last-modified", ""))


def key_of(asked: Asked, portal: Portal) -> ArticleUrl:
    """Under what a URL is known."""
    return ArticleUrl(asked.url, LIST) if asked.kind == "list" else article_url(asked.url, portal)


def _wanted(reading: Reading, portal: Portal, series: str) -> Iterator[tuple[ArticleUrl, str]]:
    """The articles of a list page that belong to the series, or the other pages of an article."""
    urls = [item.url for item in reading.items if is_wanted(item, portal, find_series(portal, series))]
    yield from ((article_url(url, portal), url) for url in (*urls, *reading.pages))


def _of_note(note: Note | None, place: str, portal: Portal) -> Replayed:
    if note is None:
        return Replayed(place)
    if note.outcome == "complete":
        return Replayed(place, completed=True)
    event = note_event(note.asked, note.outcome, note.noted, note.reason, place, portal) if note.asked else None
    return Replayed(place, event=event)


def _of_response(record: Record, capture: Capture, portal: Portal, series: str) -> Event | None:
    asked = parse_asked(record.warc.headers.get(ASKED_FIELD))
    if asked is None:
        return None
    try:
        page, status = _load(capture, portal)
    except (ArchiveError, CodingError, TooLargeError):
        return None
    reading = read_response(asked, status, page, portal)
    if not reading.is_final:
        return None
    headers = ((name.encode("latin-1"), value.encode("latin-1")) for name, value in headers_of(record).items())
    return response_event(asked, capture, known_of(capture.sha256, headers), reading, portal, series)


def _load(capture: Capture, portal: Portal) -> tuple[Page, int]:
    """The page, and its status as the crawl saw it; of what is no page only the URL."""
    if capture.status not in (200, 304):
        return Page(b"", capture.url), capture.status
    return load_page(capture, max_bytes=portal.max_page_bytes), 200


def _held(capture: Capture, state: State, folder: Path) -> Capture:
    """The capture with the place of the payload that it repeats."""
    if capture.payload is not None:
        return capture
    original = state.original(capture.sha256)
    payload = Place(folder / original.filename, original.offset) if original else None
    return msgspec.structs.replace(capture, payload=payload, digest="verified" if original else capture.digest)
