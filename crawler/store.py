"""Archive and state of a series as one: what is written is synced, then known."""

import hashlib
from collections import deque
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple, Self

import msgspec

from crawler import clock
from crawler.archive import ArchiveWriter, Written, finished_files, index_archive, original_of
from crawler.capture import ArchiveError, Capture, Place, iter_records, load_page
from crawler.outcome import Kind
from crawler.page import Page
from crawler.portal import Portal
from crawler.reading import Reading
from crawler.records import Asked, Exchange, Note, Original
from crawler.recovery import recover, salvage
from crawler.replay import key_of, known_of, note_event, replay, response_event
from crawler.state import Event, Known, State, place_key

STATE = "state.sqlite"


class Archived(NamedTuple):
    """A response that is in the archive."""

    capture: Capture
    known: Known
    """Its digest and validators."""


class Store:
    """What a crawl of a series writes to and asks. One a series, by who holds its lock.

    :raises OSError: no space, no permission.
    :raises ArchiveError: archive or state is damaged.
    """

    def __init__(self, folder: Path, portal: Portal, series: str, *, software: str = "fangtan") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.state = State(folder / STATE)
        self._archive = folder / "archive"
        self._portal, self._series = portal, series
        self._writer = ArchiveWriter(self._archive, software=software, originals=self.state.original)
        self._open: dict[str, tuple[str, int]] = {}
        """By URL asked for: where the record begins that came for it and is not applied yet."""
        catch_up(self.state, self._archive, portal, series)
        self._end = self.state.end

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def write(self, exchange: Exchange) -> Archived:
        """Archive an exchange; for what was asked :meth:`see` or :meth:`note` must follow."""
        asked = exchange.asked
        written = self._writer.write(exchange, confirmed=self._confirmed(asked) if asked else None)
        _hold(self.state, written.capture)
        self._wrote(written, asked)
        return Archived(written.capture, known_of(written.capture.sha256, exchange.headers))

    def see(self, asked: Asked, archived: Archived, reading: Reading) -> None:
        """Take over what a response that is in the archive says, in one transaction."""
        event = response_event(asked, archived.capture, archived.known, reading, self._portal, self._series)
        self._apply(asked, event)

    def note(self, asked: Asked, outcome: Kind, reason: str) -> None:
        """Archive and take over what no response says of a URL."""
        noted = clock.stamp(clock.now())
        begin, end = self._writer.note(Note(outcome, noted, asked, reason))
        self._end = (end.path.name, end.offset)
        place = place_key(begin.path.name, begin.offset)
        self._apply(asked, note_event(asked, outcome, noted, reason, place, self._portal))

    def complete(self) -> None:
        """Archive and take over that a run read all there was."""
        begin, end = self._writer.note(Note("complete", clock.stamp(clock.now())))
        self._end = (end.path.name, end.offset)
        self.state.mark(place_key(begin.path.name, begin.offset))
        self._commit()

    def stored_page(self, asked: Asked) -> Page | None:
        """What was fetched of a URL the last time it was there; None where the archive cannot give it.

        :raises ValueError: its body is damaged or too large.
        """
        known = self.state.known(key_of(asked, self._portal))
        original = self.state.original(known.sha256) if known else None
        if original is None:
            return None
        place = Place(self._archive / original.filename, original.offset)
        capture = Capture(
            asked.url, original.fetched, 200, "", original.sha256, "verified", self._finished(place), self._finished(place)
        )
        return load_page(capture, max_bytes=self._portal.max_page_bytes)

    def known(self, asked: Asked) -> Known | None:
        """Digest and validators of what was fetched of a URL the last time it was there."""
        return self.state.known(key_of(asked, self._portal))

    def due(self, today: date) -> Iterable[str]:
        """URLs of articles to be revisited."""
        return self.state.due(today, self._portal.revisit)

    def close(self) -> None:
        """Finish the archive's file and the state."""
        try:
            self._writer.close()
            self._commit()
        finally:
            self.state.close()

    def _confirmed(self, asked: Asked) -> Original | None:
        known = self.known(asked)
        return self.state.original(known.sha256) if known else None

    def _finished(self, place: Place) -> Place:
        """A record of this very run still lies under the open name."""
        torn = place.path.with_name(place.path.name + ".open")
        return msgspec.structs.replace(place, path=torn) if not place.path.exists() and torn.exists() else place

    def _wrote(self, written: Written, asked: Asked | None) -> None:
        self._end = (written.end.path.name, written.end.offset)
        if asked:
            self._open[asked.url] = (written.capture.place.path.name, written.capture.place.offset)

    def _apply(self, asked: Asked, event: Event) -> None:
        self.state.apply(event)
        self._open.pop(asked.url, None)
        self._commit()

    def _commit(self) -> None:
        """What is before the first record that is not applied yet needs no second reading."""
        self.state.commit(*min(self._open.values(), default=self._end))


def catch_up(state: State, archive: Path, portal: Portal, series: str) -> None:
    """Apply to the state what the archive holds beyond it; all of it where the profile reads pages otherwise now.

    :raises ArchiveError: a file of the archive is damaged.
    """
    file, offset = state.end
    profile = _profile_digest(portal, series)
    sizes = {path.name: path.stat().st_size for path in finished_files(archive)}
    if state.profile != profile or offset > sizes.get(file, 0):
        state.begin_anew(profile)
        file, offset = "", 0
    for path in finished_files(archive):
        if path.name >= file:
            _apply_file(state, path, offset if path.name == file else 0, portal, series)


def repair(folder: Path, portal: Portal, series: str) -> tuple[Path, ...]:
    """Make index and state of a series anew from its archive; returns the damaged files, now out of the way.

    Of a damaged file the whole records stay. Only to be called by who holds the lock.
    """
    archive = folder / "archive"
    archive.mkdir(parents=True, exist_ok=True)
    recover(archive)
    damaged = tuple(salvage(path) for path in finished_files(archive) if _is_damaged(path))
    index_archive(archive)
    for name in (STATE, f"{STATE}-wal", f"{STATE}-shm"):
        (folder / name).unlink(missing_ok=True)
    with State(folder / STATE) as state:
        catch_up(state, archive, portal, series)
    return damaged


def _apply_file(state: State, path: Path, offset: int, portal: Portal, series: str) -> None:
    for found in replay(path, offset, state, portal, series):
        if found.capture:
            _hold(state, found.capture)
        if found.event:
            state.apply(found.event)
        if found.completed:
            state.mark(found.place)
    state.commit(path.name, path.stat().st_size)


def _hold(state: State, capture: Capture) -> None:
    if capture.payload == capture.place and capture.sha256 != _EMPTY and capture.digest != "wrong":
        state.hold(original_of(capture))


def _is_damaged(path: Path) -> bool:
    try:
        deque(iter_records(Place(path, 0)), maxlen=0)
    except ArchiveError:
        return True
    return False


def _profile_digest(portal: Portal, series: str) -> str:
    """Over what decides how the archive is read: other keys of the profile may change."""
    told = (portal.hosts, portal.article, portal.list, portal.series.get(series), portal.max_page_bytes)
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()[:16]


_EMPTY = hashlib.sha256().hexdigest()
