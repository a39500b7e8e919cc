"""The extractors that judge our blocks."""

import pytest
from lxml import etree

from cleaners.witnesses import trafilatura_keeps
from tests.cleaners.pages import SENTENCES, article_page, document_of, html_page

_NAV = "<div class=nav><a href=/>首页</a> <a href=/n>新闻</a></div>"


def kept_texts(html: str) -> list[str] | None:
    document = document_of(html)
    assert document.root is not None
    found = trafilatura_keeps(document.root, document.nodes)
    return None if found is None else [b.text for b, keep in zip(document.blocks, found, strict=True) if keep]


def test_trafilatura_keeps_the_article() -> None:
    assert kept_texts(article_page(before=_NAV).body.decode()) is not None
    assert set(SENTENCES) <= set(kept_texts(article_page(before=_NAV).body.decode()) or ())


@pytest.mark.parametrize(
    "html",
    [
        article_page(before=_NAV).body.decode(),
        html_page("<table><tr><td>" + "<br>".join(SENTENCES) + "</table>").body.decode(),
        html_page("".join(f"<p>{text}&#11;&#1;</p>" for text in SENTENCES)).body.decode(),
        html_page("<p>" + "<font>" * 200 + SENTENCES[0]).body.decode(),
        "".join(f"<p>{text}</p>" for text in SENTENCES) + "</html><html>" + SENTENCES[0],
    ],
    ids=["plain", "table", "control-characters", "deep", "two-roots"],
)
def test_the_tree_is_left_as_it_was(html: str) -> None:
    document = document_of(html)
    assert document.root is not None
    before = etree.tostring(document.root, encoding="unicode", with_tail=True)
    trafilatura_keeps(document.root, document.nodes, without=list(document.root.iter("div", "tr"))[:1])
    assert etree.tostring(document.root, encoding="unicode", with_tail=True) == before


def test_a_page_with_rare_characters_of_its_own() -> None:
    """Marks are characters of CJK Extension B that the page does not use; names of people are among them."""
    rare = "\U00020000\U00020001\U00020bb7\U0002a6d6"
    texts = [f"嘉宾{rare[at]}先生说，{text}" for at, text in enumerate(SENTENCES)]
    body = "".join(f"<p>{text}</p>" for text in texts)
    found = kept_texts(html_page(_NAV + f"<div class=content>{body}</div>").body.decode())
    assert set(texts) <= set(found or ())


def test_a_page_that_uses_all_marks_is_judged_without_them() -> None:
    every = "".join(map(chr, range(0x20000, 0x2A6D7)))
    assert kept_texts(html_page(f"<p>{every}</p><p>{SENTENCES[0]}</p>").body.decode()) is None


def test_a_page_without_text_has_no_witness() -> None:
    assert not kept_texts("<html><body><p></p><img src=x></body></html>")


def test_what_is_taken_out_is_not_kept() -> None:
    document = document_of(article_page(before=_NAV).body.decode())
    assert document.root is not None
    content = next(element for element in document.root.iter("div") if element.get("class") == "content")
    found = trafilatura_keeps(document.root, document.nodes, without=[content])
    inside = {at for at, node in enumerate(document.nodes) if content in (node.holder, *node.holder.iterancestors())}
    assert inside
    assert not any((found or [False] * len(document.nodes))[at] for at in inside)


def test_the_tail_of_what_is_taken_out_stays() -> None:
    html = "".join(f"<div><b>暗</b>{text}</div>" for text in SENTENCES)
    document = document_of(html_page(f"<div class=content>{html}</div>").body.decode())
    assert document.root is not None
    trafilatura_keeps(document.root, document.nodes, without=list(document.root.iter("b")))
    assert [text in "".join(map(str, document.root.itertext())) for text in SENTENCES] == [True] * 4
