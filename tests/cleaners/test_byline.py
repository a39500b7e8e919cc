"""Bylines, line by line."""

import time

import pytest

from cleaners.byline import byline_kinds, parse_byline

# line: what it gives, by field
BYLINES: dict[str, dict[str, object]] = {
    "来源：中国吉林网": {"source": "中国吉林网"},
    "来源:中国吉林网": {"source": "中国吉林网"},
    "來源：中央社": {"source": "中央社"},
    "稿件来源：南屿日报": {"source": "南屿日报"},
    "来源：《远山》杂志": {"source": "《远山》杂志"},
    "来源：《远山》": {"source": "远山"},
    "2018年11月13日 10:12 来源：示例网 作者：于镇通": {
        "published": "2018-11-13T10:12+08:00",
        "source": "示例网",
        "author": "于镇通",
    },
    "2004年3月9日 10:15　　南屿日报": {"published": "2004-03-09T10:15+08:00", "source": "南屿日报"},
    "2016-07-03 06:48 来源：江城网 128人参与 35条评论": {"published": "2016-07-03T06:48+08:00", "source": "江城网"},
    "[责任编辑：赵佳俊]": {"editor": "赵佳俊"},
    "[责任编辑：赵佳俊 PK018]": {"editor": "赵佳俊"},
    "（责任编辑：方圆 HN027）": {"editor": "方圆"},
    "责任编辑:赵佳俊": {"editor": "赵佳俊"},
    "責任編輯：蘇禾": {"editor": "蘇禾"},
    "编辑：叶舟": {"editor": "叶舟"},
    "责编：方圆": {"editor": "方圆"},
    "编辑：admin": {"editor": "admin"},
    "作者：于镇通": {"author": "于镇通"},
    "作者：阿迪力·买买提": {"author": "阿迪力·买买提"},
    "作者：John Smith": {"author": "John Smith"},
    "本报记者 柯蓝": {"reporters": ("柯蓝",)},
    "记者：柯蓝 宋一舟": {"reporters": ("柯蓝", "宋一舟")},
    "记者 柯蓝、宋一舟 通讯员 胡一帆": {"reporters": ("柯蓝", "宋一舟"), "correspondents": ("胡一帆",)},
    "文章录入：ligang 责任编辑：方圆": {"editor": "方圆"},
    "责任编辑：司空方审核：阮志": {"editor": "司空方"},
    "责任编辑 方圆（PN046）": {"editor": "方圆"},
    "编辑：方圆 我要评论": {"editor": "方圆"},
    "2021年04月19日 13:26 稿源：江岸网.COM14 条评论": {"published": "2021-04-19T13:26+08:00", "source": "江岸网.COM"},
    "【文/江岸网专栏作者 于镇通】": {"author": "于镇通"},
    "于镇通 著": {"author": "于镇通"},
    "河镜记者｜柯蓝 河镜编辑｜方圆": {"reporters": ("柯蓝",), "editor": "方圆"},
    "记者｜柯蓝 宋一舟 编辑｜方圆": {"reporters": ("柯蓝", "宋一舟"), "editor": "方圆"},
    "文｜河镜 记者 柯蓝": {"reporters": ("柯蓝",)},
    "来源于 《远山》": {"source": "远山"},
    "来源：南屿日报 | 于镇通 2020年05月22日08:13": {
        "published": "2020-05-22T08:13+08:00",
        "source": "南屿日报",
    },
    "2020-05-22 10:00 宣传部": {"published": "2020-05-22T10:00+08:00"},
    "由 阁楼甲座 在 週五, 12/22/2017 - 09:30 發表": {"published": "2017-12-22T09:30+08:00"},
    "posted @ 2017-02-19 22:07 木凳 阅读(1932) 评论(9)": {"published": "2017-02-19T22:07+08:00", "author": "木凳"},
    "通讯员 胡一帆": {"correspondents": ("胡一帆",)},
}


@pytest.mark.parametrize(("line", "fields"), BYLINES.items())
def test_bylines(line: str, fields: dict[str, object]) -> None:
    found = parse_byline(line)
    assert {name: getattr(found, name) for name in found.kinds()} == fields
    assert set(byline_kinds(line)) == set(fields)


NO_BYLINES = """
记者：好的，感谢李市长接受我们的采访。
记者：您好！
编辑：您怎么看？
作者是一位退休教师，他用了十年写这本书。
来源于生活，高于生活。
2018年11月13日，大桥正式通车，两岸的人都来了。
2018年，县里修了三条路。
他说，编辑部的灯一直亮到天明。
记者在现场看到，江水已经退去。
记者了解到，改造从四月开始。
责任编辑把稿子退了三次，他改了三次。
通讯员们每个月聚一次，交流写稿的心得。
今天
李勇霖：我们从四月做起。
好的。
一、工作思路
北京
""".strip().split("\n")


@pytest.mark.parametrize("line", NO_BYLINES)
def test_text_is_no_byline(line: str) -> None:
    assert byline_kinds(line) == ()


@pytest.mark.parametrize("line", ["[责任编辑：赵佳俊]", "编辑：叶舟", "责任编辑 赵佳俊", "责编：方圆　校对：水生"])
def test_an_editor_is_never_an_author(line: str) -> None:
    found = parse_byline(line)
    assert (found.author, found.reporters) == ("", ())
    assert found.editor


@pytest.mark.parametrize("text", ["来源：", "作者：", "责任编辑：", "发布时间："])
def test_a_label_alone(text: str) -> None:
    assert byline_kinds(text) == ("label",)


@pytest.mark.parametrize(
    "line",
    [
        "记者 柯蓝 " * 15,
        "记者" * 54,
        "柯蓝、" * 36,
        "2018-11-13 " * 10,
        "来源：" * 36,
        "编辑" * 55,
        "作者：·" * 27,
        "阿·" * 54,
        "( " * 54,
        "文/" * 10_000,
        "王小明文/图 " * 5_000,
    ],
    ids=range(11),
)
def test_no_line_backtracks_without_bound(line: str) -> None:
    start = time.process_time()
    for _ in range(50):
        byline_kinds(line)
        parse_byline(line)
    assert time.process_time() - start < 1


POSTERS = {
    "来源：南屿日报 | 于镇通 2020年05月22日08:13": "于镇通",
    "由 阁楼甲座 在 週五, 12/22/2017 - 09:30 發表": "阁楼甲座",
    "于镇通 2020-05-22 10:00": "于镇通",
    "2020-05-22 10:00 宣传部": "",
    "2020-05-22 10:00 来源：南屿日报 高清": "",
    "2020-05-22 10:00 编辑：方圆 本报记者 于镇通": "",
}


@pytest.mark.parametrize(("line", "poster"), POSTERS.items())
def test_who_posted(line: str, poster: str) -> None:
    assert parse_byline(line).poster == poster
