"""``clean`` as a whole: the same bytes give the same record, and nothing but the bytes matters."""

import builtins
import os
import random
import socket
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaners import CleaningError, clean
from crawler.page import Page
from crawler.replica import seed_page
from tests.cleaners.pages import SENTENCES, Case, article_page, cases, html_page


def outcome(case: Case) -> bytes:
    try:
        return msgspec.json.encode(case.clean())
    except CleaningError as error:
        return error.reason.encode()


def test_twice_and_in_any_order_gives_the_same() -> None:
    order = list(cases())
    before = {case.name: outcome(case) for case in order}
    random.Random(7).shuffle(order)
    assert {case.name: outcome(case) for case in order} == before
    assert {case.name: outcome(case) for case in reversed(order)} == before


def test_another_process_with_another_hash_seed_gives_the_same() -> None:
    code = (
        "import hashlib; from tests.cleaners.pages import cases; from tests.cleaners.test_clean import outcome;"
        "print(hashlib.sha256(b''.join(outcome(case) for case in cases())).hexdigest())"
    )
    root = Path(__file__).parents[2]
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C", "PYTHONPATH": str(root)},
            cwd=root,
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    ]
    assert runs[0] == runs[1]
    assert len(runs[0].strip()) == 64


def test_no_network_no_files_no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """After one page has loaded what the libraries load once."""
    every = cases()
    before = [outcome(case) for case in every]

    def refuse(*args: object, **kwargs: object) -> NoReturn:
        raise AssertionError(f"touched the world: {args} {kwargs}")

    monkeypatch.setattr(builtins, "open", refuse)
    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(subprocess, "Popen", refuse)
    monkeypatch.setattr(time, "time", lambda: 86_400.0)  # loggers may ask; the record does not depend on it
    after = [outcome(case) for case in every]
    monkeypatch.undo()
    assert after == before


def test_the_pages_are_left_as_they_were() -> None:
    for case in cases():
        before = msgspec.json.encode(case.pages)
        outcome(case)
        assert msgspec.json.encode(case.pages) == before


def test_text_is_nfc_and_not_nfkc() -> None:
    odd = "他说：“１００％！”（ﬁ①㈱）è，è。"
    text = clean([article_page(odd)]).record.text
    assert unicodedata.is_normalized("NFC", text)
    assert unicodedata.normalize("NFC", odd) in text.split("\n")


@pytest.mark.parametrize(
    "sentence",
    [
        "乾安县的于镇通来了，他带着儿子于昇。",
        "段乾元说，王徵、李昇都在乾隆年间的老屋里等他。",
        "他引用了一句「國破山河在」，然后走了。",
    ],
)
def test_a_simplified_page_is_never_converted(sentence: str) -> None:
    record = clean([article_page(sentence)]).record
    assert sentence in record.text.split("\n")
    assert (record.script, record.original) == ("Hans", None)


def test_a_traditional_page_is_converted_beside_its_original() -> None:
    texts = [
        "乾安縣的養蜂人說，花開得好，蜂蜜就甜。",
        "他從外地搬來，已經十八年了，鄉親們都認得他。",
        "縣裏的供銷社每年來收兩次，價錢公道。",
    ]
    body = "<h1>乾安縣的養蜂人</h1><div class=content>" + "".join(f"<p>{text}</p>" for text in texts) + "</div>"
    record = clean([html_page(body, title="乾安縣的養蜂人")]).record
    assert record.script == "Hant"
    assert record.original is not None
    assert (record.original.title, record.original.text) == ("乾安縣的養蜂人", "\n".join(texts))
    assert record.title == "乾安县的养蜂人"
    assert record.text.split("\n")[0] == "乾安县的养蜂人说，花开得好，蜂蜜就甜。"
    assert len(record.text.split("\n")) == len(record.blocks) == 3


def test_id_is_of_the_url_else_of_the_bytes() -> None:
    page = article_page()
    ids = [
        clean([Page(page.body, url)]).record.id
        for url in ("http://a.example/x?id=1#top", "https://A.example/x?id=1&utm_source=q", None)
    ]
    assert ids[0] == ids[1] != ids[2]
    assert ids[2] == page.digest[:16]


def test_the_record_names_its_payloads() -> None:
    pages = [
        Page(article_page().body, "http://a.example/1", sha256="0" * 64),
        Page(html_page("<p>第二页，还有一句完整的话。</p>").body),
    ]
    record = clean(pages).record
    assert [(raw.url, raw.sha256) for raw in record.raw] == [("http://a.example/1", "0" * 64), (None, pages[1].digest)]


REFUSED: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "empty"),
    "blank": (b" \n\t", "empty"),
    "binary": (b"\x89PNG\0\0\0\0" * 100, "binary"),
    "mojibake": ("访".encode() * 900 + b"\xff" * 10, "mojibake"),
    "too-deep": (b"<div>" * 100_000 + b"x", "too-deep"),
    "too-large": (b"<p>" + b"x" * (9 * 2**20), "too-large"),
    "no-tags": (b"x", "not-html"),
    "no-text": (b"<html><body><img src=x></body></html>", "no-article"),
    "only-script": (b"<script>var x = 1;</script>", "no-article"),
    "list": (("<ul>" + "<li><a href=x>一个完整的标题，里面有逗号。</a></li>" * 30 + "</ul>").encode(), "no-article"),
    "frameset": (b"<frameset><frame src=x></frameset>", "no-article"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_article_is_refused(body: bytes, reason: str) -> None:
    start = time.process_time()
    with pytest.raises(CleaningError) as caught:
        clean([Page(body)])
    assert caught.value.reason == reason
    assert caught.value.remedy
    assert time.process_time() - start < 3


_SEED = seed_page().body
_MUTATIONS: list[Callable[[bytes, int, int], bytes]] = [
    lambda body, a, b: body[:a] + body[b:],
    lambda body, a, b: body[:a] + bytes([b % 256]) + body[a + 1 :],
    lambda body, a, b: body[:a] + body[b : b + 500] + body[a:],
    lambda body, a, b: body[:a],
    lambda body, a, b: body[a:],
    lambda body, a, b: body[:a] + b"\0\xff<" * (b % 40) + body[a:],
]


@given(st.lists(st.tuples(st.sampled_from(_MUTATIONS), st.integers(0, 40_000), st.integers(0, 40_000)), min_size=1, max_size=4))
@settings(max_examples=60)
def test_corrupted_bytes_raise_nothing_else(changes: list[tuple[Callable[[bytes, int, int], bytes], int, int]]) -> None:
    body = _SEED[-40_000:]
    for change, a, b in changes:
        body = change(body, min(a, b), max(a, b))
    with suppress(CleaningError):
        clean([Page(body)])


@given(st.binary(max_size=300), st.sampled_from(["", "text/html; charset=gbk", "text/html; charset=big5"]))
def test_any_bytes_raise_nothing_else(body: bytes, kind: str) -> None:
    with suppress(CleaningError):
        clean([Page(body, content_type=kind)])


_HOSTILE: dict[str, str] = {
    "one-long-line": "<p>" + "今天的访谈，" * 50_000,
    "many-paragraphs": "".join(f"<p>{at}，这是其中的一句话。</p>" for at in range(5_000)),
    "many-equal-paragraphs": "<p>这一句话在这一页上说了很多很多遍，一遍又一遍，没有停过。</p>" * 3_000,
    "many-links": "<a href=x>一个标题</a> " * 20_000,
    "many-labels": "<p>记者：问。</p><p>答：好。</p>" * 2_000,
    "spaces": "<p>一" + " " * 300_000 + "。</p>",
    "dots": "<p>一" + "…" * 100_000 + "x</p>",
    "ampersands": "<p>" + "&amp;" * 60_000 + "</p>",
    "brackets": "<p>" + "（" * 50_000 + "</p>",
    "digits": "<p>" + "2018-" * 50_000 + "</p>",
    "unclosed-font": "<p>一句话，" + "<font>" * 1_500 + "两句话。",
    "deep-and-wide": ("<div>" * 300 + "<p>一句话，两句话。</p>" * 3) * 5,
    "long-title": "<title>" + "长" * 200_000 + "</title><h1>" + "长" * 200_000 + "</h1>",
    "classes": "<p class='" + "title-" * 20_000 + "'>一句话，两句话。</p>",
    "separators": "<p>" + "| " * 100_000 + "</p>",
    "names": "<p>" + "柯蓝、" * 50_000 + "</p>",
}


@pytest.mark.parametrize("body", _HOSTILE.values(), ids=_HOSTILE)
def test_no_page_hangs(body: str) -> None:
    prose = "".join(f"<p>{text}</p>" for text in SENTENCES)
    start = time.process_time()
    with suppress(CleaningError):
        clean([html_page(prose + body)])
    assert time.process_time() - start < 10


def test_speech_is_kept_wherever_it_looks_like_a_byline() -> None:
    turns = [
        "记者：请问编辑部来源于哪里？",
        "于镇通：好。",
        "记者：2018年11月13日，您在哪里？",
        "于镇通：在长春。",
        "记者：好的，感谢您接受采访。",
    ]
    record: Any = clean([article_page(*turns)]).record
    assert record.text.split("\n")[-5:] == turns
    assert [turn.label for turn in record.turns] == ["记者", "于镇通", "记者", "于镇通", "记者"]
