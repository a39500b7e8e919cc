"""Which pages a page leads to."""

import pytest

from crawler.links import Item, is_soft_gone, list_items, more_pages, next_list, read_document
from crawler.page import Page
from crawler.portal import Portal, parse_portal

PROFILE = r"""
title = "x"
hosts = ["x.test"]
[list]
item = "div.list > div[data-url]"
link = "h2 a"
next = "#next"
[article]
url = '/a/\d+_\d+\.shtml'
page = '_(\d+)(?=\.shtml$)'
next = ".pages a"
gone = ".tips404"
"""


@pytest.fixture(scope="module")
def portal() -> Portal:
    return parse_portal(PROFILE, source="x.toml", name="x")


def page(html: str | bytes, content_type: str = "text/html", url: str = "http://x.test/list/1.shtml") -> Page:
    return Page(html.encode() if isinstance(html, str) else html, url, content_type)


def item(link: str) -> str:
    return f'<div class="list"><div data-url="x"><h2>{link}</h2></div></div>'


@pytest.mark.parametrize(
    ("html", "items"),
    [
        (item("<a href='/a/1_0.shtml'> 平安 <b>访谈</b> </a>"), [Item("http://x.test/a/1_0.shtml", "平安 访谈")]),
        (item("<a href='//y.test/b#c' title='平安访谈：全题'>平安访…</a>"), [Item("http://y.test/b", "平安访… 平安访谈：全题")]),
        (item("<a href=' /a/\n1_0.shtml ' title='平安'>平安</a>"), [Item("http://x.test/a/1_0.shtml", "平安")]),
        (item("<a>no link</a>") + item("<a href='javascript:void(0)'>x</a>") + item("<a href='http://['>x</a>"), []),
        (item("<a href='mailto:x@x.test'>x</a>") + item("<a href='#'>x</a>") + item("<a href=''>x</a>"), []),
        ("<div class='list'><h2><a href='/a/1_0.shtml'>no item</a></h2></div>", []),
        ("<base href='http://x.test/deep/'>" + item("<a href='1.html'>x</a>"), [Item("http://x.test/deep/1.html", "x")]),
        ("", []),
        ("\0<!-- only -->", []),
    ],
    ids=["item", "title-says-more", "spaces", "nowhere", "no-page", "no-item", "base", "empty", "comment"],
)
def test_list_items(portal: Portal, html: str, items: list[Item]) -> None:
    assert list(list_items(read_document(page(html)), portal)) == items


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (item("<a href='/'>平安访谈</a>").encode("gbk"), "text/html; charset=gbk"),
        (b"<meta charset=gb2312>" + item("<a href='/'>平安访谈</a>").encode("gbk"), "text/html"),
        (item("<a href='/'>平安访谈</a>").encode("gbk"), ""),
        (item("<a href='/'>平安访谈</a>").encode(), "text/html; charset=gbk"),
    ],
    ids=["header", "meta", "undeclared", "utf-8-said-to-be-gbk"],
)
def test_titles_are_decoded(portal: Portal, body: bytes, content_type: str) -> None:
    assert [found.title for found in list_items(read_document(page(body, content_type)), portal)] == ["平安访谈"]


@pytest.mark.parametrize(
    ("html", "url"),
    [
        ("<a id=next href=2.shtml>下一页</a>", "http://x.test/list/2.shtml"),
        ("<a id=next href='javascript:void(0);'>下一页</a>", None),
        ("<a id=next href='1.shtml'>itself</a>", None),
        ("<a id=next href='javascript:;'></a><a id=next href=2.shtml></a>", "http://x.test/list/2.shtml"),
        ("<p>", None),
    ],
    ids=["next", "javascript", "itself", "second", "none"],
)
def test_next_list(portal: Portal, html: str, url: str | None) -> None:
    assert next_list(read_document(page(html)), portal) == url


def test_more_pages_are_those_of_the_same_article(portal: Portal) -> None:
    hrefs = ["7_2.shtml", "https://x.test/a/7_1.shtml", "7_1.shtml", "7_0.shtml", "8_1.shtml", "javascript:void(0)", "/b"]
    html = "<div class=pages>" + "".join(f"<a href='{href}'>x</a>" for href in hrefs) + "</div>"
    document = read_document(page(html, url="http://x.test/a/7_0.shtml"))
    assert more_pages(document, portal) == ("https://x.test/a/7_1.shtml", "http://x.test/a/7_2.shtml")


def test_a_soft_404_is_seen(portal: Portal) -> None:
    assert is_soft_gone(read_document(page("<div class=tips404>")), portal)
    assert not is_soft_gone(read_document(page("<p>")), portal)
