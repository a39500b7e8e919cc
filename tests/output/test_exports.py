"""What people open: a text file, and a table that a spreadsheet neither computes nor cuts."""

import csv
import io

import pytest

from output.exports import render_csv, render_text, text_name
from tests.output.samples import record


def rows(**fields: object) -> list[dict[str, str]]:
    text = "".join(render_csv([record(**fields)]))
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_text_file_reads_like_an_article() -> None:
    assert render_text(record()) == (
        "网络访谈之梅河口\n\n"
        "中国吉林网  2018-11-13T10:12+08:00  https://jl.ifeng.com/a/20181113/7024738_0.shtml  id 3f0c1a9be27d4458\n\n"
        "今天的嘉宾是李勇霖。\n\n记者：李市长，你好！\n\n李勇霖：你好。\n"
    )
    assert text_name(record()) == "2018-11-13_3f0c1a9be27d4458.txt"
    assert text_name(record(published=None)) == "undated_3f0c1a9be27d4458.txt"


def test_a_table_has_a_row_an_article_with_quoted_line_breaks() -> None:
    lines = list(render_csv([record()]))
    assert len(lines) == 2
    assert all(line.endswith("\r\n") for line in lines)
    (row,) = rows()
    assert row["text"] == "今天的嘉宾是李勇霖。\n记者：李市长，你好！\n李勇霖：你好。"
    assert (row["turns"], row["speakers"], row["author"]) == ("2", "记者、李勇霖", "")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_no_cell_is_a_formula(start: str) -> None:
    assert rows(title=f"{start}cmd|' /C calc'!A0")[0]["title"].startswith("'")


@pytest.mark.parametrize(
    ("id_", "cell"), [("1" * 16, "'" + "1" * 16), ("12345678901e4567", "'12345678901e4567"), ("a" * 16, "a" * 16)]
)
def test_no_id_is_a_number(id_: str, cell: str) -> None:
    assert rows(id=id_)[0]["id"] == cell


@pytest.mark.parametrize("length", [0, 31_999, 32_000, 32_001, 128_000])
def test_a_long_text_goes_on_in_the_next_cells(length: int) -> None:
    (row,) = rows(text="字" * length)
    cells = [row[name] for name in ("text", "text_2", "text_3", "text_4")]
    assert "".join(cells) == "字" * length
    assert all(len(cell) <= 32_767 for cell in cells)


def test_what_excel_cannot_hold_is_said_to_be_cut() -> None:
    (row,) = rows(text="字" * 128_001)
    assert row["text_4"].endswith("〔cut here: Excel takes no more; the whole text stands in the JSONL〕")
    assert len(row["text_4"]) == 32_000
