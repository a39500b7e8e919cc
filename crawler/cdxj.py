"""The CDXJ index of a series' archive: one sorted line for each capture."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from crawler.capture import Capture, Place

REVISIT = "warc/revisit"


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the index; all values are strings, as other readers of CDXJ expect."""

    url: str
    """Absolute URL as fetched."""

    mime: str
    """``Content-Type`` without parameters, or ``warc/revisit``."""

    status: str
    """HTTP status, e.g. ``200``."""

    digest: str
    """``sha256:`` and the hex digest of the payload as sent."""

    length: str
    """Bytes of the record in the file, compressed."""

    offset: str
    """Byte in the file at which the record begins."""

    filename: str
    """Name of the WARC file beside the index."""

    timestamp: str = ""
    """``YYYYMMDDhhmmss``, UTC; on the line it stands before the JSON."""


def entry_of(capture: Capture, length: int) -> Entry:
    """The index entry of ``capture``, whose record takes ``length`` bytes."""
    return Entry(
        url=capture.url,
        mime=capture.mime if capture.payload == capture.place else REVISIT,
        status=str(capture.status),
        digest=f"sha256:{capture.sha256}",
        length=str(length),
        offset=str(capture.place.offset),
        filename=capture.place.path.name,
        timestamp="".join(filter(str.isdigit, capture.fetched or "")),
    )


def captures_of(entries: Iterable[Entry], folder: Path) -> Iterator[Capture]:
    """The captures that ``entries`` stand for, in order of fetch: by file, then position."""
    held: dict[str, Capture] = {}
    for entry in sorted(entries, key=lambda entry: (entry.filename, int(entry.offset))):
        place = Place(folder / entry.filename, int(entry.offset))
        original = held.get(entry.digest) if entry.mime == REVISIT else None
        capture = Capture(
            url=entry.url,
            fetched=_fetched(entry.timestamp),
            status=int(entry.status),
            mime=original.mime if original else entry.mime,
            sha256=entry.digest.removeprefix("sha256:"),
            digest="verified",
            place=place,
            payload=place if entry.mime != REVISIT else original.payload if original else None,
        )
        held.setdefault(entry.digest, capture)
        yield capture


def read_index(path: Path) -> tuple[Entry, ...]:
    """The entries of the index at ``path``; none where there is no such file.

    :raises ValueError: a line is none of an index.
    """
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return ()
    return tuple(map(_parse_line, lines))


def index_lines(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The lines of an index, sorted as bytes, so that it can be searched by halves."""
    return iter(sorted(map(_line, entries)))


def surt(url: str) -> str:
    """``url`` as a sort key: host reversed, no scheme, no ``www``, query sorted.

    >>> surt("http://www.jl.ifeng.com/a/20181113/7024738_0.shtml?b=2&a=1")
    'com,ifeng,jl)/a/20181113/7024738_0.shtml?a=1&b=2'
    """
    parts = urlsplit(url.lower())
    host = ",".join(reversed((parts.hostname or "").removeprefix("www.").split(".")))
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    query = f"?{'&'.join(sorted(parts.query.split('&')))}" if parts.query else ""
    return f"{host}{port}){parts.path or '/'}{query}"


def _line(entry: Entry) -> bytes:
    fields = msgspec.structs.asdict(entry)
    timestamp = fields.pop("timestamp")
    return f"{_key(entry.url)} {timestamp} ".encode() + msgspec.json.encode(fields) + b"\n"


def _key(url: str) -> str:
    try:
        return surt(url).replace(" ", "%20")
    except ValueError:  # no URL that urlsplit takes, e.g. a port that is no number
        return url.replace(" ", "%20")


def _parse_line(line: bytes) -> Entry:
    _, timestamp, fields = line.split(b" ", 2)
    return msgspec.structs.replace(msgspec.json.decode(fields, type=Entry), timestamp=timestamp.decode())


def _fetched(timestamp: str) -> str | None:
    if len(timestamp) != 14:
        return None
    year, *rest = timestamp[:4], *(timestamp[at : at + 2] for at in range(4, 14, 2))
    return "{}-{}-{}T{}:{}:{}Z".format(year, *rest)
