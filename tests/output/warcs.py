"""WARC files written by hand, as a foreign crawler might."""

import gzip


def response(url: str, body: bytes, *, status: int = 200, content_type: str = "text/html; charset=utf-8", day: int = 1) -> bytes:
    """One response record without digests, as its own gzip member."""
    http = f"HTTP/1.1 {status} X\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-11-{day:02}T04:05:06Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + http + b"\r\n\r\n", mtime=0)


def warc(*members: bytes) -> bytes:
    """The file of these records."""
    return b"".join(members)
