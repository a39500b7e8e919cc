"""Labels behind the names, or set apart."""

import pytest

from cleaners.label_order import put_labels_first

LINES = {
    "陆以宁/文 何家俊/图": "作者：陆以宁 摄影：何家俊",
    "王小明 陳雅筑文/圖": "作者：王小明 陳雅筑",
    "（甘棠 编辑）": "（ 编辑：甘棠 ）",
    "记者 岑远/文 汪牧野/图": "记者 岑远 汪牧野",
    "新华社记者 何家俊 摄": "摄影：何家俊",
    "記者張大同／攝影": "摄影：張大同",
    "邱俐穎／台北報導": "记者 邱俐穎／台北報導",
    "蔡崇梧 報導": "记者 蔡崇梧 報導",
    "国际中心／综合报道": "国际中心／综合报道",
    "[来源]江岸日报 [作者]汪牧野": "来源：江岸日报 作者：汪牧野",
    "| 来源江岸网| 作者陆以宁": "|来源：江岸网|作者：陆以宁",
    "编 辑： 甘 棠": "编辑： 甘棠",
    "【字号：大 中 小】": "【字号：大 中 小】",
    "来源：江岸网": "来源：江岸网",
    "": "",
}


@pytest.mark.parametrize(("line", "ordered"), LINES.items())
def test_put_labels_first(line: str, ordered: str) -> None:
    assert " ".join(put_labels_first(line).split()) == ordered
