"""A page, read: head, marks of the profile, places."""

import pytest
from lxml import etree

from cleaners import CleaningError
from cleaners.blocks import parse_html
from cleaners.document import head_title, head_value, read_document
from crawler.page import Page
from crawler.portal import load_portal
from tests.cleaners.pages import SENTENCES, cases, document_of


@pytest.mark.parametrize(
    ("html", "value"),
    [
        ('<meta name="og:time" content="2018">', "2018"),
        ('<meta name="og:time " content=" 2018 ">', "2018"),
        ('<meta name="og: time" content="2018">', "2018"),
        ('<meta property="OG:Time" content="2018">', "2018"),
        ('<meta itemprop="og:time" content="2018">', "2018"),
        ('<meta name="og:time" content=""><meta name="og:time" content="2018">', "2018"),
        ('<meta name="og:time" content="2018"><meta name="og:time" content="2019">', "2018"),
        ('<meta name="pubdate" content="2017">', "2017"),
        ('<meta name="pubdate" content="2017"><meta name="og:time" content="2018">', "2018"),
        ('<meta name="time" content="2018">', ""),
        ("<meta>", ""),
        ("", ""),
    ],
    ids=[
        "name",
        "space-behind",
        "space-inside",
        "property",
        "itemprop",
        "empty-first",
        "two",
        "second-name",
        "order",
        "other",
        "bare",
        "none",
    ],
)
def test_head_value(html: str, value: str) -> None:
    assert head_value(document_of(f"<html><head>{html}</head><body>一</body></html>"), "og:time", "pubdate") == value


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<title>题</title>", "题"),
        ("<title>\n 题 \n 目 </title>", "题 目"),
        ("<title>A&amp;B</title>", "A&B"),
        ("<title></title>", ""),
        ("", ""),
        ("<body><svg><title>图</title></svg></body>", "图"),
    ],
    ids=["title", "spaces", "entity", "empty", "none", "only-of-a-picture"],
)
def test_head_title(html: str, title: str) -> None:
    assert head_title(document_of(f"<html>{html}</html>")) == title


def test_every_block_stands_where_its_xpath_says() -> None:
    for case in cases():
        for number, page in enumerate(case.pages):
            document = read_document(page, number, case.portal)
            if document.embedded is None and document.root is not None:
                tree = parse_html(document.decoded.text)
                assert tree is not None
                for block in document.blocks:
                    found = tree.getroottree().xpath(document.xpath(block.index))
                    assert isinstance(found, list)
                    (element,) = found
                    assert isinstance(element, etree._Element)
                    words = "".join("".join(map(str, element.itertext())).split())
                    assert block.text[0] in words, (case.name, block)  # of the text node that begins the block


def test_marks_come_from_the_profile_alone() -> None:
    html = (
        f"<h1 id=artical_topic>题目</h1><div class=dy_box><p>导语</p></div><div id=main_content><p>{SENTENCES[0]}"
        "<span class=ifengLogo></span></p><p class=picIntro>图</p></div>"
    )
    known = [block.marks for block in document_of(html, portal=load_portal("jl_ifeng")).blocks]
    assert known == [("field/title",), ("lead",), ("body",), ("body", "caption", "caption")]
    assert [block.marks for block in document_of(html).blocks] == [(), (), (), ("caption",)]


def test_an_empty_marked_inline_element_splits_no_block() -> None:
    """The logo at the end of the closing turn has no text; the turn stays one block."""
    html = '<div id=main_content><p>记者：好的，谢谢。<span class="ifengLogo"><a href=x><img src=y></a></span></p></div>'
    assert [block.text for block in document_of(html, portal=load_portal("jl_ifeng")).blocks] == ["记者：好的，谢谢。"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [(b"", "empty"), (b"\0" * 50, "binary"), (b"<b>" * 3000 + b"x", "too-deep"), (b"x" * (8 * 2**20 + 1), "too-large")],
    ids=["empty", "binary", "too-deep", "too-large"],
)
def test_refused(body: bytes, reason: str) -> None:
    with pytest.raises(CleaningError) as caught:
        read_document(Page(body), 0, None)
    assert caught.value.reason == reason
    assert str(caught.value) == f"{reason}: {caught.value.remedy}"
