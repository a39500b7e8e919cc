"""The headline: what blocks and ``<title>`` both say."""

import pytest

from cleaners.headline import find_headline
from crawler.portal import load_portal
from tests.cleaners.pages import SENTENCES, document_of

TITLE = "临澜老旧小区改造完工"
PROSE = "".join(f"<p>{text}</p>" for text in SENTENCES)


def page(title: str, body: str, head: str = "") -> str:
    return f"<html><head><title>{title}</title>{head}</head><body>{body}{PROSE}</body></html>"


# page, headline, whether a block is it, whether it is certain
CASES: dict[str, tuple[str, str | None, bool, bool]] = {
    "h1": (page(f"{TITLE}_临澜网", f"<h1>{TITLE}</h1>"), TITLE, True, True),
    "title-only-in-head": (page(f"{TITLE}_临澜网", ""), TITLE, False, False),
    "separated-by-a-hyphen": (page(f"{TITLE}-临澜网", f"<h1>{TITLE}</h1>"), TITLE, True, True),
    "separated-by-a-bar": (page(f"{TITLE} | 新闻 | 临澜网", f"<h2>{TITLE}</h2>"), TITLE, True, True),
    "no-heading-tag": (page(f"{TITLE}_临澜网", f"<div><b>{TITLE}</b></div>"), TITLE, True, True),
    "link-before-the-heading": (page(f"{TITLE}_临澜网", f"<a href=x>{TITLE}</a><h1>{TITLE}</h1>"), TITLE, True, True),
    "breadcrumb-in-title": (page(f"新闻中心_{TITLE}", f"<div>新闻中心</div><h1>{TITLE}</h1>"), TITLE, True, True),
    "portal-first": (page(f"临澜网 - {TITLE}", f"<h1>{TITLE}</h1>"), TITLE, True, True),
    "logo-is-an-h1": (page(f"{TITLE}_临澜网", f"<h1><a href=/>临澜网</a></h1><h2>{TITLE}</h2>"), TITLE, True, True),
    "h1-without-title": (page("", f"<h1>{TITLE}</h1>"), TITLE, True, False),
    "class-without-title": (page("", f"<div class=title>{TITLE}</div>"), TITLE, True, False),
    "og-title": (page("", "", f"<meta property='og:title' content='{TITLE}'>"), TITLE, False, False),
    "og-title-and-block": (page("", f"<h1>{TITLE}</h1>", f"<meta property='og:title' content='{TITLE}'>"), TITLE, True, True),
    "other-width-and-script": (
        page("临澜“小区”改造,完工", "<h1>臨瀾「小區」改造，完工</h1>"),
        "臨瀾「小區」改造，完工",
        True,
        True,
    ),
    "spaces-and-breaks": (page(f"\n {TITLE} \n", f"<h1>\n{TITLE}\n</h1>"), TITLE, True, True),
    "longer-than-title": (page(f"{TITLE}_临澜网", f"<h1>{TITLE}：三件事</h1>"), f"{TITLE}：三件事", True, True),
    "site-in-title": (page("临澜市民政局", f"<p>{TITLE}</p><p>2018-11-13 来源：临澜网</p>"), TITLE, True, False),
    "site-in-title-and-block": (page("新闻中心 - 临澜网", f"<p>新闻中心</p><p>{TITLE}</p><p>2018-11-13</p>"), TITLE, True, False),
    "untitled": (page("无标题文档", f"<center><b>{TITLE}</b></center><p>尊敬的居民：</p>"), TITLE, True, False),
    "untitled-and-plain": (page("无标题文档", f"<p>{TITLE}</p>"), None, False, False),
    "title-beside-the-date": (page(TITLE, "<p>另一则消息也说到小区</p><p>2018-11-13</p>"), TITLE, False, False),
    "letter": (page("局长信箱", f"<p>信件标题：</p><p>{TITLE}</p>"), TITLE, True, False),
    "site-before-a-thread": (page(f"临澜论坛 • 主题 - {TITLE}", f"<h1>临澜论坛</h1><h3><a>{TITLE}</a></h3>"), TITLE, True, True),
    "site-before-a-dash": (page("听雨笔记——夏夜听雨", "<p>听雨笔记</p><p>夏夜听雨</p><p>2002.7.19</p>"), "夏夜听雨", True, True),
    "short-h1": (page("小站｜特稿", "<h1>小站</h1>"), "小站", True, True),
    "headline-like-a-site": (page("临澜召开座谈会_临澜网", "<h1>临澜召开座谈会</h1>"), "临澜召开座谈会", True, True),
    "nothing": ("<p>一</p>", None, False, False),
    "empty-title": (page("", ""), None, False, False),
}


@pytest.mark.parametrize(("html", "text", "has_block", "is_certain"), CASES.values(), ids=CASES)
def test_find_headline(html: str, text: str | None, *, has_block: bool, is_certain: bool) -> None:
    document = document_of(html)
    found = find_headline(document)
    assert found.text == text
    assert (found.block is not None, found.is_certain) == (has_block, is_certain)
    if found.block is not None:
        assert document.blocks[found.block].text == text


# what stands before and behind the headline, the subtitle
SUBTITLES: dict[str, tuple[str, str, str | None]] = {
    "dash": ("", "<p>——访临澜市住建局局长程远舟</p>", "——访临澜市住建局局长程远舟"),
    "class": ("", "<h2 class=subtitle>居民说了算</h2>", "居民说了算"),
    "behind-the-date": ("", "<p>2018-11-13</p><p class=sub>居民说了算</p>", "居民说了算"),
    "kicker": ("<p class=kicker>走进一线</p>", "", "走进一线"),
    "both": ("<p class=yinti>走进一线</p>", "<p class=futi>居民说了算</p>", "居民说了算"),
    "plain-line": ("<p>走进一线</p>", "<p>居民说了算</p>", None),
    "too-far": ("", "<p>2018-11-13</p><p>来源：临澜日报</p><p class=sub>居民说了算</p>", None),
    "byline": ("", "<p class=sub>本报记者 程远舟</p>", None),
    "dashed-question": ("", "<p>——请问改造花了多少钱？</p>", None),
    "link": ("", "<p class=sub><a href=1>居民说了算</a></p>", None),
    "rule-line": ("", "<p>————————</p>", None),
}


@pytest.mark.parametrize(("before", "behind", "subtitle"), SUBTITLES.values(), ids=SUBTITLES)
def test_subtitle(before: str, behind: str, subtitle: str | None) -> None:
    document = document_of(page(f"{TITLE}_临澜网", f"{before}<h1>{TITLE}</h1>{behind}"))
    found = find_headline(document).subtitle
    assert (document.blocks[found].text if found is not None else None) == subtitle


def test_the_profile_names_the_element() -> None:
    portal = load_portal("jl_ifeng")
    html = page("别的_凤凰网", f"<h1>别的</h1><h1 id=artical_topic>{TITLE}</h1><div id=main_content>")
    found = find_headline(document_of(html, portal=portal), portal.title_suffixes)
    assert (found.text, found.is_certain) == (TITLE, True)


@pytest.mark.parametrize("suffix", load_portal("jl_ifeng").title_suffixes)
def test_the_profile_names_what_follows_in_title(suffix: str) -> None:
    suffixes = load_portal("jl_ifeng").title_suffixes
    assert find_headline(document_of(page(TITLE + suffix, "")), suffixes).text == TITLE


def test_the_data_names_it() -> None:
    data = '{"docData":{"title":"' + TITLE + '","contentData":{"contentList":[{"data":"<p>一</p>"}]}}}'
    found = find_headline(document_of(f"<title>别的</title><script>var allData = {data};</script>"))
    assert (found.text, found.block, found.is_certain) == (TITLE, None, True)


def test_a_board_labels_its_headlines() -> None:
    found = find_headline(document_of(page("临澜BBS -- 同主题阅读", f"<p>发信人: dave</p><p>标 题: {TITLE}</p>")))
    assert (found.text, found.block) == (TITLE, 1)
