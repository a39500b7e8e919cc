"""Dates that are not visible as such."""

import pytest

from cleaners import clean
from tests.cleaners.pages import SENTENCES, html_page

TITLE = "临澜老旧小区改造"
TIME = '<time datetime="2018-11-13T02:12:33Z">11-13 10:12</time>'

# head, what stands below the headline, the date
CASES: dict[str, tuple[str, str, str | None]] = {
    "time-without-year": ("", TIME, "2018-11-13T10:12:33+08:00"),
    "american": ('<meta name="apub:time" content="11/13/2018, 10:12:33 PM">', "", "2018-11-13T22:12:33+08:00"),
    "script": ('<script>var d = {"pubtime": "2018-11-13 10:12:33"}</script>', "", "2018-11-13T10:12:33+08:00"),
    "epoch": ('<script>{"publishTime":1542075153}</script>', "", "2018-11-13T10:12:33+08:00"),
    "percent": ("<script>%7B%22publishTime%22%3A1542075153%7D</script>", "", "2018-11-13T10:12:33+08:00"),
    "source-and-time": ("<script>{source: '临澜说',\n time: '2018-11-13 10:12'}</script>", "", "2018-11-13T10:12+08:00"),
    "two-days": ('<script>{"pubtime":"2018-11-13 10:12","x":{"pubtime":"2018-11-14 10:12"}}</script>', "", None),
    "other-key": ('<script>{"expireTime":"2018-11-13 10:12"}</script>', "", None),
    "member-since": ("", "<dl><dt>注册</dt><dd>2018-02-10</dd></dl>", None),
}


@pytest.mark.parametrize(("head", "line", "date"), CASES.values(), ids=CASES)
def test_published(head: str, line: str, date: str | None) -> None:
    paragraphs = "".join(f"<p>{text}</p>" for text in SENTENCES)
    page = html_page(f"<h1>{TITLE}</h1><div>{line}</div><div>{paragraphs}</div>", title=TITLE, head=head)
    assert clean([page]).record.published == date


@pytest.mark.parametrize(("title", "date"), [("临澜日报 2001年8月3日 第一版", "2001-08-03"), ("2001年8月3日的洪水", None)])
def test_the_day_of_a_printed_page(title: str, date: str | None) -> None:
    paragraphs = "".join(f"<p>{text}</p>" for text in SENTENCES)
    assert clean([html_page(f"<h1>{TITLE}</h1><div>{paragraphs}</div>", title=title)]).record.published == date
