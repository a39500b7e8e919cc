"""Fields of articles that only scripts hold."""

import json

import pytest

from cleaners import clean
from tests.cleaners.pages import SENTENCES, html_page

TEXT = "".join(f"<p>{text}</p>" for text in SENTENCES)
SHOWN = f"<h1>临澜老旧小区改造</h1>{TEXT}"

CASES: dict[str, tuple[dict[str, object], str | None, str | None]] = {
    "author": ({"author": {"id": 3, "name": "于镇通"}}, "于镇通", None),
    "source": ({"source": "临澜说", "nickname": None}, None, "临澜说"),
    "two-names": ({"nickname": "半勺糖", "other": {"nickname": "一斤盐"}}, None, None),
    "outlet-as-author": ({"author": "临澜日报"}, None, None),
}


@pytest.mark.parametrize(("data", "author", "source"), CASES.values(), ids=CASES)
def test_fields_of_data(data: dict[str, object], author: str | None, source: str | None) -> None:
    script = json.dumps({**data, "content": TEXT}, ensure_ascii=False)
    record = clean([html_page(f"<div id=app></div><script>{script}</script>")]).record
    assert (record.author, record.source) == (author, source)


def test_shown_articles_are_not_read_from_scripts() -> None:
    record = clean([html_page(SHOWN + '<script>{"author":"于镇通"}</script>')]).record
    assert record.author is None
