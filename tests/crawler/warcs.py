"""Exchanges and foreign WARC records for the tests."""

import gzip
import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.archive import ArchiveWriter, Capture, Exchange

START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
HTML = (b"Content-Type", b"text/html; charset=utf-8")


def exchange(number: int, body: str | None = None, *, status: int = 200) -> Exchange:
    """The exchange that fetched article ``number``, a second after the one before."""
    return Exchange(
        url=f"http://portal.test/a/{number}.shtml",
        status=status,
        headers=(HTML,),
        body=(f"<p>第{number}期访谈" if body is None else body).encode(),
        fetched=START + timedelta(seconds=number),
        request_headers=((b"User-Agent", b"fangtan/0"),),
    )


def write_archive(folder: Path, exchanges: Sequence[Exchange], *, max_bytes: int = 1 << 20) -> tuple[Capture, ...]:
    """The captures of ``exchanges`` in one run over ``folder``."""
    with ArchiveWriter(folder, max_bytes=max_bytes) as writer:
        return tuple(writer.write(each).capture for each in exchanges)


def foreign_record(
    payload: bytes,
    *,
    url: str = "http://portal.test/a/1.shtml",
    kind: str = "response",
    status: str = "HTTP/1.1 200 OK",
    headers: Sequence[str] = ("Content-Type: text/html",),
    warc_headers: Sequence[str] = (),
) -> bytes:
    """A record as another writer may have made it: by hand, WARC 1.0, digests only as given."""
    block = "\r\n".join([status, *headers, "", ""]).encode() + payload
    if kind == "resource":
        block = payload
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: <{url}>",
        "WARC-Date: 2019-03-01T10:20:30Z",
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>",
        f"Content-Type: {'text/html' if kind == 'resource' else 'application/http; msgtype=response'}",
        f"Content-Length: {len(block)}",
        *warc_headers,
    ]
    return "\r\n".join([*lines, "", ""]).encode() + block + b"\r\n\r\n"


def write_gzip(path: Path, records: Sequence[bytes]) -> Path:
    """A ``.warc.gz`` of one member a record."""
    path.write_bytes(b"".join(map(gzip.compress, records)))
    return path


def write_wacz(path: Path, members: dict[str, bytes]) -> Path:
    """A WACZ, which is a zip file with the WARCs under ``archive/``."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as wacz:
        for name, data in members.items():
            wacz.writestr(name, data)
    path.write_bytes(out.getvalue())
    return path
