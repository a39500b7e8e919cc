"""Names of people as bylines set them."""

import re

import pytest

from cleaners.people import PEOPLE, SURNAMED

# text: the names that it begins with
NAMES: dict[str, str | None] = {
    "张三 李四": "张三 李四",
    "柯蓝、宋一舟（通讯员）": "柯蓝、宋一舟",
    "阿迪力·买买提": "阿迪力·买买提",
    "John Smith": "John Smith",
    "王小明台北5日電": "王小明",
    "張大同台南報導": "張大同",
    "張大同專訪": "張大同",
    "张立冬 岑远 上海报道": "张立冬 岑远",
    "林書宇／台中報導": "林書宇",
    "北京报道": None,
    "综合": None,
    "佚名": None,
    "一行很长的字": None,
    "": None,
}


@pytest.mark.parametrize(("text", "names"), NAMES.items())
def test_people(text: str, names: str | None) -> None:
    found = re.match(PEOPLE, text)
    assert (found[0] if found else None) == names


@pytest.mark.parametrize("name", ["柯蓝", "欧阳修平", "張大同", "鐘武達"])
def test_surnames_of_both_scripts(name: str) -> None:
    assert re.fullmatch(SURNAMED, name)


@pytest.mark.parametrize("word", ["要闻", "手机版", "访问统计"])
def test_a_word_is_no_name(word: str) -> None:
    assert not re.fullmatch(SURNAMED, word)
