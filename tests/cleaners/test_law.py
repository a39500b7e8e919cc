"""The law on every page there is: kept and removed blocks, in order, are the page's visible text."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaners import CleaningError, clean
from cleaners.document import read_document
from cleaners.rules import EXPLANATIONS
from crawler.page import Page
from crawler.portal import Portal
from crawler.replica import build_site, seed_variants
from tests.cleaners.pages import SENTENCES, Case, bench_pages, cases, html_page, portal_for, published, text_of
from tests.law import bare, broken_law, difference, visible_text

GOLD = sorted(path.parent for path in (Path(__file__).parents[1] / "gold" / "pages").glob("*/page.html"))
_PARTS = 8
_SITE = build_site(articles=43)
_SEEDS = dict(seed_variants())


def law(pages: Sequence[Page], portal: Portal | None = None) -> str:
    """What the pages' cleaning breaks of the law; of pages that hold no article the walk alone is looked at."""
    try:
        article = clean(pages, portal)
    except CleaningError as error:
        if error.reason != "no-article":
            raise
        return walk_law(pages, portal)
    return broken_law([text_of(page) for page in pages], *published(article))


def walk_law(pages: Sequence[Page], portal: Portal | None) -> str:
    documents = [read_document(page, number, portal) for number, page in enumerate(pages)]
    found = (
        difference(visible_text(text_of(document.page)), bare("".join(block.text for block in document.blocks)))
        for document in documents
    )
    return next((problem for problem in found if problem), "")


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_law_on_fixtures(case: Case) -> None:
    assert law(case.pages, case.portal) == ""
    assert law(case.pages) == ""


@pytest.mark.parametrize("number", range(len(_SITE.truths)), ids=lambda number: f"article-{number}")
@pytest.mark.parametrize("known", [True, False], ids=["profile", "no-profile"])
def test_law_on_the_replica(number: int, *, known: bool) -> None:
    urls = _SITE.truths[number].urls
    pages = [replica_page(url) for url in urls]
    assert law(pages, portal_for(urls[0]) if known else None) == ""


def test_law_on_all_that_the_replica_answers() -> None:
    """Lists, the notice, the page for what is not there: read by themselves."""
    articles = {url for truth in _SITE.truths for url in truth.urls}
    for url, response in _SITE.responses.items():
        if url.startswith("http:") and url not in articles and response.body and not url.endswith(".txt"):
            assert walk_law([replica_page(url)], None) == "", url


def replica_page(url: str) -> Page:
    response = _SITE.responses[url]
    return Page(response.body, url, dict(response.headers).get("Content-Type", ""))


@pytest.mark.parametrize("name", _SEEDS)
@pytest.mark.parametrize("known", [True, False], ids=["profile", "no-profile"])
def test_law_on_the_seed(name: str, *, known: bool) -> None:
    pages = [Page(body, url, kind) for url, body, kind in _SEEDS[name]]
    assert law(pages, portal_for(pages[0].url or "") if known else None) == ""


@pytest.mark.parametrize("folder", GOLD, ids=lambda folder: folder.name)
def test_law_on_layouts(folder: Path) -> None:
    assert law([Page((folder / "page.html").read_bytes())]) == ""


@pytest.mark.parametrize("part", range(_PARTS))
def test_law_on_real_pages(part: int) -> None:
    """And every rule that takes something out of one is explained: cleaning them is what takes the time."""
    broken, rules = {}, set[str]()
    for name, page in bench_pages(part, _PARTS):
        try:
            record, removed = published(clean([page]))
        except CleaningError as error:
            if error.reason != "no-article":
                raise
            problem = walk_law([page], None)
        else:
            problem = broken_law([text_of(page)], record, removed)
            rules |= {line["rule"] for line in removed}
        if problem:
            broken[name] = problem
    assert broken == {}
    assert rules <= EXPLANATIONS.keys()


TRAPS = {
    "text-behind-html": "<html><body><p>一</p></body></html>二<p>三</p>",
    "two-documents": "<html><body>一</body></html><html><body>二</body></html>三",
    "text-before-html": "零<html><body>一</body></html>",
    "head-without-end": "<head><title>题</title><p>一<body><p>二",
    "no-tags": "<!DOCTYPE html>只有一句话。",
    "unclosed-font": "<p>一" + "<font>" * 300 + "二" + "<p>三",
    "deep-but-readable": "<div>" * 1500 + "一" + "</div>" * 1500 + "二",
    "table-text-between": "<table>一<tr>二<td>三</td>四</tr>五<tr><td>六</table>七",
    "nested-paragraphs": "<p>一<p>二<div>三<p>四</div>五</p>六",
    "crossed": "<b>一<i>二</b>三</i>四<a href=x>五<a href=y>六</a>七</a>",
    "comments": "<p>一<!-- 暗 -->二<!-- <p>暗</p> --></p><!----><p>三",
    "control-entity": "<p>一&#11;二&#1;三&#8203;四&#65279;五&#13;六</p>",
    "entities": "<p>一&nbsp;二&ldquo;三&rdq四&amp;五&#20016;&#x4e2d;&copy6&hellip;七&unknown;八&lt;p&gt;</p>",
    "nul": "<p>一\0二</p><!-- " + "多" * 200 + " -->",
    "surrogate-entity": "<p>一&#55357;二&#x110000;三</p>",
    "script-odd": "<p>一<script>if (a < b) { '<p>暗</p>' }</script>二</p><script>//<![CDATA[\n暗\n//]]></script>三",
    "style-in-body": "一<style>p { color: red }</style>二<style></style>三",
    "iframe-in-paragraph": "<p>一<iframe src=x><p>暗</p></iframe>二</p>",
    "noscript": "<noscript><p>暗<img src=x></p></noscript><p>一<noscript>暗</noscript>二</p>",
    "textarea": "<p>一<textarea><p>暗</p></textarea>二</p>",
    "title-in-body": "<p>一</p><title>暗</title><p>二</p>",
    "svg": "<p>一<svg><text>暗</text></svg>二<math><mi>暗</mi></math>三</p>",
    "video": "<video><p>暗</p></video>一<audio>暗</audio>二<canvas>暗</canvas>三",
    "xml-island": "<p>一</p><xml><w>暗</w></xml><p>二</p>",
    "office-tags": "<p>一<o:p>二</o:p><st1:place>三</st1:place></p>",
    "unknown-tags": "<foo>一<bar-baz>二</bar-baz></foo><p>三</p>",
    "select": "<select><option>一<option>二</select>三",
    "definition-list": "<dl><dt>一<dd>二<dt>三</dl>",
    "br-and-hr": "一<br>二<br/>三<hr>四</br>五",
    "button-label": "<button>一</button><label>二<input value=暗></label><fieldset><legend>三</legend>四</fieldset>",
    "hidden": "<div style='display:none'>一</div><div hidden>二</div><p style=visibility:hidden>三</p>",
    "attributes": "<p title='<p>暗</p>' alt=\"a>b\">一</p><img alt=暗>二",
    "stray-less": "<p>一 < 二 <3 三 &lt;四</p><p>1<2</p>",
    "stray-end": "</p>一</div></span>二</body>三</table>四",
    "upper-case": "<P>一<SCRIPT>暗</SCRIPT><BR>二</P>",
    "self-closed": "<p/>一<div/>二<span/>三<script src=x></script>四",
    "frameset": "<frameset><frame src=x><noframes>暗</noframes></frameset>",
    "ruby": "<ruby>漢<rp>(</rp><rt>han</rt><rp>)</rp></ruby>字",
    "pre": "<pre>一\n\n  二\t三</pre>",
    "combining": "<p>e<b>\u0301</b>té ﬁ ，１</p>",
    "spaces": "<p>\u3000\u3000一\u00a0\u2003二\u200b\u2060三\u2028四\x85五</p>",
    "extension-b": "<p>\U00020000\U00020bb7野家，\U0002a6d6</p>",
}


@pytest.mark.parametrize("html", TRAPS.values(), ids=TRAPS)
def test_law_on_traps(html: str) -> None:
    page = Page(html.encode("utf-8"), content_type="text/html; charset=utf-8")
    assert law([page]) == ""
    prose = "".join(f"<p>{text}</p>" for text in SENTENCES)
    assert law([html_page(f"<h1>临澜老旧小区改造</h1><div>{prose}{html}</div>{html}")]) == ""


@pytest.mark.parametrize("html", TRAPS.values(), ids=TRAPS)
def test_the_reader_hides_what_nobody_sees(html: str) -> None:
    assert "暗" not in visible_text(html)


# One in so many characters: with more a file is binary.
_NUL = "".join(SENTENCES[:2]) + "\0" + "".join(SENTENCES[2:])
_WORDS = st.sampled_from(
    [
        *SENTENCES,
        "好的。",
        "记者：",
        "分享到",
        "2018年11月13日 10:12",
        "\n ",
        "\u3000",
        "&nbsp;",
        "&rdq",
        "&#11;",
        "&lt;",
        "乾",
        "Ａ",
        _NUL,
    ]
)
_INLINE = st.sampled_from("a b strong i em font span u o:p label sub".split())
_BLOCK = st.sampled_from("p div ul li table tr td th tbody dl dd h1 h2 blockquote center section article form pre".split())
_SILENT = st.sampled_from("script style iframe noscript textarea svg video".split())
_ATTRIBUTES = st.sampled_from(["", " class=content", " id=nav", ' style="display:none"', " href=x", " class=picIntro", " hidden"])


def _element(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    closed = st.builds(
        lambda tag, attributes, inner: f"<{tag}{attributes}>{inner}</{tag}>", _BLOCK | _INLINE, _ATTRIBUTES, children
    )
    unclosed = st.builds(lambda tag, attributes, inner: f"<{tag}{attributes}>{inner}", _BLOCK | _INLINE, _ATTRIBUTES, children)
    stray = st.builds(lambda inner, tag: f"{inner}</{tag}>", children, _BLOCK | _INLINE)
    return closed | closed | unclosed | stray | st.lists(children, max_size=5).map("".join)


_SILENCE = st.builds(lambda tag, text: f"<{tag}>{text}</{tag}>", _SILENT, st.sampled_from(["", "暗", "暗 = 1;", "暗 a < b"]))
_LEAF = (
    _WORDS | _WORDS | _SILENCE | st.sampled_from(["<br>", "<br/>", "<hr>", "<img src=x alt=暗>", "<!-- 暗 -->", "<p>", "<td>"])
)
HTML = st.recursive(_LEAF, _element, max_leaves=40)


@given(HTML, st.booleans(), st.sampled_from(["", "尾声。", "<p>尾声。</p>", "<html><body>又一页。"]))
@settings(max_examples=200)
def test_law_on_pages_that_hypothesis_builds(html: str, with_article: bool, behind: str) -> None:
    prose = "".join(f"<p>{text}</p>" for text in SENTENCES) if with_article else ""
    page = Page(f"<html><head><title>题</title></head><body>{prose}{html}</body></html>{behind}".encode())
    assert law([page]) == ""


def test_the_law_sees_what_is_lost_doubled_or_moved() -> None:
    """The test of the test: each kind of fraud is found."""
    page = html_page("".join(f"<p>{text}</p>" for text in SENTENCES) + "<p>分享到</p>")
    record, removed = published(clean([page]))
    texts = [text_of(page)]
    assert broken_law(texts, record, removed) == ""
    lines = record["text"].split("\n")
    assert broken_law(texts, {**record, "text": "\n".join([lines[0][1:], *lines[1:]])}, removed) != ""
    assert broken_law(texts, {**record, "text": "\n".join([lines[1], lines[0], *lines[2:]])}, removed) != ""
    assert broken_law(texts, {**record, "removed": 0}, []) != ""
    assert broken_law(texts, {**record, "removed": record["removed"] + 1}, removed) != ""
    assert broken_law(texts, record, [*removed, removed[-1]]) != ""
    assert broken_law(texts, {**record, "blocks": record["blocks"][:-1]}, removed) != ""
    assert broken_law(texts, record, [{**line, "page": 1} for line in removed]) != ""
