"""The difference of two texts, as a person reads it."""

import random
import time

import pytest

from cleaners.script import fold
from output.dedup.difference import SHOWN, difference
from tests.output.dedup.corpora import texts
from tests.output.dedup.planted import reorder, scatter, to_traditional, widen


@pytest.mark.parametrize(
    ("first", "second", "changes"),
    [
        ("共查处966起案件", "共查处996起案件", ["…共查处[966起→996起]案件…"]),
        ("共查处96起案件", "共查处966起案件", ["…共查处[96起→966起]案件…"]),
        ("网站1月12日消息", "网站消息", ["…网站[1月12日→]消息…"]),
        ("增长3.5%左右", "增长3.8%左右", ["…增长[3.5%左→3.8%左]右…"]),
        ("网络访谈，第1期", "網絡訪談 第１期", []),
        ("今天天气好", "今天天气很好", ["…今天天气[→很]好…"]),
        ("今天天气很好", "今天天气好", ["…今天天气[很→]好…"]),
        ("甲乙丙丁戊己庚辛", "甲乙壬丁癸己庚辛", ["…甲乙[丙丁戊→壬丁癸]己庚辛…"]),
        ("一二三四五六七八九", "ABCDEFGHIJ", ["…[一二三四五六七八九→ABCDEFGHIJ]…"]),
        ("", "新增", ["…[→新增]…"]),
        ("", "", []),
    ],
    ids=[
        "number",
        "digit-added",
        "date-left-out",
        "decimal",
        "typesetting",
        "added",
        "left-out",
        "near-changes-join",
        "unlike",
        "all-new",
        "empty",
    ],
)
def test_difference(first: str, second: str, changes: list[str]) -> None:
    assert [str(change) for change in difference(first, second).changes] == changes


def test_a_moved_paragraph_is_said_to_have_moved() -> None:
    first = "第一段说的是治安工作的总体情况。\n第二段讲的是派出所的建设情况。\n第三段谈一谈未来的计划和目标。"
    moved = "\n".join(first.split("\n")[i] for i in (2, 0, 1)).replace("总体", "整体")
    told = difference(first, moved)
    assert [str(change) for change in told.changes] == [
        "…第一段说的是治安工作的[总→整]体情况。\n第二段讲的是派…",
        "moved: 第三段谈一谈未来的计划和目标",
    ]


@pytest.mark.parametrize("way", [to_traditional, widen], ids=["traditional", "full-width"])
def test_typesetting_is_no_difference(way: object) -> None:
    (text,) = texts(1)
    assert callable(way)
    assert difference(text, way(text)).total == 0


def test_many_changes_are_counted_and_the_first_are_shown() -> None:
    (text,) = texts(1, 3000)
    told = difference(text, scatter(text, 0.05, random.Random(1)))
    assert len(told.changes) == SHOWN < told.total < 151


def test_the_first_text_can_be_put_together_again() -> None:
    (text,) = texts(1, 900)
    told = difference(text, scatter(text, 0.01, random.Random(1)))
    assert told.changes
    assert all(fold(change.before + change.first + change.after) in fold(text) for change in told.changes)


@pytest.mark.parametrize("broken", ["\n", ""], ids=["paragraphs", "one-paragraph"])
def test_time_is_bounded(broken: str) -> None:
    text = broken.join(texts(80, 5000))
    began = time.process_time()
    assert difference(text, reorder(scatter(text, 0.02, random.Random(1)), random.Random(2))).total
    assert time.process_time() - began < 20
