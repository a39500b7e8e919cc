"""Corpus files are read as a stream and replaced whole or not at all."""

import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.article import Removed
from output.corpus import CorpusError, append_item, encode_line, read_items, replacing, sort_key
from output.lines import Quarantined
from output.validate import validate_lines
from tests.output.samples import record, write_items

LINE = Removed(id="0" * 16, page=0, block=3, xpath="/html/body/p", text="分享到", rule="chrome/share", evidence="分享到")


def test_written_lines_are_read_again(tmp_path: Path) -> None:
    path = tmp_path / "removed.jsonl"
    write_items(path, [LINE, LINE])
    assert list(read_items(path, Removed)) == [LINE, LINE]
    assert [entry.name for entry in tmp_path.iterdir()] == ["removed.jsonl"]


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        (lambda line: line[:-9], "cut off: Input data was truncated"),
        (lambda line: b"not json\n", "no JSON: JSON is malformed: invalid character (byte 4)"),
        (lambda line: b'{"id":7}\n', "not as the schema says: Expected `str`, got `int` - at `$.id`"),
        (lambda line: b"\xff\xfe\n", "no JSON: JSON is malformed: invalid character (byte 0)"),
    ],
    ids=["torn", "no-json", "other-type", "binary"],
)
def test_a_damaged_line_is_named(tmp_path: Path, damage: Callable[[bytes], bytes], problem: str) -> None:
    path = tmp_path / "removed.jsonl"
    path.write_bytes(encode_line(LINE) + b"\n" + damage(encode_line(LINE)))
    with pytest.raises(CorpusError) as error:
        list(read_items(path, Removed))
    assert str(error.value) == f"{path}:3: {problem}; publish the file again or take the line out"


def test_a_failing_block_leaves_every_file_as_it_was(tmp_path: Path) -> None:
    paths = tmp_path / "a", tmp_path / "b"
    paths[0].write_bytes(b"old")

    def fail() -> None:
        with replacing(*paths) as (first, second):
            first.write(b"new")
            second.write(b"new")
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        fail()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"old"}


def test_a_device_is_written_to_not_replaced() -> None:
    write_items(Path("/dev/null"), [LINE])
    assert Path("/dev/null").is_char_device()


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_items(tmp_path / "link", [LINE])
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == encode_line(LINE)


@pytest.mark.parametrize(
    ("before", "kept"),
    [(None, 0), (b"", 0), (encode_line(LINE), 1), (encode_line(LINE)[:-1], 1), (encode_line(LINE) + b'{"id":', 1)],
    ids=["none", "empty", "whole", "no-line-end", "torn-tail"],
)
def test_a_line_is_added_after_the_whole_ones(tmp_path: Path, before: bytes | None, kept: int) -> None:
    path = tmp_path / "log.jsonl"
    if before is not None:
        path.write_bytes(before)
    append_item(path, Quarantined(url=None, reason="empty", remedy="save it again"))
    lines = path.read_bytes().splitlines()
    assert len(lines) == kept + 1
    assert msgspec.json.decode(lines[-1])["reason"] == "empty"


def test_sort_is_by_date_undated_last_then_id() -> None:
    dates = [("b" * 16, None), ("a" * 16, None), ("c" * 16, "2018-11-13T10:12+08:00"), ("d" * 16, "2018-11-13")]
    records = [record(id=id_, published=published) for id_, published in dates]
    assert [found.id[0] for found in sorted(records, key=sort_key)] == ["d", "c", "a", "b"]


@given(texts=st.lists(st.text(st.characters(codec="utf-8"))))
def test_what_is_written_is_read(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "removed.jsonl"
        lines = [msgspec.structs.replace(LINE, text=text) for text in texts]
        write_items(path, lines)
        assert list(read_items(path, Removed)) == lines


@given(st.binary())
def test_no_bytes_crash_a_reader_or_are_lost_by_the_log(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        path.write_bytes(data)
        with suppress(CorpusError):
            list(read_items(path, Removed))
        list(validate_lines(path))
        append_item(path, LINE)
        assert path.read_bytes().endswith(encode_line(LINE))
