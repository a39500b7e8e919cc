"""Saved pages and their records. A folder under ``tests/fixtures/<portal>/`` is a test."""

import json
from typing import Any

import msgspec
import pytest

import cleaners
from cleaners import clean
from cleaners.script import fold
from crawler.page import Page
from crawler.portal import portal_names
from crawler.replica import seed_page, seed_variants
from crawler.replica.seed_page import FOLDER as SEED
from tests.cleaners.golden import RULES_FILE, digest, golden_of, pages_digest, render
from tests.cleaners.pages import FIXTURES, Case, cases, portal_for, published

EXPECTED = json.loads((SEED / "expected.json").read_text(encoding="utf-8"))
_VARIANTS = dict(seed_variants())
_KNOWN = pytest.mark.parametrize("known", [True, False], ids=["profile", "no-profile"])


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_golden_files(case: Case, request: pytest.FixtureRequest, *, update_golden: bool) -> None:
    """Read the diff line by line after ``pytest --update-golden``.

    A fixture whose page.json has ``wrong`` shows a known fault: its expected.json, written by hand, is what should come out.
    """
    facts = json.loads((case.folder / "page.json").read_text(encoding="utf-8"))
    path = case.folder / "expected.json"
    if "wrong" in facts:
        request.applymarker(pytest.mark.xfail(reason=facts["wrong"], strict=True))
    elif update_golden:
        path.write_text(golden_of(case), encoding="utf-8")
    assert path.exists(), f"no {path}: run pytest --update-golden, then read it"
    assert golden_of(case) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", portal_names())
def test_every_portal_has_a_fixture(name: str) -> None:
    assert any(case.name.startswith(f"{name}/") for case in cases()), (
        f"the profile {name} has no fixture: save a page as tests/fixtures/{name}/<slug>/page.html, write page.json beside it "
        f'({{"url": "<its URL>", "portal": "{name}"}}), run pytest --update-golden and read the expected.json that it writes'
    )


def test_every_page_has_its_facts() -> None:
    """A folder without page.json would be no test, silently."""
    assert {path.parent for path in FIXTURES.glob("*/*/page*.html")} == {case.folder for case in cases()}


def test_rules_are_counted(*, update_golden: bool) -> None:
    """A golden file that changed while its page did not: the rules did, and ``cleaners.RULES`` must say so."""
    known = json.loads(RULES_FILE.read_text(encoding="utf-8"))
    remedy = f"raise cleaners.RULES to {known['rules'] + 1}, then run pytest --update-golden"
    found = {case.name: _digests(case, fresh=update_golden) for case in cases()}
    changed = [name for name, pair in found.items() if (old := known["fixtures"].get(name)) and old[0] == pair[0] and old != pair]
    assert not changed or known["rules"] < cleaners.RULES, f"the records of {', '.join(changed)} change: {remedy}"
    if update_golden:
        lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(pair)}" for name, pair in sorted(found.items()))
        RULES_FILE.write_text(f'{{\n "rules": {cleaners.RULES},\n "fixtures": {{\n{lines}\n }}\n}}\n', encoding="utf-8")
        return
    assert known == {"rules": cleaners.RULES, "fixtures": found}, "run pytest --update-golden"


def _digests(case: Case, *, fresh: bool) -> list[str]:
    """Of a fixture's page and of its golden file; of what that will be where the files are being written meanwhile."""
    path = case.folder / "expected.json"
    is_written = "wrong" in json.loads((case.folder / "page.json").read_text(encoding="utf-8")) or not fresh
    return [pages_digest(case), digest(path.read_bytes() if is_written else golden_of(case).encode())]


@_KNOWN
def test_the_seed_page_gives_its_golden_record(*, known: bool) -> None:
    page = seed_page()
    article = clean([Page(page.body, page.url, page.content_type)], portal_for(page.url) if known else None)
    assert seen(article.record, EXPECTED) == EXPECTED


@_KNOWN
@pytest.mark.parametrize("name", _VARIANTS)
def test_every_rendering_of_the_seed_gives_its_record_under_fold(name: str, *, known: bool) -> None:
    """A page break in a paragraph makes it two, so paragraphs are compared joined where there are several pages."""
    pages = [Page(body, url, kind) for url, body, kind in _VARIANTS[name]]
    record = clean(pages, portal_for(pages[0].url or "") if known else None).record
    assert fold(record.title or "") == fold(EXPECTED["title"])
    assert [fold(text) for text in record.text.split("\n")] == [fold(text) for text in EXPECTED["text"].split("\n")] or (
        len(pages) > 1 and fold(record.text) == fold(EXPECTED["text"])
    )
    assert [(turn.speaker, turn.role, fold(turn.text)) for turn in record.turns] == [
        (turn["speaker"], turn["role"], fold(turn["text"])) for turn in EXPECTED["turns"]
    ]
    assert (record.source, record.editor, record.author) == (EXPECTED["source"], EXPECTED["editor"], None)


def seen(record: msgspec.Struct, expected: dict[str, Any]) -> dict[str, Any]:
    """Of a record what the golden record speaks of."""
    value = json.loads(msgspec.json.encode(record))
    return {key: _cut(value[key], expected[key]) for key in expected}


def _cut(value: Any, expected: Any) -> Any:
    if isinstance(expected, dict):
        return {key: _cut(value[key], expected[key]) for key in expected}
    if isinstance(expected, list) and len(expected) == len(value):
        return [_cut(*pair) for pair in zip(value, expected, strict=True)]
    return value


def test_rendering_leaves_the_machinery_out() -> None:
    """``rules`` changes with the versions of libraries; no golden file may."""
    case = cases()[0]
    text = golden_of(case)
    record, _ = published(case.clean())
    assert record["rules"] not in text
    assert render(json.loads(text)) == text
