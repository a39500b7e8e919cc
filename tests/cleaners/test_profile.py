"""Judgement by a profile: what it names is final."""

import pytest

from cleaners import CleaningError, clean
from cleaners.article import Article
from crawler.page import Page
from crawler.portal import Portal, parse_portal
from tests.cleaners.pages import SENTENCES, html_page

PROFILE = """
title = "示例"
hosts = ["news.example.com"]
phrases = ["天天有料"]
max_page_bytes = 100000
[article]
url = '/a/\\d+\\.html'
gone = ".tips404"
[[template]]
body = "#body"
lead = ".lead"
title = "#title"
caption = ".cap"
remove = [".ad", "span.logo"]
[[template]]
body = ".old"
"""


@pytest.fixture
def portal() -> Portal:
    return parse_portal(PROFILE, source="test", name="example")


def prose(*extra: str) -> str:
    return "".join(f"<p>{text}</p>" for text in SENTENCES) + "".join(extra)


def rules(article: Article) -> dict[str, str]:
    return {line.text: line.rule for line in article.removed}


def test_what_stands_outside_the_body_goes(portal: Portal) -> None:
    article = clean([html_page(f"<p>外面的话也是一句完整的话，很长。</p><div id=body>{prose()}</div><p>后面的话。</p>")], portal)
    assert article.record.text == "\n".join(SENTENCES)
    assert set(rules(article).values()) == {"layout/outside"}
    assert article.record.confidence is None


@pytest.mark.parametrize(
    ("extra", "text", "rule"),
    [
        ("<p class=ad>买一送一。</p>", "买一送一。", "portal/remove"),
        ("<p>好的。<span class=logo>凤凰</span></p>", "凤凰", "portal/remove"),
        ("<p class=cap>访谈现场。</p>", "访谈现场。", "media/caption"),
        ("<p class=picIntro>访谈现场。</p>", "访谈现场。", "media/caption"),
        ("<p style='display:none'>备份。</p>", "备份。", "hidden"),
        ("<p>天天有料</p>", "天天有料", "chrome/phrase"),
        ("<p>分享到：</p>", "分享到：", "chrome/share"),
        ("<p>责任编辑：方圆</p>", "责任编辑：方圆", "field/editor"),
    ],
    ids=["remove", "remove-part", "caption", "caption-by-class", "hidden", "phrase", "chrome", "editor"],
)
def test_inside_the_body(portal: Portal, extra: str, text: str, rule: str) -> None:
    assert rules(clean([html_page(f"<div id=body>{prose(extra)}</div>")], portal)) == {text: rule}


@pytest.mark.parametrize(
    "extra",
    [
        "<p>好的。</p>",
        "<p>记者：好的，感谢。</p>",
        "<p>不会。</p>",
        "<p><b>一、巡护</b></p>",
        "<p style='visibility:hidden'>也算。</p>",
    ],
    ids=["short-reply", "closing-turn", "answer", "subhead", "visibility-hidden"],
)
def test_what_is_short_stays(portal: Portal, extra: str) -> None:
    assert rules(clean([html_page(f"<div id=body>{prose(extra)}</div>")], portal)) == {}


def test_the_box(portal: Portal) -> None:
    same = clean([html_page(f"<p class=lead>{SENTENCES[0][:20]}&rdq</p><div id=body>{prose()}</div>")], portal)
    assert (same.record.lead, [line.rule for line in same.removed]) == (SENTENCES[0][:20], ["repeat/lead"])
    own = clean([html_page(f"<p class=lead>说的是别的。</p><div id=body>{prose()}</div>")], portal)
    assert (own.record.lead, [line.rule for line in own.removed]) == ("说的是别的。", ["field/lead"])


def test_the_first_template_that_matches_is_used(portal: Portal) -> None:
    both = clean([html_page(f"<div id=body>{prose()}</div><div class=old>旧的正文也是一句完整的话。</div>")], portal)
    assert both.record.text == "\n".join(SENTENCES)
    old = clean([html_page(f"<div>别的一句话，也很长很长。</div><div class=old>{prose()}</div>")], portal)
    assert old.record.text == "\n".join(SENTENCES)


def test_a_page_of_no_template_is_cleaned_all_the_same(portal: Portal) -> None:
    article = clean([html_page(f"<div class=content>{prose()}</div>")], portal)
    assert article.record.text == "\n".join(SENTENCES)
    assert article.record.portal == "example"
    assert article.record.confidence is not None


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (html_page(f"<div class=tips404></div><div id=body>{prose()}</div>"), "gone"),
        (Page(b"<p>" + b"x" * 100_000), "too-large"),
        (html_page("<div id=body></div>"), "no-article"),
        (html_page("<div id=body><p>短</p></div>"), "no-article"),
    ],
    ids=["soft-404", "too-large", "empty-body", "no-sentence"],
)
def test_refused(portal: Portal, page: Page, reason: str) -> None:
    with pytest.raises(CleaningError) as caught:
        clean([page], portal)
    assert caught.value.reason == reason
