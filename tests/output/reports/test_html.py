"""The HTML report in a real browser: it works from a file, filters, and lets nothing that articles say become code."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from output.reports.html import LISTED, render_html
from tests.output.dedup.corpora import find, texts, write_corpus
from tests.output.reports.browser import Browser, chromium

ATTACK = '</script><script>document.title="taken"</script><img src=x onerror=\'document.title="taken"\'>{{ 7*7 }}'


def hostile_report(folder: Path) -> str:
    """Two clusters and a recurring paragraph; every field tries to be more than text."""
    one, two, three, four = texts(4)
    recurring = f"这一段话在每一篇访谈的开头都出现一次，内容完全相同。{ATTACK}\n"
    articles = [
        {
            "id": "a1",
            "title": ATTACK,
            "source": ATTACK,
            "published": "2018",
            "url": "javascript:alert(1)",
            "text": f"{recurring}{one}966起",
        },
        {"id": "a2", "title": "甲", "url": 'https://example.com/?a=1&b="><b>', "text": f"{recurring}{one}996起{ATTACK}"},
        {"id": "b1<b>", "title": "乙篇", "text": f"{recurring}{two}"},
        {"id": "b2", "title": "丙\0\x1b[31m\u202e篇", "text": f"{recurring}{two}"},
        *({"id": f"c{number}", "text": f"{recurring}{text}"} for number, text in enumerate((three, four))),
    ]
    return "".join(render_html(find(folder, write_corpus(folder / f"{'x' * 20}<i>.jsonl", articles)).report))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture
def page(tmp_path: Path, browser: Browser) -> Browser:
    path = tmp_path / "report.html"
    path.write_text(hostile_report(tmp_path), encoding="utf-8")
    browser.resize(1280, 1000)
    browser.open(path)
    return browser


def test_of_a_crowd_the_first_are_on_the_page(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "a.jsonl", ({"text": text} for text in texts(1) * (LISTED + 7)))
    page = "".join(render_html(find(tmp_path, corpus).report))
    assert page.count('<div class="why">') == LISTED
    assert "and 7 more articles; <code>--format jsonl</code> has them all" in page
    assert "and 6 more pairs" in page


def test_the_page_needs_nothing_else(tmp_path: Path) -> None:
    page = hostile_report(tmp_path)
    assert "default-src 'none'" in page
    assert not re.search(r"<(?:link|iframe|img|object|embed|base)\b|@import|url\(|\bsrc=(?!x )", page)
    assert len(re.findall("<script", page)) == 1


@pytest.mark.real
def test_nothing_that_articles_say_becomes_code(page: Browser) -> None:
    assert page.run("return document.title").startswith("Duplicates in ")
    assert page.run("return document.querySelectorAll('img, b, i, main script').length") == 0
    assert page.run("return [...document.links].map(link => link.protocol)") == ["https:"]
    assert ATTACK in page.run("return document.querySelector('.members .title').textContent")
    assert "丙␀␛[31m" in page.run("return document.querySelector('main').textContent")
    assert page.errors() == []


@pytest.mark.real
def test_filter_and_buttons_work(page: Browser) -> None:
    def shown() -> list[bool]:
        return [
            bool(one) for one in page.run("return [...document.querySelectorAll('.cluster')].map(one => one.offsetHeight > 0)")
        ]

    assert shown() == [True, True]
    page.type("#filter", "乙篇")
    assert shown() == [False, True]
    assert page.run("return document.getElementById('shown').textContent") == "1 of 2 clusters"
    page.type("#filter", "没有这个")
    assert shown() == [False, False]
    page.type("#filter", " ")
    page.click("#close")
    assert page.run("return document.querySelectorAll('details[open]').length") == 0
    page.click("details summary")
    assert page.run("return document.querySelectorAll('details[open]').length") == 1


@pytest.mark.real
def test_differences_stand_side_by_side_and_on_a_phone_one_above_the_other(page: Browser) -> None:
    def left_and_top(selector: str) -> tuple[int, int]:
        left, top = page.run(f"const r = document.querySelector('{selector}').getBoundingClientRect(); return [r.left, r.top]")
        return int(left), int(top)

    assert "966起" in page.run("return document.querySelector('del').textContent")
    assert "996起" in page.run("return document.querySelector('ins').textContent")
    assert left_and_top("del")[0] + 200 < left_and_top("ins")[0]
    page.resize(500, 900)
    assert left_and_top("del")[1] < left_and_top("ins")[1]
    assert page.run("return document.documentElement.scrollWidth <= window.innerWidth")
    assert page.run("return parseFloat(getComputedStyle(document.body).fontSize)") >= 16
    assert len(page.screenshot()) > 10_000


@pytest.mark.real
def test_the_page_asks_nobody(page: Browser) -> None:
    assert page.run("return performance.getEntriesByType('resource').length") == 0


@pytest.mark.real
def test_a_script_of_another_hash_does_not_run(page: Browser) -> None:
    page.run("const s = document.createElement('script'); s.textContent = 'document.title = \"taken\"'; document.body.append(s)")
    assert page.run("return document.title") != "taken"
    assert any("Content Security Policy" in message for message in page.errors())
