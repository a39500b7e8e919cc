"""The gold agrees with its own pages: read with the standard library alone."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.gold.make_turns import read_banks, read_scripts, write_page

HERE = Path(__file__).parent
PAGES = sorted(p.parent for kind in ("turns", "transcripts") for p in HERE.glob(f"{kind}/*/gold.json"))
SKIP = {"title", "script", "style", "template", "noscript", "textarea", "iframe"}
FIELDS = {"published", "source", "author", "reporters", "correspondents", "editor", "place", "column", "series", "episode"}
DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?\+08:00)?")
ROLES = {"interviewer", "guest", "audience", "narrator"}


class Visible(HTMLParser):
    """Collects the text that is not inside a title, script or style."""

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember the elements whose text is not seen."""
        if tag in SKIP:
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave such an element."""
        if tag in SKIP and self.inside:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        """Keep what is seen."""
        if not self.inside:
            self.text.append(data)


def bare(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


@cache
def load(folder: Path) -> tuple[dict[str, Any], str]:
    """Gold and visible text of one page."""
    visible = Visible()
    visible.feed((folder / "page.html").read_text(encoding="utf-8"))
    gold: dict[str, Any] = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    return gold, bare("".join(visible.text))


def bylines() -> list[dict[str, Any]]:
    """The table of byline lines."""
    return [json.loads(line) for line in (HERE / "bylines.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("folder", PAGES, ids=lambda p: p.name)
def test_turns_stand_in_the_page_in_order(folder: Path) -> None:
    gold, text = load(folder)
    at = 0
    for turn in gold["turns"]:
        for piece in (turn["label"], *turn["text"].split("\n")):
            found = text.find(bare(piece), at)
            assert found >= 0, piece
            at = found + len(bare(piece))


@pytest.mark.parametrize("folder", PAGES, ids=lambda p: p.name)
def test_paragraphs_stand_in_the_page_in_order(folder: Path) -> None:
    gold, text = load(folder)
    at = 0
    for paragraph in gold["text"].split("\n"):
        found = text.find(bare(paragraph), at)
        assert found >= 0, paragraph
        at = found + len(bare(paragraph))
    assert bare(gold["title"]) in text


@pytest.mark.parametrize("folder", PAGES, ids=lambda p: p.name)
def test_turns_are_part_of_the_text(folder: Path) -> None:
    gold, _ = load(folder)
    text, at = bare(gold["text"]), 0
    for turn in gold["turns"]:
        assert turn["text"] == turn["text"].strip()
        for piece in turn["text"].split("\n"):
            at = text.index(bare(piece), at) + len(bare(piece))


@pytest.mark.parametrize("folder", PAGES, ids=lambda p: p.name)
def test_speakers_agree_with_turns(folder: Path) -> None:
    gold, text = load(folder)
    if gold["kind"] == "news":
        assert gold["turns"] == gold["speakers"] == []
        return
    roles = {s["name"]: s["role"] for s in gold["speakers"]}
    assert len(gold["turns"]) >= 4
    assert roles == {t["speaker"]: t["role"] for t in gold["turns"] if t["speaker"]}
    assert set(roles.values()) <= ROLES
    assert all(t["role"] == "interviewer" for t in gold["turns"] if t["speaker"] is None)
    for speaker in gold["speakers"]:
        assert bare(speaker["name"]) in text
        assert speaker["office"] is None or bare(speaker["office"]) in text


def test_there_is_enough() -> None:
    golds = [load(p)[0] for p in PAGES]
    kinds = Counter(g["kind"] for g in golds)
    tags = Counter(t for g in golds if g["kind"] == "interview" for t in g["conventions"])
    assert kinds["interview"] >= 66
    assert kinds["news"] >= 34
    assert [t for t, n in tags.items() if n < 2] == []


def test_scripts_give_the_committed_files(tmp_path: Path) -> None:
    banks = read_banks(HERE / "src" / "prose.bank")
    for script in read_scripts(HERE / "src"):
        write_page(script, banks, tmp_path)
    made = {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*.*")}
    assert made == {p.relative_to(HERE / "turns"): p.read_bytes() for p in HERE.glob("turns/*/*")}


def test_bylines_are_well_formed() -> None:
    rows = bylines()
    assert len({r["line"] for r in rows}) == len(rows) >= 140
    assert sum(not r["expect"] for r in rows) >= 25
    for row in rows:
        expect = row["expect"]
        assert set(expect) <= FIELDS
        assert DATE.fullmatch(expect.get("published", "2018-11-13"))
        for name in {"source", "editor", "author", "place", "column", "series"} & set(expect):
            assert expect[name] in row["line"]
        for name in {"reporters", "correspondents"} & set(expect):
            assert all(person in row["line"] for person in expect[name])
