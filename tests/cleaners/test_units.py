"""The cells of an article's lists and tables go with the text beside them."""

import pytest

from cleaners import clean
from tests.cleaners.pages import SENTENCES, html_page

ROWS = [("项目", "冠军"), ("气步枪", "蓝秋"), ("飞碟", "欧阳岳")]
TABLE = "<table>" + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS) + "</table>"
CELLS = [cell for row in ROWS for cell in row]
LIST = "<ul><li>白萝卜两根</li><li>盐一百克</li><li>花椒少许</li></ul>"
ITEMS = ["白萝卜两根", "盐一百克", "花椒少许"]
MENU = "<ul><li><a href=/1>体育</a></li><li><a href=/2>文化</a></li><li><a href=/3>教育</a></li></ul>"
BEFORE, AFTER = (f"<p>{text}</p>" for text in SENTENCES[:2])

CASES = {
    "table-between": (BEFORE + TABLE + AFTER, CELLS),
    "table-at-the-end": (BEFORE + AFTER + TABLE, CELLS),
    "table-in-an-element-of-its-own": (BEFORE + AFTER + f"<div>{TABLE}</div>", CELLS),
    "list": (BEFORE + LIST + AFTER, ITEMS),
    "menu": (BEFORE + AFTER + MENU, []),
    "facts-before-the-text": (TABLE + BEFORE + AFTER, []),
    "in-an-element-named-so": (BEFORE + AFTER + f"<div class=hot-rank>{LIST}</div>", []),
}


@pytest.mark.parametrize(("body", "cells"), CASES.values(), ids=CASES)
def test_cells(body: str, cells: list[str]) -> None:
    kept = clean([html_page(f"<h1>临澜老旧小区改造</h1><div>{body}</div>")]).record.text.split("\n")
    assert [text for text in kept if text not in SENTENCES] == cells
