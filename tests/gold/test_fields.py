"""The gold of fields agrees with its own pages, and is enough."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from output.evaluate.gold import FIELDS
from tests.gold.test_gold import DATE, bare, load

PAGES = sorted(p.parent for p in Path(__file__).parent.glob("fields/*/gold.json"))


def gold_of(folder: Path) -> dict[str, Any]:
    """The gold of one page."""
    found: dict[str, Any] = json.loads((folder / "gold.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize("folder", PAGES, ids=lambda p: p.name)
def test_every_field_is_given_or_null(folder: Path) -> None:
    gold = gold_of(folder)
    assert set(gold["bylines"]) == {*FIELDS, "published"}
    assert gold["bylines"]["published"] == gold["publish_time"]
    assert gold["publish_time"] is None or DATE.fullmatch(gold["publish_time"])
    assert gold["title"]


@pytest.mark.parametrize("folder", PAGES, ids=lambda p: p.name)
def test_what_is_given_stands_on_the_page(folder: Path) -> None:
    gold, text = load(folder)
    fields = {name: value for name, value in gold["bylines"].items() if name not in ("published", "episode")}
    for value in fields.values():
        for part in value if isinstance(value, list) else filter(None, [value]):
            assert bare(part) in text
    assert all(bare(paragraph) in text for paragraph in gold["text"].split("\n"))
    assert bare(gold["title"]) in text
    if gold["publish_time"]:
        source = (folder / "page.html").read_text("utf-8")
        assert re.search(r"{}\D+0?{}\D+0?{}(?!\d)".format(*map(int, gold["publish_time"][:10].split("-"))), source)


def test_there_is_enough() -> None:
    golds = [gold_of(folder) for folder in PAGES]
    assert len(golds) >= 60
    assert sum(gold["kind"] == "interview" for gold in golds) >= len(golds) // 2
    for name in FIELDS:
        given = sum(bool(gold["bylines"][name]) for gold in golds)
        assert given >= 4, name
        assert len(golds) - given >= 10, name
