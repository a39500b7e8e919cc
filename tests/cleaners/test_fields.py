"""The fields of a record, on whole pages."""

from typing import Any

import pytest

from cleaners import clean
from cleaners.article import Record
from cleaners.fields import mark_fields
from cleaners.headline import Headline
from crawler.page import Page
from crawler.portal import load_portal
from tests.cleaners.pages import SENTENCES, article_page, blocks, html_page, rules_of

TITLE = "临澜老旧小区改造"


def record(page: Page) -> Record:
    return clean([page]).record


def under_headline(line: str, *, head: str = "", first: str = "", last: str = "", after: str = "") -> Page:
    paragraphs = "".join(f"<p>{text}</p>" for text in (first, *SENTENCES, last) if text)
    body = f"<h1>{TITLE}</h1><div class=info>{line}</div><div class=content>{paragraphs}</div><div>{after}</div>"
    return html_page(body, title=TITLE, head=head)


UTC = '<meta property="article:published_time" content="2018-11-13T02:12:33Z">'
LINKED_DATA = '<script type="application/ld+json">{"datePublished": "2018-11-13T10:12:33+08:00"}</script>'
OG = '<meta name="og:time " content="2018-11-13 10:12:33">'

CASES: dict[str, tuple[Page, dict[str, Any]]] = {
    "date-line": (under_headline("2018-11-13 10:12"), {"published": "2018-11-13T10:12+08:00"}),
    "visible-before-head": (under_headline("2018-11-12", head=OG), {"published": "2018-11-12"}),
    "head": (under_headline("", head=OG), {"published": "2018-11-13T10:12:33+08:00"}),
    "no-date": (under_headline(""), {"published": None}),
    "date-in-the-text-is-none": (
        under_headline("", last="2018年11月13日，最后一栋楼完工了，居民放了一挂鞭炮。"),
        {"published": None},
    ),
    "source": (under_headline("来源：临澜日报"), {"source": "临澜日报", "author": None}),
    "all-in-one": (
        under_headline("2018-11-13 10:12 来源：临澜日报 作者：于镇通 责任编辑：方圆"),
        {"published": "2018-11-13T10:12+08:00", "source": "临澜日报", "author": "于镇通", "editor": "方圆"},
    ),
    "editor-is-no-author": (under_headline("编辑：方圆"), {"author": None, "editor": "方圆"}),
    "editor-with-code": (under_headline("", last="[责任编辑：方圆 PK018]"), {"editor": "方圆", "author": None}),
    "editor-at-the-end": (under_headline("", last="责任编辑：方圆"), {"editor": "方圆"}),
    "reporter": (under_headline("本报记者 柯蓝"), {"reporters": ("柯蓝",), "author": None}),
    "reporter-and-correspondent": (
        under_headline("", last="（记者 柯蓝 通讯员 宋一舟）"),
        {"reporters": ("柯蓝",), "correspondents": ("宋一舟",)},
    ),
    "credit-in-the-last-paragraph": (
        under_headline("", last="改造还将继续，明年轮到城北的十二个小区。（记者 柯蓝）"),
        {"reporters": ("柯蓝",)},
    ),
    "nothing": (
        under_headline(""),
        {"source": None, "author": None, "editor": None, "reporters": (), "correspondents": (), "place": None, "episode": None},
    ),
    "responsible-editor-first": (under_headline("编辑：甘棠", last="责任编辑：方圆"), {"editor": "方圆"}),
    "publication-before-update": (
        under_headline("<p>更新时间：2019-03-06 08:00</p><p>发布时间：2019-03-05 10:22</p>"),
        {"published": "2019-03-05T10:22+08:00"},
    ),
    "clock-of-the-same-day": (
        under_headline("<p>2019年03月05日 星期二</p><p>2019-03-05 17:55 来源：临澜日报</p>"),
        {"published": "2019-03-05T17:55+08:00", "source": "临澜日报"},
    ),
    "editor-far-behind": (
        under_headline("", after=f"<h3>相关文章</h3>{'<p><a href=1>一盏路灯的来历</a></p>' * 20}<p>责任编辑：方圆</p>"),
        {"editor": "方圆"},
    ),
    "poster": (
        under_headline("岑夫子 发布于 2023-08-25 19:12 阅读(4012)"),
        {"author": "岑夫子", "published": "2023-08-25T19:12+08:00"},
    ),
    "poster-of-a-comment": (
        under_headline("2023-08-25", last="改造还将继续。", after="<p>路过的人 发表于 2023-08-26 19:12</p>"),
        {"author": None, "published": "2023-08-25"},
    ),
    "outlet-that-posts": (under_headline("江岸网 发布于 2023-08-25 19:12"), {"source": "江岸网", "author": None}),
    "date-of-another-article": (
        under_headline("<p>最新推荐文章于 2024-01-12 10:00:00 发布</p><p>2022-03-05</p>"),
        {"published": "2022-03-05"},
    ),
    "day-of-registration": (
        under_headline("<p>注册时间</p><p>2008-04-27</p><p>发表于 2011-9-14 10:26</p>"),
        {"published": "2011-09-14T10:26+08:00"},
    ),
    "account-of-the-page": (
        under_headline("望江书店 2018-06-25", head='<meta property="og:site_name" content="望江书店">'),
        {"source": "望江书店"},
    ),
    "word-beside-the-date": (under_headline("时政要闻 2018-06-25"), {"source": None, "author": None}),
    "editor-in-the-last-paragraph": (
        under_headline("", last="改造还将继续。（责任编辑：方圆）"),
        {"editor": "方圆", "author": None},
    ),
    "beginning-of-a-span-where-nothing-else-is": (
        under_headline("微聊访谈 2013-11-09 20:00-21:00"),
        {"published": "2013-11-09T20:00+08:00"},
    ),
    "update-alone": (under_headline("更新时间：2019-03-06"), {"published": "2019-03-06"}),
    "time-of-the-interview-is-none": (under_headline("访谈时间：2018年11月13日 15:00"), {"published": None}),
    "zone-of-the-head": (under_headline("", head=UTC), {"published": "2018-11-13T10:12:33+08:00"}),
    "linked-data": (under_headline("", head=LINKED_DATA), {"published": "2018-11-13T10:12:33+08:00"}),
    "label-and-value-apart": (
        under_headline("<dl><dt>来源：</dt><dd>临澜日报</dd><dt>作者：</dt><dd>欧阳修平</dd></dl>"),
        {"source": "临澜日报", "author": "欧阳修平"},
    ),
    "other-articles-bylines": (
        under_headline("", after="<h3>相关文章</h3><p><a href=1>一盏路灯的来历</a> 作者：陆以宁 2014-01-02</p>"),
        {"author": None, "published": None},
    ),
    "readers-dates": (
        under_headline("", after="<h3>网友评论</h3><p>网友“江上风” 发表于 2019-04-05 11:02</p>"),
        {"published": None},
    ),
    "photographer-is-no-reporter": (
        under_headline("", last="江水退了。（新华社记者 何家俊 摄）"),
        {"reporters": (), "author": None},
    ),
    "opening-credit": (
        under_headline("", first="本报讯（记者 岑远 通讯员 郑小满）昨天，最后一栋楼完工了。"),
        {"reporters": ("岑远",), "correspondents": ("郑小满",), "source": None},
    ),
    "agency-where-no-source-is": (
        under_headline("", first="中新社北京3月5日电 (记者 崔致和)昨天，最后一栋楼完工了。"),
        {"source": "中新社", "reporters": ("崔致和",), "place": "北京"},
    ),
    "source-before-agency": (
        under_headline("来源：临澜日报", first="新华社北京3月5日电 昨天，最后一栋楼完工了。"),
        {"source": "临澜日报", "place": "北京"},
    ),
    "place-of-the-interview": (under_headline("访谈地点：临澜市政务大厅 来源：临澜日报"), {"place": "临澜市政务大厅"}),
    "place-in-the-introduction": (
        under_headline("", first="访谈时间：2018年11月13日 访谈地点：临澜市政务大厅"),
        {"place": "临澜市政务大厅", "published": None},
    ),
    "rubric": (under_headline("【江岸会客厅】第8期"), {"column": "江岸会客厅", "episode": 8}),
    "column-label": (under_headline("栏目：在线访谈 来源：临澜日报"), {"column": "在线访谈", "episode": None}),
    "second-headline": (under_headline("——访临澜市住建局局长程远舟"), {"subtitle": "——访临澜市住建局局长程远舟"}),
    "episode": (under_headline("", last="今天是系列访谈的最后一天。"), {"episode": None}),
}


@pytest.mark.parametrize(("page", "fields"), CASES.values(), ids=CASES)
def test_fields(page: Page, fields: dict[str, Any]) -> None:
    found = record(page)
    assert {name: getattr(found, name) for name in fields} == fields
    assert set(SENTENCES) <= set(found.text.split("\n"))


@pytest.mark.parametrize(
    ("first", "place", "episode"),
    [
        ("新华社长春11月13日电 今天上午，长春的第一场雪下了四个小时，交警全员上路疏导。", "长春", None),
        ("本报临澜讯 今天上午，第一场雪下了四个小时。", "临澜", None),
        ("今天是“所长话平安”系列访谈的第一期，嘉宾是临澜市的派出所所长。", None, 1),
        ("今天是“所长话平安”系列访谈的第十二期，嘉宾是临澜市的派出所所长。", None, 12),
        ("今天是“所长话平安”系列访谈的第15期，嘉宾是临澜市的派出所所长。", None, 15),
        ("第一期间的工程已经完成，居民对改造工作都很满意，没有投诉。", None, None),
    ],
    ids=["dateline", "own-paper", "first", "twelfth", "digits", "no-episode"],
)
def test_place_and_episode(first: str, place: str | None, episode: int | None) -> None:
    paragraphs = "".join(f"<p>{text}</p>" for text in (first, *SENTENCES))
    found = record(html_page(f"<h1>{TITLE}</h1><div class=content>{paragraphs}</div>", title=TITLE))
    assert (found.place, found.episode) == (place, episode)
    assert found.text.startswith(first)


def test_when_beside_where_is_a_legend() -> None:
    texts = ["时间：2020年7月20日上午10：30", "地点：临澜市政务大厅", "主持人：苏眉", "时间：2020年7月21日"]
    assert rules_of(mark_fields(blocks(*texts[:2], "正文"), Headline(None, None, False))) == [None, None, None]
    assert rules_of(mark_fields(blocks("标题", texts[3], "正文"), Headline(None, None, False))) == [None, "field/date", None]


def test_mark_fields() -> None:
    texts = ["标题在此处", "来源：临澜日报", "2018-11-13", "记者：您好！", "来源于生活。", "责任编辑：方圆"]
    rules = ["field/title", "field/source", "field/date", None, None, "field/editor"]
    assert rules_of(mark_fields(blocks(*texts), Headline("标题在此处", 0, True))) == rules
    assert rules_of(mark_fields(blocks(*texts), Headline(None, None, False))) == [None, *rules[1:]]


@pytest.mark.parametrize("date", ["2018年11月13日 10:12", "2018-11-13 10:12:33", "2018-11-13", ""])
def test_the_profile_names_the_elements(date: str) -> None:
    prose = "".join(f"<p>{text}</p>" for text in SENTENCES)
    html = (
        f"<h1 id=artical_topic>{TITLE}</h1><div id=artical_sth><p class=p_time><span class=ss01>{date}</span>"
        "<span class=ss02>来源：</span><span class=ss03>临澜日报</span>"
        "<span itemprop=author>作者：<span itemprop=name>于镇通</span></span></p></div>"
        f"<div id=main_content>{prose}</div><div id=artical_sth2><p class=iphone_none>[责任编辑：方圆 PK018]</p></div>"
    )
    found = clean([html_page(html, title=f"{TITLE}_凤凰网吉林_凤凰网")], load_portal("jl_ifeng")).record
    assert (found.title, found.source, found.author, found.editor) == (TITLE, "临澜日报", "于镇通", "方圆")
    assert (found.published or "").replace("T", " ").removesuffix("+08:00") == date.replace("年", "-").replace("月", "-").replace(
        "日", ""
    )


def test_the_date_of_another_article_is_not_taken() -> None:
    far = "".join(f"<li><a href={at}>别处的一条新闻标题</a> 2019-01-{at:02d}</li>" for at in range(10, 30))
    assert record(article_page(after=f"<ul>{far}</ul>")).published is None
