"""``fangtan why``: what became of each block."""

import json
from pathlib import Path

import msgspec
import pytest

from crawler.outcome import Kind
from crawler.state import Event, State, place_key
from crawler.store import STATE
from crawler.urls import article_id, article_url
from output.lines import Quarantined
from tests.output.cli.conftest import Fangtan
from tests.output.samples import article, write_items
from tests.output.saved import interview, save

WHY = """\
网络访谈之梅河口
https://jl.ifeng.com/a/20181113/7024738_0.shtml · id 3f0c1a9be27d4458 · 3 paragraphs kept, 2 blocks removed

block  verdict       text                  evidence
0.0    kept          今天的嘉宾是李勇霖。
0.1    chrome/share  分享到                分享到
0.2    kept          记者：李市长，你好！
0.3    kept          李勇霖：你好。
0.4    field/editor  责任编辑：赵佳俊      责任编辑：赵佳俊

rule          meaning
chrome/share  Share buttons.
field/editor  The editor line; it stands in the record's editor.
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "jl_ifeng" / "anquan"
    folder.mkdir(parents=True)
    write_items(folder / "articles.jsonl", [article().record])
    write_items(folder / "removed.jsonl", article().removed)
    return tmp_path / "data"


@pytest.mark.parametrize(
    "what",
    [
        "3f0c1a9be27d4458",
        "3F0C1A9BE27D4458",
        "https://jl.ifeng.com/a/20181113/7024738_0.shtml",
    ],
    ids=["id", "upper-case", "url"],
)
def test_an_article_of_a_corpus(fangtan: Fangtan, data: Path, what: str) -> None:
    ran = fangtan("why", what)
    assert ran == (0, WHY, "")


def test_a_twin_or_later_page_is_the_same_article(fangtan: Fangtan, tmp_path: Path) -> None:
    url = "http://jl.ifeng.com/a/20181113/7024738_0.shtml"
    ran = fangtan("clean", save(tmp_path, "page.html", interview(), url), "--removed", "removed.jsonl")
    Path("articles.jsonl").write_text(ran.out, encoding="utf-8")
    for twin in (
        url,
        url.replace("http:", "https:"),
        url.replace("_0", "_1"),
        url.removeprefix("http://"),
        url + "?from=timeline",
    ):
        assert fangtan("why", twin, "--data", tmp_path).code == 0, twin


def test_a_saved_page(fangtan: Fangtan, tmp_path: Path) -> None:
    ran = fangtan("why", save(tmp_path, "page.html", interview()), "--format", "json")
    blocks = [json.loads(line) for line in ran.out.splitlines()]
    assert [(block["page"], block["block"]) for block in blocks] == [(0, number) for number in range(len(blocks))]
    assert sum(block["rule"] is None for block in blocks) == 6
    assert {"text", "rule", "evidence", "xpath", "page", "block"} == set(blocks[0])


def test_what_a_page_says_is_no_command_to_the_terminal(fangtan: Fangtan, tmp_path: Path) -> None:
    ran = fangtan("why", save(tmp_path, "page.html", interview("[red]李\x1b[2J勇")))
    assert "\x1b" not in ran.out
    assert "[red]" in ran.out


@pytest.mark.parametrize(
    ("what", "code", "said"),
    [
        ("0" * 16, 1, f"no article {'0' * 16} in data/jl_ifeng/anquan"),
        ("http://[1", 2, "http://[1 is no URL: Invalid IPv6 URL"),
    ],
    ids=["unknown", "no-url"],
)
def test_what_is_not_there(fangtan: Fangtan, data: Path, what: str, code: int, said: str) -> None:
    assert fangtan("why", what, "--data", "data") == (code, "", f"fangtan: {said}\n")


URL = "http://jl.ifeng.com/a/20181117/7029417_0.shtml"


@pytest.fixture
def series(data: Path) -> Path:
    return data / "jl_ifeng" / "anquan"


def quarantine(folder: Path, url: str) -> None:
    write_items(folder / "quarantine.jsonl", [Quarantined(url=url, reason="mojibake", remedy="fetch the page again")])


@pytest.mark.parametrize("what", [URL, URL.replace("http:", "https:"), article_id(article_url(URL).canonical)])
def test_a_quarantined_article_says_why(fangtan: Fangtan, series: Path, what: str) -> None:
    quarantine(series, URL)
    said = "is quarantined: mojibake: fetch the page again (data/jl_ifeng/anquan/quarantine.jsonl)"
    assert fangtan("why", what) == (1, "", f"fangtan: {what} {said}\n")


def test_the_version_shown_may_not_be_the_newest(fangtan: Fangtan, series: Path) -> None:
    url = "https://jl.ifeng.com/a/20181113/7024738_0.shtml"
    quarantine(series, url)
    said = "shown is the last version that could be cleaned; the newest is quarantined: mojibake: fetch the page again\n"
    assert fangtan("why", url) == (0, WHY, said)


def test_an_article_that_is_gone_keeps_its_blocks(fangtan: Fangtan, series: Path) -> None:
    write_items(series / "articles.jsonl", [msgspec.structs.replace(article().record, gone="2018-12-01")])
    assert (
        "3 paragraphs kept, 2 blocks removed · gone from the portal since 2018-12-01\n" in fangtan("why", "3f0c1a9be27d4458").out
    )


def test_an_article_that_is_taken_down_says_so(fangtan: Fangtan, series: Path) -> None:
    (series / "takedown.txt").write_text(f"{URL} asked for by its guest\n", encoding="utf-8")
    said = f"fangtan: {URL} is taken down: asked for by its guest (data/jl_ifeng/anquan/takedown.txt)\n"
    assert fangtan("why", URL) == (1, "", said)


@pytest.mark.parametrize(
    ("outcome", "reason", "said"),
    [
        ("gone", "404 Not Found", "is gone from the portal since 2018-12-01 (404 Not Found)"),
        ("disallowed", "by robots.txt", "is disallowed, so it was not fetched (by robots.txt)"),
        ("failed", "503", "could not be fetched; the next crawl asks again (503)"),
    ],
)
def test_what_was_asked_for_and_not_had_says_why(fangtan: Fangtan, series: Path, outcome: Kind, reason: str, said: str) -> None:
    with State(series / STATE) as state:
        state.apply(Event(article_url(URL), URL, place_key("1.warc.gz", 0), "2018-12-01T04:05:06Z", outcome, reason))
        state.commit("1.warc.gz", 1)
    assert fangtan("why", URL) == (1, "", f"fangtan: {URL} {said}\n")


def test_no_corpus_at_all(fangtan: Fangtan) -> None:
    said = "fangtan: no file nosuch.html, and no corpus below data; say --data FOLDER, or crawl first\n"
    assert fangtan("why", "nosuch.html") == (2, "", said)


def test_a_page_that_cannot_be_cleaned(fangtan: Fangtan, tmp_path: Path) -> None:
    ran = fangtan("why", save(tmp_path, "page.html", b""))
    assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)
    assert ran.err.startswith(f"fangtan: {tmp_path / 'page.html'} cannot be cleaned: empty: ")


def test_a_damaged_corpus(fangtan: Fangtan, data: Path) -> None:
    path = data / "jl_ifeng/anquan/articles.jsonl"
    path.write_bytes(path.read_bytes()[:50])
    ran = fangtan("why", "0" * 16, "--data", "data")
    assert (ran.code, ran.out) == (6, "")
    assert ran.err.startswith("fangtan: data/jl_ifeng/anquan/articles.jsonl:1: cut off: ")
