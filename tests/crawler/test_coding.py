"""Content and transfer codings, whole, cut off and too long."""

import gzip
import zlib

import brotli  # type: ignore[import-untyped]  # it ships no types
import pytest

from crawler.coding import CodingError, TooLargeError, dechunk, decode_content

TEXT = b"<p>" + "访谈".encode() * 20_000
CODED = {
    "gzip": gzip.compress(TEXT, mtime=0),
    "x-gzip": gzip.compress(TEXT, mtime=0),
    "deflate": zlib.compress(TEXT),
    "br": brotli.compress(TEXT),
    "identity": TEXT,
    "": TEXT,
    "br, gzip": gzip.compress(brotli.compress(TEXT), mtime=0),
}
BARE_DEFLATE = zlib.compress(TEXT)[2:-4]


@pytest.mark.parametrize(("coding", "body"), [*CODED.items(), ("deflate", BARE_DEFLATE)])
def test_decode_content_undoes_what_the_header_says(coding: str, body: bytes) -> None:
    assert decode_content(body, coding, max_bytes=len(TEXT)) == TEXT


@pytest.mark.parametrize(("coding", "body"), [*CODED.items(), ("deflate", BARE_DEFLATE)])
def test_decode_content_stops_at_the_limit(coding: str, body: bytes) -> None:
    with pytest.raises(TooLargeError):
        decode_content(body, coding, max_bytes=len(TEXT) - 1)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
@pytest.mark.parametrize("cut", [1, 7, 20])
def test_a_body_cut_off_is_an_error(coding: str, cut: int) -> None:
    with pytest.raises(CodingError, match=f"{coding}: the body is cut off"):
        decode_content(CODED[coding][:-cut], coding, max_bytes=1 << 20)


@pytest.mark.parametrize(
    ("coding", "body", "said"),
    [("gzip", b"\x1f\x8bnonsense", "gzip: "), ("br", b"\xff\xff\xff", "br: "), ("zstd", b"x", "unknown content coding 'zstd'")],
)
def test_what_is_not_its_coding_is_an_error(coding: str, body: bytes, said: str) -> None:
    with pytest.raises(CodingError, match=said):
        decode_content(body, coding, max_bytes=100)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
@pytest.mark.parametrize("body", [b"<p>", b"\xef\xbb\xbf\r\n <!doctype html>", b""], ids=["markup", "bom", "empty"])
def test_markup_stored_under_the_header_as_sent_stays(coding: str, body: bytes) -> None:
    assert decode_content(body, coding, max_bytes=100) == body


def test_gzip_of_several_members_is_one_body_and_padding_is_none() -> None:
    assert decode_content(gzip.compress(b"a") + gzip.compress(b"b") + b"\0\0", "gzip", max_bytes=9) == b"ab"


def test_endless_empty_members_are_refused() -> None:
    with pytest.raises(CodingError, match="more than 64 members"):
        decode_content(gzip.compress(b"") * 65, "gzip", max_bytes=9)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"3\r\nabc\r\n0\r\n\r\n", b"abc"),
        (b"3;x=y\r\nabc\r\n02\r\nde\r\n0\r\nTrailer: x\r\n\r\n", b"abcde"),
        (b"3\nabc\n0\n\n", b"abc"),
        (b"<p>not chunked", b"<p>not chunked"),
        (b"", b""),
    ],
    ids=["one", "extension-and-trailer", "bare-newlines", "not-chunked", "empty"],
)
def test_dechunk(body: bytes, expected: bytes) -> None:
    assert dechunk(body) == expected


@pytest.mark.parametrize("cut", range(4, 15))
def test_dechunk_of_a_body_cut_off_is_an_error(cut: int) -> None:
    with pytest.raises(CodingError, match="chunked"):
        dechunk(b"3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n"[:cut])
