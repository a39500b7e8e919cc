"""The index beside the WARC files."""

from pathlib import Path

import pytest

from crawler.archive import INDEX, read_archive
from crawler.cdxj import read_index, surt
from tests.crawler.warcs import exchange, write_archive


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://JL.ifeng.com/a/1_0.shtml", "com,ifeng,jl)/a/1_0.shtml"),
        ("http://127.0.0.1:8080", "1,0,0,127:8080)/"),
        ("http://www.x.cn/?b=1&a=2", "cn,x)/?a=2&b=1"),
    ],
    ids=["scheme-and-case", "port", "query"],
)
def test_surt(url: str, key: str) -> None:
    assert surt(url) == key


def test_lines_are_sorted_and_say_where_the_record_lies(tmp_path: Path) -> None:
    write_archive(tmp_path, [exchange(2), exchange(1), exchange(3, "<p>第1期访谈")])
    lines = (tmp_path / INDEX).read_text().splitlines()
    assert lines == sorted(lines)
    assert lines[0].startswith(
        'test,portal)/a/1.shtml 20261123080001 {"url":"http://portal.test/a/1.shtml","mime":"text/html","status":"200"'
    )
    assert '"mime":"warc/revisit"' in lines[2]
    (whole,) = tmp_path.glob("*.warc.gz")
    for entry in read_index(tmp_path / INDEX):
        member = whole.read_bytes()[int(entry.offset) : int(entry.offset) + int(entry.length)]
        assert member.startswith(b"\x1f\x8b")


@pytest.mark.parametrize("damage", [None, b"", b"nonsense\n", b"a 2 {}\n"], ids=["missing", "empty", "torn", "wrong"])
def test_an_index_that_is_not_right_is_made_again_from_the_records(tmp_path: Path, damage: bytes | None) -> None:
    write_archive(tmp_path, [exchange(1), exchange(2), exchange(3, "<p>第1期访谈"), exchange(4, status=404)], max_bytes=1)
    expected, lines = list(read_archive(tmp_path)), (tmp_path / INDEX).read_bytes()
    (tmp_path / INDEX).unlink()
    if damage is not None:
        (tmp_path / INDEX).write_bytes(damage)
    assert list(read_archive(tmp_path)) == expected
    write_archive(tmp_path, [])
    write_archive(tmp_path, [exchange(9)])
    assert (tmp_path / INDEX).read_bytes().startswith(lines)
