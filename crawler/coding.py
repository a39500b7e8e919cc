"""Transfer and content codings of an HTTP body, undone within a bound."""

import re
import zlib

import brotli  # type: ignore[import-untyped]  # it ships no types

# Servers send one; each costs a copy of the rest, so that 8 MiB of empty members would take hours.
_MAX_MEMBERS = 64

_CHUNK_SIZE = re.compile(rb"(?:\r?\n)?([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")


class CodingError(ValueError):
    """A body is not what its headers say; the message names the coding."""


class TooLargeError(ValueError):
    """A body is longer than allowed once its coding is undone."""


def decode_content(body: bytes, codings: str, *, max_bytes: int) -> bytes:
    """``body`` with the codings of a ``Content-Encoding`` header undone, the one applied last first.

    A body that is markup already stays as it is: many crawlers store what they decoded under the header as sent.

    >>> decode_content(b"<p>", "gzip", max_bytes=10)
    b'<p>'

    :raises CodingError: cut off, damaged, or of an unknown coding.
    :raises TooLargeError: more than ``max_bytes``; no more than that is ever in memory.
    """
    for coding in reversed([name.strip().lower() for name in codings.split(",")]):
        body = _undo(body, coding, max_bytes) if body else body
    if len(body) > max_bytes:
        raise TooLargeError(f"more than {max_bytes} bytes")
    return body


def dechunk(body: bytes) -> bytes:
    """``body`` without chunked transfer coding; as it is where it does not begin with a chunk size.

    >>> dechunk(b"4\\r\\n<p>\\n\\r\\n0\\r\\n\\r\\n")
    b'<p>\\n'

    :raises CodingError: cut off.
    """
    chunks: list[bytes] = []
    at = 0
    while found := _CHUNK_SIZE.match(body, at):
        start, size = found.end(), int(found[1], 16)
        if size == 0:
            return b"".join(chunks)
        chunks.append(body[start : start + size])
        at = start + size
        if at > len(body):
            break
    if at == 0:
        return body
    raise CodingError("chunked: the body is cut off")


def _undo(body: bytes, coding: str, max_bytes: int) -> bytes:
    try:
        return _decode(body, coding, max_bytes)
    except (CodingError, zlib.error, brotli.error) as error:
        if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            return body
        raise CodingError(str(error) if isinstance(error, CodingError) else f"{coding}: {error}") from None


def _decode(body: bytes, coding: str, max_bytes: int) -> bytes:
    match coding:
        case "" | "identity":
            return body
        case "gzip" | "x-gzip":
            return _inflate(body, coding, 31, max_bytes)
        case "deflate":
            return _inflate(body, coding, 15 if _has_zlib_header(body) else -15, max_bytes)
        case "br":
            return _unbrotli(body, max_bytes)
    raise CodingError(f"unknown content coding {coding!r}")


def _inflate(body: bytes, coding: str, window: int, max_bytes: int) -> bytes:
    """All gzip members of ``body``; what stands after the last one and is none is left out, as browsers do."""
    out = bytearray()
    for _ in range(_MAX_MEMBERS):
        stream = zlib.decompressobj(window)
        out += stream.decompress(body, max_bytes + 1 - len(out))
        if len(out) > max_bytes:
            raise TooLargeError(f"more than {max_bytes} bytes after {coding}")
        if not stream.eof:
            raise CodingError(f"{coding}: the body is cut off")
        body = stream.unused_data
        if not body.startswith(b"\x1f\x8b"):
            return bytes(out)
    raise CodingError(f"{coding}: more than {_MAX_MEMBERS} members")


def _has_zlib_header(body: bytes) -> bool:
    """``deflate`` means zlib, yet some servers send the bare stream."""
    return len(body) > 1 and body[0] & 15 == 8 and (body[0] * 256 + body[1]) % 31 == 0


def _unbrotli(body: bytes, max_bytes: int) -> bytes:
    stream = brotli.Decompressor()
    out = stream.process(body, output_buffer_limit=max_bytes + 1)
    while not stream.is_finished() and len(out) <= max_bytes:
        more = stream.process(b"", output_buffer_limit=max_bytes + 1 - len(out))
        if not more:
            raise CodingError("br: the body is cut off")
        out += more
    if len(out) > max_bytes:
        raise TooLargeError(f"more than {max_bytes} bytes after br")
    return bytes(out)
