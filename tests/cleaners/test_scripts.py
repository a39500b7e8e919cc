"""Articles that only scripts hold: found by their prose, whatever the program around it."""

import json
import time
from urllib.parse import quote

import pytest

from cleaners import CleaningError, clean
from cleaners.blocks import parse_html
from cleaners.scripts import find_scripted
from crawler.page import Page
from tests.cleaners.pages import SENTENCES, html_page, published, text_of
from tests.law import broken_law

HTML = "".join(f"<p>{text}</p>" for text in SENTENCES)
DATA = json.dumps({"title": "题", "content": HTML}, ensure_ascii=False)
ESCAPED = HTML.replace("<", "&lt;").replace(">", "&gt;")
LIST = json.dumps([{"type": "p", "text": text} for text in SENTENCES])
OTHERS = json.dumps({"content": HTML, "comments": [{"comment": "说得好，我也这样想。" * 60}]}, ensure_ascii=False)

HELD = {
    "json": f'<script type="application/json">{DATA}</script>',
    "escaped-to-ascii": f"<script>window.__INITIAL_STATE__={json.dumps(json.loads(DATA))};</script>",
    "json-in-a-string": f"<script>window.data = JSON.parse({json.dumps(DATA)})</script>",
    "percent-encoded": f"<script id=RENDER_DATA>{quote(DATA)}</script>",
    "single-quotes-and-escaped-tags": f"<script>var BASE = {{ articleInfo: {{ title: '题', content: '{ESCAPED}' }} }}</script>",
    "hexadecimal": "<script>var text = '" + HTML.replace("<", "\\x3C").replace(">", "\\x3E") + "'</script>",
    "template-literal": f"<script>const html = `\n{HTML}\n`;</script>",
    "linked-data": '<script type="application/ld+json">'
    + json.dumps({"articleBody": "\n".join(SENTENCES)}, ensure_ascii=False)
    + "</script>",
    "textarea": f"<textarea class=article-content>{HTML}</textarea>",
    "noscript": f"<noscript id=content>{HTML}</noscript>",
    "a-string-a-paragraph": f"<script>self.page = {LIST}</script>",
    "beside-longer-comments": f"<script>self.page = {OTHERS}</script>",
    "behind-an-odd-quote": f"<script>// the reader's data\nvar page = {DATA}</script>",
}


@pytest.mark.parametrize("script", HELD.values(), ids=HELD)
def test_an_article_that_only_a_script_holds(script: str) -> None:
    page = html_page(f"<div id=app>加载中</div>{script}", title="临澜老旧小区改造_示例网")
    article = clean([page])
    assert article.record.text == "\n".join(SENTENCES)
    assert article.record.title == "临澜老旧小区改造"
    assert [line.text for line in article.removed] == ["加载中"]
    assert broken_law([text_of(page)], *published(article)) == ""


@pytest.mark.parametrize(
    "script",
    [
        "<script>var title = '临澜老旧小区改造之后，居民的满意度有了明显提高';</script>",
        "<script>alert('" + "Reload the page. " * 20 + "')</script>",
        "<textarea>说两句</textarea>",
        "",
    ],
    ids=["a-headline", "no-chinese", "a-box-to-write-in", "none"],
)
def test_a_page_without_article_stays_refused(script: str) -> None:
    with pytest.raises(CleaningError, match="no-article"):
        clean([html_page(f"<ul><li><a href=/1>临澜</a></ul>{script}")])


def test_what_the_page_shows_goes_before_its_scripts() -> None:
    shown = clean([html_page(f"<h1>临澜老旧小区改造</h1><div>{HTML}</div><script>var a = {json.dumps(HTML * 3)}</script>")])
    assert shown.record.text == "\n".join(SENTENCES)


def test_where_it_stood_is_said() -> None:
    page = html_page(f"<div id=app></div><script>var page = {json.dumps({'content': HTML + '<p>分享到：</p>'})}</script>")
    assert [line.xpath for line in clean([page]).removed] == ["script[0].content/html/body/p[5]"]


def test_scripts_are_read_in_linear_time() -> None:
    odd = "k" * 3_000_000 + "'\"`\\" * 200_000 + "{" * 100_000 + '"a' * 100_000 + "<" * 100_000
    root = parse_html(f"<body>页<script>{odd}</script></body>")
    assert root is not None
    start = time.process_time()
    find_scripted(root)
    assert time.process_time() - start < 10


def test_bytes_of_any_kind_are_survived() -> None:
    with pytest.raises(CleaningError):
        clean([Page(b"<p>\xc0<script>'\\ud800" + b"\xd6\xd0" * 200 + b"'</script>", content_type="text/html")])
