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
"""What a line is read for; place, column and episode are the page's, the series the crawl's."""

KNOWN_WRONG = frozenset(
    """
http://www.example.com 2011年12月15日 20:59 江岸财经微博
索引号：00245879/2019-00031　发布机构：临澜市住房和城乡建设局　成文日期：2019年7月4日
来源：《江岸周刊》2015年第12期
原创 孟雨桐 青原人物 2023-01-05 07:00 发表于青原
融媒体记者 岑远/文 汪牧野/图
【本報記者張大同專訪】
採訪／陳雅筑 撰文／林書宇
""".strip().split("\n")
)
"""Lines that are read wrongly today. Take a line out when it is right."""

RIGHT_AT_LEAST = 201
ON_A_PAGE_AT_LEAST = {"published": 49, "source": 60, "author": 17, "reporters": 35, "correspondents": 9, "editor": 30}


def read(row: dict[str, Any]) -> dict[str, Any]:
    """The fields of a line; of one that the table says is no byline what the page's reader would take it for."""
    found = parse_byline(row["line"])
    names = found.kinds() if expected(row) else tuple(name for name in byline_kinds(row["line"]) if name != "label")
    return {name: _plain(getattr(found, name)) for name in names}


def expected(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row["expect"].items() if name in READ}


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["line"])
def test_a_line_names_what_the_table_says(row: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if row["line"] in KNOWN_WRONG:
        request.applymarker(pytest.mark.xfail(reason="known", strict=True))
    assert read(row) == expected(row)


def test_so_many_lines_are_right() -> None:
    assert sum(read(row) == expected(row) for row in ROWS) >= RIGHT_AT_LEAST
    assert {row["line"] for row in ROWS} >= KNOWN_WRONG


def test_so_many_fields_come_through_on_a_page() -> None:
    """Under the headline, where a line must look like a byline as a whole to be read."""
    right = dict.fromkeys(READ, 0)
    for row in ROWS:
        record = on_page(row["line"])
        for name, value in expected(row).items():
            right[name] += record[name] == value
    assert {name: count for name, count in right.items() if count < ON_A_PAGE_AT_LEAST[name]} == {}


@pytest.mark.parametrize("line", ["", "分享到：", "记者：您好。", "作者认为，县域经济的关键在人。", "时间是最好的作者。"])
def test_a_page_is_silent_where_its_lines_are(line: str) -> None:
    assert not any(on_page(line).values())


def on_page(line: str) -> dict[str, Any]:
    title, prose = "临澜老旧小区改造", "".join(f"<p>{text}</p>" for text in SENTENCES)
    body = f"<h1>{title}</h1><div class=info>{html.escape(line)}</div><div class=content>{prose}</div>"
    record = clean([html_page(body, title=title)]).record
    return {name: _plain(getattr(record, name)) for name in READ}
