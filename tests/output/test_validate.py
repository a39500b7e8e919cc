"""Each law of the data has a corpus that breaks it."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from cleaners.article import Record, Removed, Speaker, Turn
from output.corpus import encode_line
from output.validate import validate_corpus, validate_lines
from tests.output.samples import article, record, write_items

Change = Callable[[Record, tuple[Removed, ...]], tuple[list[Record], list[Removed]]]

GAP = "kept and removed blocks do not number page 0 from 0, each once: "
EMPTY = record(id="f" * 16, published=None, removed=0, blocks=(), text="", turns=(), speakers=())
TURN = Turn(speaker=None, label="", role=None, text="今天的", spans=((0, 3), (9, 4)))
ASKS = Speaker("记者", "interviewer", None)
STRAY = Removed("0" * 16, 0, 0, "", "", "", "")


def changed(**fields: object) -> Change:
    return lambda record, removed: ([msgspec.structs.replace(record, **fields)], list(removed))


@pytest.mark.parametrize(
    ("change", "findings"),
    [
        (changed(), []),
        (changed(blocks=((0, 0), (0, 2))), ["1: text has 3 paragraphs, blocks lists 2", "1: " + GAP + "no block 3"]),
        (changed(blocks=((0, 0), (0, 2), (0, 5))), ["1: " + GAP + "no block 3"]),
        (changed(blocks=((0, 0), (0, 1), (0, 3))), ["1: " + GAP + "block 1 twice"]),
        (changed(removed=3), ["1: removed says 3, removed.jsonl has 2 blocks of it"]),
        (changed(text="今天\n\n好", turns=(), speakers=()), ["1: text has an empty paragraph"]),
        (
            changed(text="今天\n你\n好", turns=(TURN,), speakers=()),
            ["1: turns[0]: text is not", "1: turns[0]: spans are out of order"],
        ),
        (changed(speakers=()), ["1: turns[0]: speaker '记者' is not in", "1: turns[1]: speaker '李勇霖' is not in speakers"]),
        (
            changed(speakers=(ASKS, Speaker("李勇霖", "guest", "局长", (15, 17)))),
            ["1: speakers[1]: office is not what office_span"],
        ),
        (
            changed(speakers=(ASKS, Speaker("李勇霖", "guest", "局长"))),
            ["1: speakers[1]: office is not what office_span"],
        ),
        (
            changed(speakers=(ASKS, Speaker("李勇霖", "guest", None, None, (0, 3)))),
            ["1: speakers[1]: name is not what name_span"],
        ),
        (changed(title="局长来了", speakers=(ASKS, Speaker("李勇霖", "guest", "局长"))), []),
        (changed(published="2018-11"), ["1: not as the schema says: Expected `str` matching", ": holds blocks of 3f0c"]),
        (
            lambda one, removed: ([one, one], [*removed]),
            ["2: id 3f0c1a9be27d4458 stands above", "2: removed", "2: " + GAP],
        ),
        (lambda one, removed: ([EMPTY, one], [*removed]), ["2: not sorted by published, then id"]),
        (lambda one, removed: ([one], [*removed, STRAY]), [": holds blocks of 0000000000000000"]),
    ],
    ids="sound paragraphs gap twice count empty-paragraph spans speaker "
    "office headline name office-of-the-headline schema unique sorted orphan".split(),
)
def test_a_broken_law_is_a_finding(tmp_path: Path, change: Change, findings: list[str]) -> None:
    records, removed = change(article().record, article().removed)
    write_items(tmp_path / "articles.jsonl", records)
    write_items(tmp_path / "removed.jsonl", removed)
    found = list(validate_corpus(tmp_path))
    assert len(found) == len(findings), found
    for line, expected in zip(found, findings, strict=True):
        assert expected in line


@pytest.mark.parametrize(
    ("line", "finding"),
    [
        (b'{"id":', "cut off: Input data was truncated"),
        (b"[" * 99999, "not as the schema says: Expected `object`, got `array`"),
        (b"\x00\xff", "no JSON: JSON is malformed: invalid character (byte 0)"),
        (encode_line(record()).replace(b'"title"', b'"titel"'), "not as the schema says: Object missing required field `title`"),
        (encode_line(record()).replace(b'"label"', b'"labels":1,"label"', 1), "unknown field 'turns[0].labels'"),
    ],
    ids=["torn", "nested", "binary", "missing", "unknown"],
)
def test_a_line_against_the_schema(tmp_path: Path, line: bytes, finding: str) -> None:
    path = tmp_path / "cleaned.jsonl"
    path.write_bytes(encode_line(record()) + line + b"\n")
    assert list(validate_lines(path)) == [f"{path}:2: {finding}"]


def test_a_missing_file_is_a_finding(tmp_path: Path) -> None:
    write_items(tmp_path / "articles.jsonl", [record(removed=0, blocks=((0, 0), (0, 1), (0, 2)))])
    assert list(validate_corpus(tmp_path)) == [f"{tmp_path / 'removed.jsonl'}: there is no such file"]
