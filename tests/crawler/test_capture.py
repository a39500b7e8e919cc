"""Reading WARC and WACZ files of any origin."""

import base64
import gzip
import hashlib
from pathlib import Path

import brotli  # type: ignore[import-untyped]  # it ships no types
import pytest

from crawler.capture import ArchiveError, Capture, DamagedError, iter_captures, load_page
from crawler.coding import CodingError, TooLargeError
from tests.crawler.warcs import foreign_record, write_gzip, write_wacz

BODY = "<p>访谈实录</p>".encode()
CHUNKED = b"3\r\n" + BODY[:3] + b"\r\n%x\r\n" % len(BODY[3:]) + BODY[3:] + b"\r\n0\r\n\r\n"


def sha1(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()


def one(path: Path) -> Capture:
    (capture,) = iter_captures(path)
    return capture


def cut_reading(path: Path) -> tuple[list[Capture], str]:
    """What is read before the error, and the error."""
    captures: list[Capture] = []
    with pytest.raises(ArchiveError) as caught:
        captures.extend(iter_captures(path))
    return captures, str(caught.value)


def all_before(path: Path) -> list[Capture]:
    captures = []
    try:
        for capture in iter_captures(path):
            captures.append(capture)
    except ArchiveError:
        pass
    return captures


@pytest.mark.parametrize("suffix", [".warc", ".warc.gz", ".whole.warc.gz", ".wacz", ".plain.wacz"])
def test_a_page_comes_out_of_every_container(tmp_path: Path, suffix: str) -> None:
    records = [foreign_record(b"<p>%d" % number, url=f"http://portal.test/{number}") for number in range(3)]
    joined, members = b"".join(records), b"".join(map(gzip.compress, records))
    path = tmp_path / f"x{suffix}"
    match suffix:
        case ".wacz":
            write_wacz(path, {"archive/a.warc.gz": members, "pages/pages.jsonl": b"{}"})
        case ".plain.wacz":
            write_wacz(path, {"archive/a.warc": joined})
        case _:
            path.write_bytes({".warc": joined, ".warc.gz": members, ".whole.warc.gz": gzip.compress(joined)}[suffix])
    pages = [load_page(capture) for capture in iter_captures(path)]
    assert [(page.url, page.body) for page in pages] == [(f"http://portal.test/{n}", b"<p>%d" % n) for n in range(3)]
    assert pages[0].fetched == "2019-03-01T10:20:30Z"
    assert pages[0].content_type == "text/html"
    assert pages[0].sha256 == hashlib.sha256(b"<p>0").hexdigest()


@pytest.mark.parametrize(
    ("payload", "headers", "sent"),
    [
        (CHUNKED, ["Transfer-Encoding: chunked"], BODY),
        (BODY, ["Transfer-Encoding: chunked"], BODY),
        (gzip.compress(BODY, mtime=0), ["Content-Encoding: gzip"], gzip.compress(BODY, mtime=0)),
        (brotli.compress(BODY), ["content-encoding: br"], brotli.compress(BODY)),
        (BODY, ["Content-Encoding: gzip"], BODY),
    ],
    ids=["chunked", "chunks-joined-by-the-writer", "gzip", "br", "decoded-by-the-writer"],
)
def test_codings_are_undone_and_the_digest_is_of_what_was_sent(
    tmp_path: Path, payload: bytes, headers: list[str], sent: bytes
) -> None:
    path = write_gzip(tmp_path / "x.warc.gz", [foreign_record(payload, headers=["Content-Type: text/html", *headers])])
    page = load_page(one(path))
    assert page.body == BODY
    assert page.sha256 == hashlib.sha256(sent).hexdigest()


@pytest.mark.parametrize(
    ("digest", "expected"),
    [
        ((), "unverified"),
        (("WARC-Payload-Digest: sha1:WRONG",), "wrong"),
        (("WARC-Block-Digest: sha1:WRONG",), "wrong"),
        (("WARC-Payload-Digest: xxh3:12",), "unverified"),
        ((f"WARC-Payload-Digest: {sha1(BODY)}",), "verified"),
        ((f"WARC-Payload-Digest: SHA-256:{hashlib.sha256(BODY).hexdigest().upper()}",), "verified"),
        ((f"WARC-Payload-Digest: md5:{base64.b64encode(hashlib.md5(BODY).digest()).decode()}",), "verified"),
    ],
    ids=["none", "wrong-payload", "wrong-block", "unknown-algorithm", "base32", "hex", "base64"],
)
def test_digests(tmp_path: Path, digest: tuple[str, ...], expected: str) -> None:
    capture = one(write_gzip(tmp_path / "x.warc.gz", [foreign_record(BODY, warc_headers=digest)]))
    assert capture.digest == expected
    if expected == "wrong":
        with pytest.raises(DamagedError, match=r"http://portal.test/a/1.shtml: the payload is not what its digest says"):
            load_page(capture)


@pytest.mark.parametrize("digested", [CHUNKED, BODY], ids=["with-chunks", "chunks-joined"])
def test_a_payload_digest_may_be_meant_either_way(tmp_path: Path, digested: bytes) -> None:
    headers = ["Content-Type: text/html", "Transfer-Encoding: chunked"]
    record = foreign_record(CHUNKED, headers=headers, warc_headers=[f"WARC-Payload-Digest: {sha1(digested)}"])
    assert one(write_gzip(tmp_path / "x.warc.gz", [record])).digest == "verified"


@pytest.mark.parametrize(
    ("record", "status", "mime", "is_page"),
    [
        (foreign_record(BODY), 200, "text/html", True),
        (foreign_record(BODY, headers=[]), 200, "", True),
        (foreign_record(BODY, kind="resource"), 200, "text/html", True),
        (foreign_record(BODY, headers=["Content-Type: IMAGE/png; q=1"]), 200, "image/png", False),
        (foreign_record(BODY, status="HTTP/1.1 404 Not Found"), 404, "text/html", False),
        (foreign_record(BODY, status="nonsense"), 0, "text/html", False),
    ],
    ids=["page", "no-type", "resource", "image", "not-found", "no-status"],
)
def test_what_is_no_page_is_yielded_with_its_status(tmp_path: Path, record: bytes, status: int, mime: str, is_page: bool) -> None:
    capture = one(write_gzip(tmp_path / "x.warc.gz", [record]))
    assert (capture.status, capture.mime, capture.is_page) == (status, mime, is_page)


def test_a_revisit_has_the_payload_of_the_record_that_it_repeats(tmp_path: Path) -> None:
    digest = f"WARC-Payload-Digest: {sha1(BODY)}"
    records = [
        foreign_record(BODY, warc_headers=[digest]),
        foreign_record(b"", url="http://portal.test/twin", kind="revisit", warc_headers=[digest]),
        foreign_record(b"", url="http://portal.test/lost", kind="revisit", warc_headers=["WARC-Payload-Digest: sha1:ELSEWHERE"]),
    ]
    _, twin, lost = iter_captures(write_gzip(tmp_path / "x.warc.gz", records))
    assert load_page(twin).body == BODY
    assert load_page(twin).url == "http://portal.test/twin"
    with pytest.raises(DamagedError, match="repeats a payload that is not in"):
        load_page(lost)


def test_a_page_too_large_is_named_and_never_decompressed_whole(tmp_path: Path) -> None:
    bomb = gzip.compress(b"\0" * (32 << 20))
    record = foreign_record(bomb, headers=["Content-Type: text/html", "Content-Encoding: gzip"])
    with pytest.raises(TooLargeError, match="more than 8388608 bytes after gzip"):
        load_page(one(write_gzip(tmp_path / "x.warc.gz", [record])))


def test_a_record_longer_than_any_page_is_passed_over_unread(tmp_path: Path) -> None:
    capture = one(write_gzip(tmp_path / "x.warc.gz", [foreign_record(b"\0" * (65 << 20))]))
    assert (capture.url, capture.sha256) == ("http://portal.test/a/1.shtml", "")
    with pytest.raises(TooLargeError):
        load_page(capture)


def test_a_body_cut_off_is_an_error_of_that_page_alone(tmp_path: Path) -> None:
    cut = foreign_record(gzip.compress(BODY)[:-9], headers=["Content-Type: text/html", "Content-Encoding: gzip"])
    first, second = iter_captures(write_gzip(tmp_path / "x.warc.gz", [cut, foreign_record(BODY)]))
    with pytest.raises(CodingError, match="gzip: the body is cut off"):
        load_page(first)
    assert load_page(second).body == BODY


@pytest.mark.parametrize("packed", [True, False], ids=["gzip", "plain"])
def test_a_file_cut_at_any_byte_gives_its_whole_records_and_an_error(tmp_path: Path, packed: bool) -> None:
    records = [foreign_record(b"<p>%d" % n, url=f"http://portal.test/{n}") for n in range(3)]
    parts = [gzip.compress(record) for record in records] if packed else records
    path = tmp_path / "x.warc.gz"
    for cut in range(sum(map(len, parts))):
        path.write_bytes(b"".join(parts)[:cut])
        captures = all_before(path)
        assert [load_page(capture).body for capture in captures] == [b"<p>%d" % n for n in range(len(captures))]
        ends = [sum(map(len, parts[: n + 1])) for n in range(3)]
        # What is missing may be no more than the check sum and the empty lines that end a record.
        assert sum(cut >= end for end in ends) <= len(captures) <= sum(cut >= end - 14 for end in ends)
        if packed and cut not in ends:
            with pytest.raises(ArchiveError, match=r"x\.warc\.gz: cut off or damaged at byte \d+ or after it: "):
                list(iter_captures(path))


@pytest.mark.parametrize(
    "data", [b"", b"<html>no archive</html>", b"PK\x03\x04 torn", b"\x1f\x8b\x08 torn"], ids=["empty", "html", "zip", "gzip"]
)
def test_what_is_no_archive_is_named(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(data)
    assert cut_reading(path)[1].startswith(f"{path}: cut off or damaged at byte 0")


def test_a_wacz_without_a_warc_is_named(tmp_path: Path) -> None:
    path = write_wacz(tmp_path / "x.wacz", {"datapackage.json": b"{}"})
    assert cut_reading(path) == ([], f"{path}: a zip file without a WARC in it")


def test_damage_in_the_middle_is_no_silent_end(tmp_path: Path) -> None:
    records = [gzip.compress(foreign_record(BODY, url=f"http://portal.test/{n}")) for n in range(5)]
    whole = b"".join(records)
    for at in range(len(records[0]), len(records[0]) + len(records[1])):
        path = tmp_path / "x.warc.gz"
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        captures = all_before(path)
        if len(captures) < 5:
            cut_reading(path)
        for capture in captures:
            assert load_page(capture).body == BODY or capture.digest == "wrong"
