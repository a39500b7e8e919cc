"""Authors without a label, on whole pages."""

import pytest

from cleaners import clean
from tests.cleaners.pages import SENTENCES, html_page

TITLE = "临澜老旧小区改造"
STAMP = "<span>2018-11-13 10:12</span>"

# what stands between headline and text, the author
SIGNED: dict[str, tuple[str, str | None]] = {
    "class": ("<div class=author-name><a>半勺糖</a></div>", "半勺糖"),
    "camel-case": ("<span class=AuthorInfo-name>半勺糖</span>", "半勺糖"),
    "rel": ("<p>By <a rel=author>dave_lin</a></p>", "dave_lin"),
    "itemprop": ("<span itemprop=author><a><span itemprop=name>半勺糖</span></a></span>", "半勺糖"),
    "name-beside-the-date": (f"<p><span class=name>半勺糖</span> {STAMP}</p>", "半勺糖"),
    "name-without-date": ("<p><span class=name>半勺糖</span></p>", None),
    "followed": ("<div><a>半勺糖</a><button>关注</button></div>", "半勺糖"),
    "own-page": ("<p><a href=/people/17>半勺糖</a></p>", "半勺糖"),
    "settings": ("<p><a href=/user/message/1>半勺糖</a></p>", None),
    "posted": ("<p><a><b>半勺糖</b></a> <i>37</i> <i>发布于 2018-11-13</i></p>", "半勺糖"),
    "from": ("<h3><span>来自: <a>半勺糖</a>(南屿)</span> <span>2018-11-13 10:12</span></h3>", "半勺糖"),
    "lone-name": ("<p>于镇通</p>", "于镇通"),
    "lone-names": ("<p>于镇通 柯蓝蓝</p>", "于镇通 柯蓝蓝"),
    "lone-office": ("<p>宣传部</p>", None),
    "lone-link": ("<p><a>于镇通</a></p>", None),
    "channel": ("<p><a class=category-name>社会</a></p>", None),
    "button": ("<div class=author><a>分享</a></div>", None),
    "editor": ("<p class=author>编辑：方圆</p>", None),
    "label-of-others": ("<p>記者： <a rel=author>dave</a></p>", None),
    "comment": ("<div class=comment><span class=username>半勺糖</span></div>", None),
    "outlet": ("<span class=author>临澜日报</span>", None),
    "date": (f"<div class=author>{STAMP}</div>", None),
    "nobody": ("", None),
}


@pytest.mark.parametrize(("line", "author"), SIGNED.values(), ids=SIGNED)
def test_author(line: str, author: str | None) -> None:
    paragraphs = "".join(f"<p>{text}</p>" for text in SENTENCES)
    page = html_page(f"<h1>{TITLE}</h1><div>{line}</div><div class=content>{paragraphs}</div>", title=TITLE)
    assert clean([page]).record.author == author


HEADS = {
    "confirmed": ('<meta name="author" content="于小通">', "<p><a>于小通</a></p>", "于小通"),
    "head-only": ('<meta name="author" content="于小通">', "", None),
}


@pytest.mark.parametrize(("head", "line", "author"), HEADS.values(), ids=HEADS)
def test_the_head_only_confirms(head: str, line: str, author: str | None) -> None:
    paragraphs = "".join(f"<p>{text}</p>" for text in SENTENCES)
    page = html_page(f"<h1>{TITLE}</h1>{line}<div class=content>{paragraphs}</div>", title=TITLE, head=head)
    assert clean([page]).record.author == author


def test_an_editor_is_no_author() -> None:
    paragraphs = "".join(f"<p>{text}</p>" for text in (*SENTENCES, "（编辑：半勺糖）"))
    page = html_page(f"<h1>{TITLE}</h1><a class=author>半勺糖</a><div class=content>{paragraphs}</div>", title=TITLE)
    record = clean([page]).record
    assert (record.author, record.editor) == (None, "半勺糖")


SOURCES = {
    "class": ("<div class=source>临澜说</div>", "临澜说"),
    "account": ("<a id=js_name>临澜说</a>", "临澜说"),
    "paper-as-author": ("<span class=author>临澜日报</span>", "临澜日报"),
    "author": ("<span class=author>半勺糖</span>", None),
}


@pytest.mark.parametrize(("line", "source"), SOURCES.values(), ids=SOURCES)
def test_source(line: str, source: str | None) -> None:
    paragraphs = "".join(f"<p>{text}</p>" for text in SENTENCES)
    page = html_page(f"<h1>{TITLE}</h1><div>{line}</div><div class=content>{paragraphs}</div>", title=TITLE)
    assert clean([page]).record.source == source


def test_the_account_above_the_headline() -> None:
    paragraphs = "".join(f"<p>{text}</p>" for text in SENTENCES)
    top = "<div><a class=username>半勺糖</a></div><button>关注</button>"
    page = html_page(f"{top}<h1>{TITLE}</h1><div class=content>{paragraphs}</div>", title=TITLE)
    assert clean([page]).record.author == "半勺糖"
