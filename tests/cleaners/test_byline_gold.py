"""The table of byline lines in ``tests/gold/bylines.jsonl``, line by line and on a page."""

import html
import json
from pathlib import Path
from typing import Any

import pytest

from cleaners import clean
from cleaners.byline import byline_kinds, parse_byline
from tests.cleaners.pages import SENTENCES, html_page

ROWS = [json.loads(line) for line in (Path(__file__).parents[1] / "gold" / "bylines.jsonl").read_text("utf-8").splitlines()]
READ = ("published", "source", "author", "reporters", "correspondents", "editor")
"""What makes a line a byline."""


def read(row: dict[str, Any]) -> dict[str, Any]:
    """The fields of a line; of one that the table says is no byline what the page's reader would take it for."""
    found = parse_byline(row["line"])
    names = found.kinds() if expected(row) else tuple(name for name in byline_kinds(row["line"]) if name in READ)
    return {name: _plain(getattr(found, name)) for name in names}


def expected(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row["expect"].items() if name in READ}


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["line"])
def test_a_line_names_what_the_table_says(row: dict[str, Any]) -> None:
    assert read(row) == expected(row)


@pytest.mark.parametrize("row", [row for row in ROWS if row["expect"]], ids=lambda row: row["line"])
def test_a_line_names_place_column_and_episode(row: dict[str, Any]) -> None:
    found, expect = parse_byline(row["line"]), row["expect"]
    assert (found.place, found.episode) == (expect.get("place", ""), expect.get("episode", 0))
    assert found.column == (expect.get("column") or expect.get("series", ""))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["line"])
def test_a_line_under_the_headline_gives_them_to_the_record(row: dict[str, Any]) -> None:
    """There a line must look like a byline as a whole to be read; a sentence gives nothing."""
    assert {name: value for name, value in on_page(row["line"]).items() if value} == expected(row)


@pytest.mark.parametrize("line", ["", "分享到：", "记者：您好。", "作者认为，县域经济的关键在人。", "时间是最好的作者。"])
def test_a_page_is_silent_where_its_lines_are(line: str) -> None:
    assert not any(on_page(line).values())


def on_page(line: str) -> dict[str, Any]:
    title, prose = "临澜老旧小区改造", "".join(f"<p>{text}</p>" for text in SENTENCES)
    body = f"<h1>{title}</h1><div class=info>{html.escape(line)}</div><div class=content>{prose}</div>"
    record = clean([html_page(body, title=title)]).record
    return {name: _plain(getattr(record, name)) for name in READ}
