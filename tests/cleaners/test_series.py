"""Series: columns and episodes."""

import time

import pytest

from cleaners.series import Series, find_series, parse_series, to_number

# line: column, episode
LINES: dict[str, tuple[str | None, int | None]] = {
    "第一期": (None, 1),
    "第十二期": (None, 12),
    "（第七期）": (None, 7),
    "第二十一集": (None, 21),
    "期数：第16期": (None, 16),
    "江岸会客厅 第45期": ("江岸会客厅", 45),
    "江岸会客厅第12期：顾明远谈阅读": ("江岸会客厅", 12),
    "【江岸会客厅】第8期": ("江岸会客厅", 8),
    "“创建最安全县区”系列访谈第三期": ("创建最安全县区", 3),
    "“我和我的县城”系列访谈之五：修表人": ("我和我的县城", 5),
    "“我和我的县城”系列访谈（六）": ("我和我的县城", 6),
    "系列报道：我和我的县城（之二）": ("我和我的县城", 2),
    "我和我的县城系列访谈④": ("我和我的县城", 4),
    "“我和我的县城”系列访谈：修表人": ("我和我的县城", None),
    "棚改第二期工程开工": (None, None),
    "第一期工程已于去年完工。": (None, None),
    "第三期学员共有四十二人": (None, None),
    "新农人培训班第三期：开班": (None, None),
    "《江岸周刊》第12期": (None, None),
    "《江岸周刊》2015年第12期": (None, None),
    "2019年第3期": (None, None),
    "国庆见闻之二：集市": (None, None),
    "临澜老旧小区改造": (None, None),
    "": (None, None),
}


@pytest.mark.parametrize(("line", "series"), LINES.items())
def test_parse_series(line: str, series: tuple[str | None, int | None]) -> None:
    assert parse_series(line) == series


PARAGRAPHS: dict[str, tuple[str | None, int | None]] = {
    "今天是“所长话平安”系列访谈的第一期，嘉宾是临澜市的派出所所长。": ("所长话平安", 1),
    "本期是系列访谈第十五期，做客直播间的嘉宾是何知秋。": (None, 15),
    "系列访谈第九期走进岭东镇。": (None, 9),
    "这是本栏目第12期，嘉宾是程远舟。": (None, 12),
    "第一期间的工程已经完成，居民对改造工作都很满意。": (None, None),
    "今天，供水工程第三期，也就是最后一期，开工了。": (None, None),
    "他翻开《江岸周刊》2015年第12期，指给记者看。": (None, None),
    "系列活动第三期学员来自十一个乡镇。": (None, None),
}


@pytest.mark.parametrize(("paragraph", "series"), PARAGRAPHS.items())
def test_find_series_in_paragraphs(paragraph: str, series: tuple[str | None, int | None]) -> None:
    assert find_series([], [paragraph]) == series


def test_headlines_go_before_paragraphs() -> None:
    assert find_series(["", "江岸会客厅 第2期"], ["今天是“所长话平安”系列访谈的第一期。"]) == Series("江岸会客厅", 2)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("九十九", 99),
        ("一百", 100),
        ("一百零三", 103),
        ("15", 15),
        ("0", None),
        ("007", 7),
    ],
)
def test_to_number(text: str, number: int | None) -> None:
    assert to_number(text) == number


@pytest.mark.parametrize("text", ["“" * 100_000, "系列" * 100_000, "第一" * 100_000, "“系列访谈" * 50_000], ids=range(4))
def test_a_long_paragraph_is_read_at_once(text: str) -> None:
    start = time.process_time()
    find_series([text], [text])
    assert time.process_time() - start < 1
