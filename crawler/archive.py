"""The archive of a series: every response as it came, in WARC files that are whole or bear another name.

A file is written as ``NAME.warc.gz.open``, one gzip member a record, and renamed when it is whole. What a dead run left
open the next one recovers: its whole records become ``NAME.warc.gz``. Nothing is ever appended to a torn tail.
"""

import hashlib
import io
import mmap
import os
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Self

import msgspec
from fastwarc import GzipWriter
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from crawler.capture import ArchiveError, Capture, DamagedError, Place, captures_in, iter_captures, load_page
from crawler.cdxj import REVISIT, Entry, captures_of, entry_of, index_lines, read_index

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
_OPEN = ".open"
_GZIP_MEMBER = b"\x1f\x8b\x08"
_CHUNK = 1 << 16
_SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"


class Exchange(msgspec.Struct, frozen=True):
    """One request and the response to it, as they went over the wire, transfer coding undone."""

    url: str
    status: int
    headers: Sequence[tuple[bytes, bytes]]
    """Header fields of the response, in order where that is known."""

    body: bytes
    """The body as sent, content coding not undone."""

    fetched: datetime
    """When the response was complete; aware."""

    method: str = "GET"
    request_headers: Sequence[tuple[bytes, bytes]] = ()


def read_archive(folder: Path) -> Iterator[Capture]:
    """Every capture in the finished files of a series' archive, in order of fetch; reads the index, not the records.

    :raises ArchiveError: a file that is not in the index is damaged.
    """
    return captures_of(_load_entries(folder), folder)


def recover(folder: Path) -> None:
    """Turn what dead runs left open into finished files; only to be called by who holds the lock of the series."""
    for torn in sorted(folder.glob(f"*.warc.gz{_OPEN}")):
        whole = torn.with_suffix("")
        if not whole.exists() and next(_whole_members(torn), None):
            _write_whole(whole, _whole_members(torn))
        torn.unlink()
        _sync_folder(folder)


class ArchiveWriter:
    """Appends exchanges to the archive in ``folder``, each on disk when :meth:`write` returns. One writer a folder."""

    def __init__(self, folder: Path, *, max_bytes: int = MAX_BYTES, software: str = "fangtan") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        recover(folder)
        self._folder = folder
        self._max_bytes = max_bytes
        self._software = software
        self._entries = list(_load_entries(folder))
        self._held = {entry.digest: entry for entry in self._entries if entry.mime != REVISIT}
        self._file: _OpenFile | None = None

    def write(self, exchange: Exchange) -> Capture:
        """Append ``exchange``; a payload that the archive holds already becomes a ``revisit`` record.

        :raises OSError: no space, no permission; what was written before stays readable.
        """
        digest = hashlib.sha256(exchange.body).hexdigest()
        original = self._held.get(f"sha256:{digest}") if exchange.body else None
        response = _revisit_record(exchange, original) if original else _response_record(exchange)
        member = _member(response)
        file = self._open_file()
        offset = file.append(member + _member(_request_record(exchange, response.record_id or "")))
        capture = _capture(exchange, digest, Place(file.whole, offset), original, self._folder)
        entry = entry_of(capture, len(member))
        self._entries.append(entry)
        self._held.setdefault(entry.digest, entry)
        if file.size >= self._max_bytes:
            self.close()
        return capture

    def close(self) -> None:
        """Finish the file and write the index; the next exchange would begin a new file."""
        file, self._file = self._file, None
        if file is not None:
            file.finish()
            _write_whole(self._folder / INDEX, index_lines(self._entries))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open_file(self) -> "_OpenFile":
        if self._file is None:
            now = datetime.now(UTC)
            self._file = _OpenFile(self._folder / _next_name(self._folder, now))
            self._file.append(_member(_warcinfo_record(now, self._software)))
        return self._file


class _OpenFile:
    """A WARC file that is being written, under its open name."""

    def __init__(self, whole: Path) -> None:
        self.whole = whole
        self.size = 0
        self._torn = False
        self._path = whole.with_name(whole.name + _OPEN)
        self._fd = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        _sync_folder(whole.parent)

    def append(self, data: bytes) -> int:
        """Write ``data`` durably; returns the byte at which it begins. A failed write is cut off again."""
        offset = self.size
        try:
            _write_all(self._fd, data)
            os.fsync(self._fd)
        except OSError:
            self._torn = True
            with suppress(OSError):
                os.ftruncate(self._fd, offset)
                self._torn = False
            raise
        self.size += len(data)
        return offset

    def finish(self) -> None:
        """Give the file its name; one with a torn tail is left to :func:`recover`."""
        os.close(self._fd)
        if not self._torn:
            self._path.rename(self.whole)
            _sync_folder(self.whole.parent)


def _load_entries(folder: Path) -> tuple[Entry, ...]:
    """The index, mended: a run can die between a file's renaming and the writing of the index."""
    files = {path.name: path for path in sorted(folder.glob("*.warc.gz"))}
    try:
        indexed = [entry for entry in read_index(folder / INDEX) if entry.filename in files]
    except ValueError:
        indexed = []
    for name in {entry.filename for entry in indexed}:
        del files[name]
    return (*indexed, *(entry for path in files.values() for entry in _scan(path)))


def _scan(path: Path) -> Iterator[Entry]:
    for capture, end in captures_in(path):
        yield entry_of(capture, end - capture.place.offset)


def _next_name(folder: Path, now: datetime) -> str:
    """Numbered, so that names sort in the order of writing even where the clock was set back."""
    last = max((int(path.name[:6]) for path in folder.glob("[0-9]*.warc.gz*")), default=0)
    return f"{last + 1:06d}-{now:%Y%m%dT%H%M%SZ}.warc.gz"


def _capture(exchange: Exchange, digest: str, place: Place, original: Entry | None, folder: Path) -> Capture:
    held = Place(folder / original.filename, int(original.offset)) if original else place
    return Capture(
        url=exchange.url,
        fetched=_warc_date(exchange.fetched),
        status=exchange.status,
        mime=_header(exchange.headers, b"content-type").partition(";")[0].strip().lower(),
        sha256=digest,
        digest="verified",
        place=place,
        payload=held,
    )


def _response_record(exchange: Exchange) -> WarcRecord:
    block = _response_head(exchange) + exchange.body
    return _record(WarcRecordType.response, _exchange_fields(exchange, "response", exchange.body), block)


def _revisit_record(exchange: Exchange, original: Entry) -> WarcRecord:
    fields = _exchange_fields(exchange, "response", exchange.body) | {
        "WARC-Profile": _SAME_PAYLOAD,
        "WARC-Refers-To-Target-URI": original.url,
        "WARC-Refers-To-Date": _date_of(original.timestamp),
    }
    return _record(WarcRecordType.revisit, fields, _response_head(exchange))


def _request_record(exchange: Exchange, concurrent_to: str) -> WarcRecord:
    fields = _exchange_fields(exchange, "request", b"") | {"WARC-Concurrent-To": concurrent_to}
    return _record(WarcRecordType.request, fields, _request_head(exchange))


def _warcinfo_record(now: datetime, software: str) -> WarcRecord:
    block = f"software: {software}\r\nformat: WARC File Format 1.1\r\nrobots: obey\r\n".encode()
    return _record(WarcRecordType.warcinfo, {"WARC-Date": _warc_date(now), "Content-Type": "application/warc-fields"}, block)


def _exchange_fields(exchange: Exchange, kind: str, payload: bytes) -> dict[str, str]:
    return {
        "WARC-Target-URI": exchange.url,
        "WARC-Date": _warc_date(exchange.fetched),
        "Content-Type": f"application/http; msgtype={kind}",
        "WARC-Payload-Digest": f"sha256:{hashlib.sha256(payload).hexdigest()}",
    }


def _record(kind: WarcRecordType, fields: Mapping[str, str], block: bytes) -> WarcRecord:
    record = WarcRecord()
    record.init_headers(kind)
    for name, value in fields.items():
        record.headers[name] = value
    record.headers["WARC-Block-Digest"] = f"sha256:{hashlib.sha256(block).hexdigest()}"
    record.set_bytes_content(block)
    return record


def _member(record: WarcRecord) -> bytes:
    """``record`` as one gzip member."""
    out = io.BytesIO()
    with GzipWriter(out, compression_level=6) as stream:
        record.write(stream)
    return out.getvalue()


def _response_head(exchange: Exchange) -> bytes:
    try:
        reason = HTTPStatus(exchange.status).phrase
    except ValueError:
        reason = ""
    return _head(f"HTTP/1.1 {exchange.status} {reason}", exchange.headers)


def _request_head(exchange: Exchange) -> bytes:
    path = "/" + exchange.url.partition("://")[2].partition("/")[2]
    return _head(f"{exchange.method} {path} HTTP/1.1", exchange.request_headers)


def _head(first: str, headers: Sequence[tuple[bytes, bytes]]) -> bytes:
    return b"\r\n".join([first.encode(), *(b": ".join(field) for field in headers), b"", b""])


def _header(headers: Sequence[tuple[bytes, bytes]], name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in headers if key.lower() == name), "")


def _warc_date(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _date_of(timestamp: str) -> str:
    return _warc_date(datetime.strptime(timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC))


def _whole_members(path: Path) -> Iterator[bytes]:
    """The gzip members of a torn file that are whole by their own check sum and by the digests of their record."""
    if path.stat().st_size == 0:
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        at = 0
        while 0 <= at < len(data):
            end = _member_end(data, at)
            if end and _is_whole(member := data[at:end]):
                yield member
                at = end
            else:
                at = data.find(_GZIP_MEMBER, at + 1)


def _member_end(data: mmap.mmap, start: int) -> int | None:
    inflate, at = zlib.decompressobj(31), start
    try:
        while not inflate.eof and (chunk := data[at : at + _CHUNK]):
            inflate.decompress(chunk)
            at += len(chunk)
    except zlib.error:
        return None
    return at - len(inflate.unused_data) if inflate.eof else None


def _is_whole(member: bytes) -> bool:
    try:
        return sum(1 for _ in ArchiveIterator(io.BytesIO(member), verify_digests=True)) == 1
    except (OSError, ValueError):
        return False


def _write_whole(path: Path, parts: Iterator[bytes]) -> None:
    """Write a file under another name, sync and rename it: it is whole or not there."""
    partial = path.with_name(path.name + ".part")
    with partial.open("wb") as file:
        file.writelines(parts)
        file.flush()
        os.fsync(file.fileno())
    partial.rename(path)
    _sync_folder(path.parent)


def _write_all(fd: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


def _sync_folder(folder: Path) -> None:
    """A name is durable only when its folder is."""
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
