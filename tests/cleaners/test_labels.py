"""Labels of bylines and their values."""

import pytest

from cleaners.labels import Part, read_value, split_labels

# line: role and value of each label that has one
LINES: dict[str, list[tuple[str, str]]] = {
    "来源：江岸网作者：陆以宁责任编辑：甘棠": [("source", "江岸网"), ("author", "陆以宁"), ("responsible", "甘棠")],
    "本报记者张三 李四 通讯员 王五": [("reporters", "张三 李四"), ("correspondents", "王五")],
    "作者： 责任编辑：甘棠": [("responsible", "甘棠")],
    "作者：本报记者 张立冬": [("reporters", "张立冬")],
    "文丨记者 崔致和": [("reporters", "崔致和")],
    "采访、撰文丨陆以宁": [("author", "陆以宁")],
    "采访/撰文 陆以宁": [("author", "陆以宁")],
    "採訪撰文／林書宇": [("author", "林書宇")],
    "采写：新江岸报记者 汪牧野": [("reporters", "汪牧野")],
    "图/本报记者 岑远": [("reporters", "岑远")],
    "摄影：本报记者 何家俊": [("photographers", "何家俊")],
    "新华社记者 何家俊 摄": [("photographers", "何家俊")],
    "陆以宁/文 何家俊/图": [("author", "陆以宁"), ("photographers", "何家俊")],
    "融媒体记者 岑远/文 汪牧野/图": [("reporters", "岑远 汪牧野")],
    "[责任编辑：方文]": [("responsible", "方文")],
    "（甘棠 编辑）": [("editor", "甘棠")],
    "编 辑： 甘 棠": [("editor", "甘棠")],
    "图片编辑：岑远 编辑：甘棠 总编辑：秦半夏": [("staff", "岑远"), ("editor", "甘棠"), ("staff", "秦半夏")],
    "[来源]江岸日报 [作者]汪牧野": [("source", "江岸日报"), ("author", "汪牧野")],
    "作者：[美]约翰·史密斯": [("author", "约翰·史密斯")],
    "作者：江上渔火": [("author", "江上渔火")],
    "作者：佚名 来源：未知": [],
    "图片来源：视觉江岸": [],
    "来源：公众号“江岸观察”": [("source", "“江岸观察”")],
    "临澜老旧小区改造": [],
    "": [],
}


@pytest.mark.parametrize(("line", "values"), LINES.items())
def test_labels_and_values(line: str, values: list[tuple[str, str]]) -> None:
    _, parts = split_labels(line)
    assert [(part.role, value) for part in parts if (value := read_value(part)[0])] == values


@pytest.mark.parametrize(
    ("part", "value", "rest"),
    [
        (Part("editor", "编辑", "：赵佳俊 PK018 河湾"), "赵佳俊", " 河湾"),
        (Part("editor", "编辑", "：SN047"), "SN047", ""),
        (Part("source", "来源", "：《江岸周刊》2015年第12期"), "江岸周刊", ""),
        (Part("other", "浏览次数", "：123 "), "", " "),
        (Part("author", "□", " 一行字的开头"), "", "一行字的开头"),
    ],
    ids=["code-behind", "code-alone", "issue", "counter", "bullet"],
)
def test_read_value(part: Part, value: str, rest: str) -> None:
    assert read_value(part) == (value, rest)


@pytest.mark.parametrize("name", ["方文", "王图", "高译", "方摄", "王文刊", "文静", "时新", "高原创", "方日期"])
@pytest.mark.parametrize(
    "line", ["[责任编辑：{}]", "责任编辑：{} 校对：水生", "作者：{} 来源：江岸网", "记者 {} 通讯员 水生", "（记者{}）", "{}/文"]
)
def test_a_name_is_no_label(line: str, name: str) -> None:
    _, parts = split_labels(line.format(name))
    assert read_value(parts[0])[0] == name
