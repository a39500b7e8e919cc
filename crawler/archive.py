"""The archive of a series: every response as it came, in WARC files that are whole or bear another name.

A file is written as ``NAME.warc.gz.open``, one gzip member a record, and renamed when it is whole. What a dead run left
open the next one recovers: its whole records become ``NAME.warc.gz``. Nothing is ever appended to a torn tail.
"""

import errno
import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from heapq import merge
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple, Self

from crawler import clock
from crawler.capture import ArchiveError, Capture, DamagedError, Place, captures_in, iter_captures, load_page
from crawler.cdxj import REVISIT, Entry, captures_of, entry_of, index_lines, read_index
from crawler.files import sync_folder, write_all, write_whole
from crawler.records import (
    Exchange,
    Note,
    Original,
    member,
    note_record,
    request_record,
    response_record,
    revisit_record,
    warcinfo_record,
)
from crawler.recovery import OPEN, recover

__all__ = [
    "ArchiveError",
    "ArchiveWriter",
    "Capture",
    "DamagedError",
    "Exchange",
    "iter_captures",
    "load_page",
    "read_archive",
    "recover",
]

INDEX = "index.cdxj"
# A file is renamed, and so safe from recovery, once it is this long; readers seek, so that it need not be short.
MAX_BYTES = 256 * 2**20
_LINE = re.compile(rb'^[^ \n]+ \d* \{"url":.*,"filename":"([^"/]+)"\}$', re.MULTILINE)

Originals = Callable[[str], Original | None]
"""The record that holds a payload, by its hex SHA-256, or None."""


class Written(NamedTuple):
    """Where an exchange lies in the archive."""

    capture: Capture
    end: Place
    """The byte after it."""


def read_archive(folder: Path) -> Iterator[Capture]:
    """Every capture in the finished files of a series' archive, in order of fetch; reads the index, not the records.

    :raises ArchiveError: a file that is not in the index is damaged.
    """
    return captures_of(_load_entries(folder), folder)


def finished_files(folder: Path) -> tuple[Path, ...]:
    """The finished WARC files, in order of writing."""
    return tuple(sorted(folder.glob("*.warc.gz")))


def index_archive(folder: Path) -> None:
    """Write the index anew from the records alone.

    :raises ArchiveError: a file is damaged.
    """
    _write_index(folder, index_lines(entry for path in finished_files(folder) for entry in _scan(path)))


class ArchiveWriter:
    """Appends exchanges to the archive in ``folder``, each on disk when :meth:`write` returns. One writer a folder.

    ``originals`` finds the record that holds a payload; without it the index is read into memory for that.
    """

    def __init__(
        self,
        folder: Path,
        *,
        max_bytes: int = MAX_BYTES,
        software: str = "fangtan",
        originals: Originals | None = None,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        recover(folder)
        _mend_index(folder)
        self._folder = folder
        self._max_bytes = max_bytes
        self._software = software
        self._held = {} if originals else _originals(_load_entries(folder))
        self._originals = originals or self._held.get
        self._entries: list[Entry] = []
        self._file: _OpenFile | None = None

    def write(self, exchange: Exchange, *, confirmed: Original | None = None) -> Written:
        """Append ``exchange``; a payload that the archive holds already becomes a ``revisit`` record.

        ``confirmed`` is the payload that a 304 says is still good.

        :raises OSError: no space, no permission; what was written before stays readable.
        """
        digest = hashlib.sha256(exchange.body).hexdigest()
        original = self._originals(digest) if exchange.body else None
        if exchange.status == HTTPStatus.NOT_MODIFIED:
            original, digest = confirmed, confirmed.sha256 if confirmed else digest
        record = revisit_record(exchange, original) if original else response_record(exchange, digest)
        response = member(record)
        place, end = self._append(response + member(request_record(exchange, record.record_id or "")))
        capture = _capture(exchange, digest, place, original, self._folder)
        self._entries.append(entry_of(capture, len(response)))
        if exchange.body:
            self._held.setdefault(digest, original_of(capture))
        self._roll()
        return Written(capture, end)

    def note(self, note: Note) -> tuple[Place, Place]:
        """Append ``note``; returns where it begins and ends.

        :raises OSError: as :meth:`write`.
        """
        places = self._append(member(note_record(note)))
        self._roll()
        return places

    def close(self) -> None:
        """Finish the file and write the index; the next exchange would begin a new file."""
        file, self._file = self._file, None
        if file is not None:
            file.finish()
            entries, self._entries = self._entries, []
            _write_index(self._folder, merge(_index(self._folder), index_lines(entries)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _append(self, data: bytes) -> tuple[Place, Place]:
        file = self._open_file()
        offset = file.append(data)
        return Place(file.whole, offset), Place(file.whole, file.size)

    def _roll(self) -> None:
        if self._file is not None and self._file.size >= self._max_bytes:
            self.close()

    def _open_file(self) -> "_OpenFile":
        if self._file is None:
            now = clock.now()
            self._file = _OpenFile(self._folder / _next_name(self._folder, now))
            self._file.append(member(warcinfo_record(now, self._software)))
        return self._file


class _OpenFile:
    """A WARC file that is being written, under its open name."""

    def __init__(self, whole: Path) -> None:
        self.whole = whole
        self.size = 0
        self._torn = False
        self._path = whole.with_name(whole.name + OPEN)
        self._fd = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        sync_folder(whole.parent)

    def append(self, data: bytes) -> int:
        """Write ``data`` durably; returns the byte at which it begins. A failed write is cut off again."""
        offset = self.size
        if self._torn:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self._path))
        try:
            write_all(self._fd, data)
            os.fsync(self._fd)
        except OSError:
            self._torn = True
            with suppress(OSError):
                os.ftruncate(self._fd, offset)
                os.lseek(self._fd, offset, os.SEEK_SET)  # else the next record would follow a hole
                self._torn = False
            raise
        self.size += len(data)
        return offset

    def finish(self) -> None:
        """Give the file its name; one with a torn tail, or without a record, is left to :func:`recover`."""
        os.close(self._fd)
        if self.size and not self._torn:
            self._path.rename(self.whole)
            sync_folder(self.whole.parent)


def original_of(capture: Capture) -> Original:
    """The record of ``capture`` as one that holds its payload."""
    return Original(capture.sha256, capture.url, capture.fetched or "", capture.place.path.name, capture.place.offset)


def _load_entries(folder: Path) -> tuple[Entry, ...]:
    """The index, mended: a run can die between a file's renaming and the writing of the index."""
    files = {path.name: path for path in finished_files(folder)}
    try:
        indexed = [entry for entry in read_index(folder / INDEX) if entry.filename in files]
    except ValueError:
        indexed = []
    for name in {entry.filename for entry in indexed}:
        del files[name]
    return (*indexed, *(entry for path in files.values() for entry in _scan(path)))


def _mend_index(folder: Path) -> None:
    """Write the index with what it lacks; looked over as bytes, for a hundred thousand lines must not hold up a start."""
    lines = b"".join(_index(folder))
    found = _LINE.findall(lines)
    indexed = set(found) if len(found) == lines.count(b"\n") else set()
    files = {os.fsencode(path.name): path for path in finished_files(folder)}
    if not indexed <= files.keys():
        indexed = set()
    if missing := [path for name, path in files.items() if name not in indexed and any(_scan(path))]:
        fresh = index_lines(entry for path in missing for entry in _scan(path))
        _write_index(folder, merge(_index(folder), fresh) if indexed else fresh)


def _index(folder: Path) -> Iterator[bytes]:
    """The lines of the index as they stand."""
    with suppress(FileNotFoundError), (folder / INDEX).open("rb") as file:
        yield from file


def _write_index(folder: Path, lines: Iterable[bytes]) -> None:
    write_whole(folder / INDEX, lines)


def _scan(path: Path) -> Iterator[Entry]:
    for capture, end in captures_in(path):
        yield entry_of(capture, end - capture.place.offset)


def _originals(entries: Sequence[Entry]) -> dict[str, Original]:
    held = (entry for entry in entries if entry.mime != REVISIT and entry.length)
    ordered = sorted(held, key=lambda entry: (entry.filename, int(entry.offset)), reverse=True)
    digests = ((entry, entry.digest.removeprefix("sha256:")) for entry in ordered)
    return {digest: Original(digest, entry.url, _date(entry), entry.filename, int(entry.offset)) for entry, digest in digests}


def _date(entry: Entry) -> str:
    return next((capture.fetched or "" for capture in captures_of((entry,), Path())), "")


def _next_name(folder: Path, now: datetime) -> str:
    """Numbered, so that names sort in the order of writing even where the clock was set back."""
    last = max((int(path.name[:6]) for path in folder.glob("[0-9]*.warc.gz*")), default=0)
    return f"{last + 1:06d}-{now:%Y%m%dT%H%M%SZ}.warc.gz"


def _capture(exchange: Exchange, digest: str, place: Place, original: Original | None, folder: Path) -> Capture:
    held = Place(folder / original.filename, original.offset) if original else place
    return Capture(
        url=exchange.url,
        fetched=clock.stamp(exchange.fetched),
        status=exchange.status,
        mime=_header(exchange.headers, b"content-type").partition(";")[0].strip().lower(),
        sha256=digest,
        digest="verified",
        place=place,
        payload=held,
    )


def _header(headers: Sequence[tuple[bytes, bytes]], name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in headers if key.lower() == name), "")
