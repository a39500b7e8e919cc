"""Captures: the responses in WARC and WACZ files, as references, and the pages that they stand for."""

import base64
import gzip
import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import ExitStack, contextmanager
from itertools import chain, pairwise
from pathlib import Path
from typing import IO, Literal, NamedTuple, cast

import msgspec
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from crawler.coding import CodingError, TooLargeError, dechunk, decode_content
from crawler.page import Page
from crawler.portal import MAX_PAGE_BYTES

HTML = frozenset({"text/html", "application/xhtml+xml", ""})
"""Content types of pages; a response without one may well be a page."""

# A longer record is yielded unread: no page is that long, and a record is held in memory whole.
_MAX_BLOCK = 64 * 2**20
_READ = WarcRecordType.response | WarcRecordType.revisit | WarcRecordType.resource
_HELD = _READ | WarcRecordType.metadata
_NOT_MODIFIED = 304
_SECONDS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_FIRST_RECORD = re.compile(rb"(?is)WARC/.*?\nContent-Length: *(\d+).*?\r?\n\r?\n")
_STATUS_LINE = re.compile(rb"HTTP/[\d.]+ +(\d{3})")
_GZIP = b"\x1f\x8b"
_CHUNK = 1 << 16


class ArchiveError(ValueError):
    """An archive, or the rest of it, cannot be read; the message names file, place and what was found."""


class DamagedError(ArchiveError):
    """One capture is not what its digest says, or its payload is not there; the others can be read."""


class Place(msgspec.Struct, frozen=True):
    """Where a record begins."""

    path: Path
    """The file."""

    offset: int
    """Byte in the file, or in ``member``; after decompression where the WARC is compressed as a whole."""

    member: str = ""
    """Name of the WARC inside a WACZ."""

    gunzip: bool = False
    """Whether the WARC is one gzip member, so that it can only be read from its start."""


class Capture(msgspec.Struct, frozen=True):
    """One response in an archive: all that is needed to choose it, but its body."""

    url: str
    """Absolute URL as fetched."""

    fetched: str | None
    """When the response came, UTC, ``YYYY-MM-DDThh:mm:ssZ``; None where the record gives no date."""

    status: int
    """HTTP status; 200 for a ``resource`` record, 0 where it cannot be read."""

    mime: str
    """``Content-Type`` without parameters, in lower case; empty where there was none."""

    sha256: str
    """Hex digest of the payload as sent: chunks joined, content coding not undone; empty for a record left unread."""

    digest: Literal["verified", "unverified", "wrong"]
    """Whether the payload is what the record says; ``unverified`` where it carries no digest that we know."""

    place: Place
    """The record."""

    payload: Place | None
    """The record that holds the payload: ``place``, another one for a revisit, None where the archive has it not."""

    @property
    def is_page(self) -> bool:
        """Whether this is a successful HTML response, or a 304 that says that one is still good; the others are to be
        counted, not cleaned."""
        return self.mime in HTML and (
            self.status == 200 or (self.status == _NOT_MODIFIED and self.payload not in (None, self.place))
        )


# Digests as records write them, and the capture that holds the payload. Some 500 bytes for each response read.
Payloads = MutableMapping[str, Capture]


class Record(NamedTuple):
    """One whole WARC record, read."""

    warc: WarcRecord
    place: Place

    block: bytes | None
    """None where it was passed over: of a kind that holds neither response nor metadata, or too long."""


class _Response(NamedTuple):
    """An HTTP response as a record holds it."""

    status: int
    headers: Mapping[str, str]
    payload: bytes


def iter_captures(path: Path) -> Iterator[Capture]:
    """Every response, resource and revisit in a WARC (``.warc``, ``.warc.gz``) or WACZ file, by position.

    :raises ArchiveError: no such archive; or cut off or damaged, after all whole records before that place.
    """
    payloads: dict[str, Capture] = {}
    for start in _starts(path):
        for record in iter_records(start):
            if record.warc.record_type & _READ:
                yield capture_of(record, payloads)


def captures_in(path: Path) -> Iterator[tuple[Capture, int]]:
    """Every capture of one WARC of our own, and the byte at which its record ends; payloads in other files are not looked for.

    :raises ArchiveError: cut off or damaged.
    """
    payloads: dict[str, Capture] = {}
    records = chain(iter_records(Place(path, 0)), (None,))
    for record, after in pairwise(records):
        if record and record.warc.record_type & _READ:
            yield capture_of(record, payloads), after.place.offset if after else path.stat().st_size


def load_page(capture: Capture, *, max_bytes: int = MAX_PAGE_BYTES) -> Page:
    """The page that ``capture`` stands for, transfer and content codings undone.

    :raises DamagedError: its digest is wrong or no longer that of the payload, or what it repeats is not in the archive.
    :raises CodingError: its body is cut off or damaged.
    :raises TooLargeError: more than ``max_bytes`` after decompression.
    :raises ArchiveError: the file is no longer what it was.
    """
    if capture.digest == "wrong":
        raise DamagedError(f"{capture.url}: the payload is not what its digest says")
    if capture.payload is None:
        raise DamagedError(f"{capture.url}: repeats a payload that is not in {capture.place.path}")
    if not capture.sha256:
        raise TooLargeError(f"more than {_MAX_BLOCK} bytes")
    response = _parse_response(_read_record(capture.payload))
    entity = _entity(response)
    if hashlib.sha256(entity).hexdigest() != capture.sha256:
        raise DamagedError(f"{capture.url}: {_name(capture.payload)} holds another payload at byte {capture.payload.offset}")
    body = decode_content(entity, response.headers.get("content-encoding", ""), max_bytes=max_bytes)
    content_type = response.headers.get("content-type", "")
    return Page(body, capture.url, content_type, capture.fetched, capture.sha256)


def capture_of(record: Record, payloads: Payloads) -> Capture:
    """The capture in ``record``, a response, resource or revisit; what it holds is added to ``payloads``."""
    response = _parse_response(record)
    if record.warc.record_type == WarcRecordType.revisit:
        return _revisit(record, response, payloads)
    capture = Capture(
        url=_url(record.warc),
        fetched=_fetched(record.warc),
        status=response.status,
        mime=_mime(response),
        sha256="" if record.block is None else hashlib.sha256(_entity(response, lenient=True)).hexdigest(),
        digest=_verify(record, response),
        place=record.place,
        payload=record.place,
    )
    if capture.digest != "wrong":
        payloads.setdefault(f"sha256:{capture.sha256}", capture)
        payloads.setdefault(_payload_digest(record.warc), capture)
    return capture


def iter_records(start: Place) -> Iterator[Record]:
    """The whole records from ``start`` to the end of the file.

    :raises ArchiveError: cut off or damaged, after the last record before that place.
    """
    place = start
    with _open(start) as stream:
        try:
            stream.seek(start.offset)
            for warc in ArchiveIterator(stream, parse_http=False):
                place = msgspec.structs.replace(start, offset=warc.stream_pos)
                yield Record(warc, place, _block(warc))
            _check_end(stream, place)
        except (OSError, EOFError, ValueError, zlib.error) as error:
            raise ArchiveError(f"{_name(start)}: cut off or damaged at byte {place.offset} or after it: {error}") from None


def _read_record(place: Place) -> Record:
    record = next(iter_records(place), None)
    if record is None:
        raise ArchiveError(f"{_name(place)}: no record at byte {place.offset}")
    return record


def _block(warc: WarcRecord) -> bytes | None:
    """fastwarc gives a torn record as if it were whole, even one torn within its header."""
    wanted = warc.record_type & _HELD and warc.content_length <= _MAX_BLOCK
    block = warc.reader.read() if wanted else None
    size = warc.reader.consume() if block is None else len(block)
    if not warc.headers.get("Content-Length") or size != warc.content_length:
        raise ValueError("torn record")
    return block


def _check_end(stream: IO[bytes], last: Place) -> None:
    """Raise where there is more than the ``last`` record, or none at all: fastwarc ends in silence at some damage."""
    stream.seek(last.offset)
    rest = stream.read(_CHUNK)
    if not rest:
        raise ValueError("no WARC record")
    if not rest.startswith(_GZIP):
        return
    inflate = zlib.decompressobj(31)
    while rest and not inflate.eof:
        inflate.decompress(rest)
        rest = inflate.unused_data or stream.read(_CHUNK)
    if not inflate.eof or rest:
        raise ValueError("torn record")


def headers_of(record: Record) -> Mapping[str, str]:
    """The header fields of the response in ``record`` by name in lower case."""
    return _parse_response(record).headers


def _parse_response(record: Record) -> _Response:
    block = record.block or b""
    if record.warc.record_type == WarcRecordType.resource:
        return _Response(200, {"content-type": record.warc.headers.get("Content-Type") or ""}, block)
    head, _, payload = block.partition(b"\r\n\r\n")
    found = _STATUS_LINE.match(head)
    return _Response(int(found[1]) if found else 0, _parse_headers(head), payload)


def _parse_headers(head: bytes) -> dict[str, str]:
    """Header fields by name in lower case; repeated ones joined by commas."""
    headers: dict[str, str] = {}
    for line in head.decode("latin-1").split("\r\n")[1:]:
        name, _, value = line.partition(":")
        key, value = name.strip().lower(), value.strip()
        headers[key] = f"{headers[key]}, {value}" if key in headers else value
    return headers


def _entity(response: _Response, *, lenient: bool = False) -> bytes:
    """The payload with its chunks joined; ``lenient`` gives one cut off as it is."""
    if "chunked" not in response.headers.get("transfer-encoding", "").lower():
        return response.payload
    try:
        return dechunk(response.payload)
    except CodingError:
        if lenient:
            return response.payload
        raise


def _revisit(record: Record, response: _Response, payloads: Payloads) -> Capture:
    original = payloads.get(_payload_digest(record.warc))
    return Capture(
        url=_url(record.warc),
        fetched=_fetched(record.warc),
        status=response.status or (original.status if original else 0),
        mime=original.mime if original else _mime(response),
        sha256=original.sha256 if original else _sha256_in(_payload_digest(record.warc)),
        digest=original.digest if original else "unverified",
        place=record.place,
        payload=original.payload if original else None,
    )


def _url(warc: WarcRecord) -> str:
    """Some writers put the URL between angle brackets, as the grammar of WARC 1.0 had it."""
    return (warc.headers.get("WARC-Target-URI") or "").strip("<>")


def _fetched(warc: WarcRecord) -> str | None:
    found = _SECONDS.match(warc.headers.get("WARC-Date") or "")
    return f"{found[0]}Z" if found else None


def _mime(response: _Response) -> str:
    return response.headers.get("content-type", "").partition(";")[0].strip().lower()


def _payload_digest(warc: WarcRecord) -> str:
    return (warc.headers.get("WARC-Payload-Digest") or "").lower()


def _sha256_in(digest: str) -> str:
    name, _, value = digest.partition(":")
    return value if name == "sha256" and len(value) == 64 else ""


def _verify(record: Record, response: _Response) -> Literal["verified", "unverified", "wrong"]:
    """A payload digest may be meant before or after the chunks are joined: writers differ."""
    headers, block = record.warc.headers, record.block
    if block is None:
        return "unverified"
    payloads = {response.payload, _entity(response, lenient=True)}
    found = [
        _any_matches(headers.get("WARC-Payload-Digest") or "", payloads),
        _any_matches(headers.get("WARC-Block-Digest") or "", {block}),
    ]
    if False in found:
        return "wrong"
    return "verified" if True in found else "unverified"


def _any_matches(digest: str, contents: set[bytes]) -> bool | None:
    """Whether ``digest`` (``sha1:BASE32``, ``sha256:hex`` …) is that of one of ``contents``; None: no digest we know."""
    name, _, value = digest.partition(":")
    algorithm = name.lower().replace("-", "")
    if algorithm not in {"md5", "sha1", "sha256", "sha384", "sha512"}:
        return None
    return any(value.rstrip("=") in _spellings(algorithm, content) for content in contents)


def _spellings(algorithm: str, content: bytes) -> set[str]:
    raw = hashlib.new(algorithm, content, usedforsecurity=False).digest()
    base32 = base64.b32encode(raw).decode().rstrip("=")
    return {raw.hex(), raw.hex().upper(), base32, base32.lower(), base64.b64encode(raw).decode().rstrip("=")}


def _starts(path: Path) -> Iterator[Place]:
    """Where the WARCs of the file begin: one, or those inside a WACZ by name."""
    for start in _members(path) if zipfile.is_zipfile(path) else (Place(path, 0),):
        with _open(start) as stream:
            gunzip = _is_one_member(stream)
        yield msgspec.structs.replace(start, gunzip=gunzip)


def _members(path: Path) -> list[Place]:
    with zipfile.ZipFile(path) as wacz:
        names = sorted(name for name in wacz.namelist() if name.endswith((".warc", ".warc.gz")))
    if not names:
        raise ArchiveError(f"{path}: a zip file without a WARC in it")
    return [Place(path, 0, name) for name in names]


def _is_one_member(stream: IO[bytes]) -> bool:
    """Whether a WARC was compressed as a whole, by ``gzip x.warc``: its first gzip member goes on after the first record."""
    seen, found, end = bytearray(), None, _CHUNK
    for data in _first_member(stream):
        seen += data
        if not found and (found := _FIRST_RECORD.match(seen)):
            end = found.end() + int(found[1]) + len("\r\n\r\n")
        if len(seen) > end:
            break
    return found is not None and len(seen) > end


def _first_member(stream: IO[bytes]) -> Iterator[bytes]:
    """What the first gzip member holds, piece by piece; nothing more from where it is damaged, or where it is none."""
    inflate = zlib.decompressobj(31)
    chunk = stream.read(_CHUNK)
    while chunk and not inflate.eof:
        try:
            yield inflate.decompress(chunk, _CHUNK)
        except zlib.error:
            return
        chunk = inflate.unconsumed_tail or stream.read(_CHUNK)


@contextmanager
def _open(place: Place) -> Iterator[IO[bytes]]:
    with ExitStack() as stack:
        if place.member:
            wacz = stack.enter_context(zipfile.ZipFile(place.path))
            stream: IO[bytes] = stack.enter_context(wacz.open(place.member))
        else:
            stream = stack.enter_context(place.path.open("rb"))
        yield cast("IO[bytes]", gzip.GzipFile(fileobj=stream)) if place.gunzip else stream


def _name(place: Place) -> str:
    return f"{place.path}!{place.member}" if place.member else str(place.path)
