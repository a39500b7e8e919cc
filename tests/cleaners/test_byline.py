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
