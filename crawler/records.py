"""WARC records of our own: what was sent, what came, and notes of what came to nothing."""

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Literal

import msgspec
from fastwarc import GzipWriter
from fastwarc.warc import WarcRecord, WarcRecordType

from crawler.clock import stamp
from crawler.outcome import Kind

ASKED_FIELD = "Fangtan-Asked"
"""Field of our own on a response: what the request was made for, as JSON. Readers pass over fields that they do not know."""

SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
NOTE_TYPE = "application/json"


class Asked(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a request was made for."""

    kind: Literal["list", "article"]
    """A list page, or a page of an article."""

    url: str
    """URL as listed, before any redirect."""

    origin: str = ""
    """Of a list page: the first one of its series of pages."""


class Note(msgspec.Struct, frozen=True, omit_defaults=True):
    """What no response says: a URL that came to nothing, or that a run read all there was."""

    outcome: Kind | Literal["complete"]
    """What became of the URL; ``complete``: the run ended, all that the lists hold is known."""

    noted: str
    """When, UTC, ``YYYY-MM-DDThh:mm:ssZ``."""

    asked: Asked | None = None
    """The URL; None for a run."""

    reason: str = ""
    """What was found, in words."""


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

    asked: Asked | None = None
    """What it was for; None for robots.txt."""


class Original(msgspec.Struct, frozen=True):
    """The record that holds a payload which another one repeats."""

    sha256: str
    """Hex digest of the payload."""

    url: str
    fetched: str
    """When, UTC, ``YYYY-MM-DDThh:mm:ssZ``."""

    filename: str
    """Name of the WARC file in the archive."""

    offset: int
    """Byte in it at which the record begins."""


def warcinfo_record(now: datetime, software: str) -> WarcRecord:
    """What a file begins with."""
    block = f"software: {software}\r\nformat: WARC File Format 1.1\r\nrobots: obey\r\n".encode()
    return _record(WarcRecordType.warcinfo, {"WARC-Date": stamp(now), "Content-Type": "application/warc-fields"}, block)


def response_record(exchange: Exchange, digest: str) -> WarcRecord:
    """The response as sent; ``digest`` is the hex SHA-256 of its body."""
    return _record(WarcRecordType.response, _fields(exchange, "response", digest), _response_head(exchange) + exchange.body)


def revisit_record(exchange: Exchange, original: Original) -> WarcRecord:
    """A response whose payload ``original`` holds already: the same body again, or 304."""
    fields = _fields(exchange, "response", original.sha256) | {
        "WARC-Profile": NOT_MODIFIED if exchange.status == HTTPStatus.NOT_MODIFIED else SAME_PAYLOAD,
        "WARC-Refers-To-Target-URI": original.url,
        "WARC-Refers-To-Date": original.fetched,
    }
    return _record(WarcRecordType.revisit, fields, _response_head(exchange))


def request_record(exchange: Exchange, concurrent_to: str) -> WarcRecord:
    """The request that ``concurrent_to``, the id of a response's record, answers."""
    fields = _fields(exchange, "request", hashlib.sha256().hexdigest()) | {"WARC-Concurrent-To": concurrent_to}
    fields.pop(ASKED_FIELD, None)
    return _record(WarcRecordType.request, fields, _request_head(exchange))


def note_record(note: Note) -> WarcRecord:
    """A note, as ``metadata``."""
    fields = {"WARC-Date": note.noted, "Content-Type": NOTE_TYPE}
    if note.asked:
        fields["WARC-Target-URI"] = _one_line(note.asked.url)
    return _record(WarcRecordType.metadata, fields, msgspec.json.encode(note))


def member(record: WarcRecord) -> bytes:
    """``record`` as one gzip member."""
    out = io.BytesIO()
    with GzipWriter(out, compression_level=6) as stream:
        record.write(stream)
    return out.getvalue()


def parse_asked(field: str | None) -> Asked | None:
    """What the field :data:`ASKED_FIELD` says; None where it says nothing that we know."""
    try:
        return msgspec.json.decode(field or "", type=Asked)
    except msgspec.MsgspecError:
        return None


def parse_note(block: bytes) -> Note | None:
    """The note in the block of a ``metadata`` record; None where it is somebody else's."""
    try:
        return msgspec.json.decode(block, type=Note)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def _fields(exchange: Exchange, kind: str, digest: str) -> dict[str, str]:
    fields = {
        "WARC-Target-URI": exchange.url,
        "WARC-Date": stamp(exchange.fetched),
        "Content-Type": f"application/http; msgtype={kind}",
        "WARC-Payload-Digest": f"sha256:{digest}",
    }
    if exchange.asked:
        fields[ASKED_FIELD] = json.dumps(msgspec.to_builtins(exchange.asked))  # ASCII: a URL may be anything
    return fields


def _record(kind: WarcRecordType, fields: Mapping[str, str], block: bytes) -> WarcRecord:
    record = WarcRecord()
    record.init_headers(kind)
    for name, value in fields.items():
        record.headers[name] = value
    record.headers["WARC-Block-Digest"] = f"sha256:{hashlib.sha256(block).hexdigest()}"
    record.set_bytes_content(block)
    return record


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


def _one_line(url: str) -> str:
    return "".join(url.split())
