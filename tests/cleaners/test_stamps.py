"""Times and numbers that are printed with a post."""

import pytest
from msgspec.structs import replace

from cleaners.article import Verdict
from cleaners.stamps import SHORT, is_stamp
from tests.cleaners.pages import document_of

STAMPS = [
    "桥边人 2021-03-01 10:11",
    "2015年8月19日, 週三 09:27",
    "发表于 昨天",
    "編輯於 2020-02-11",
    "3小时前",
    "昨天 21:05",
    "03-01 10:11",
    "第 3 楼",
    "12#",
    "#12",
    "10:11",
    "2021-03-01",
    "1 月前",
    "3 週前",
    "Posted by 石头 at February 12, 2004 06:20 PM",
    "November 18th, 2007",
]
TEXT = [
    "2021年3月1日，桥修好了。",
    "10:11的火车",
    "2021年3月1日",
    "五楼漏水，三楼也漏。",
    "他住在第3楼道里",
    "三年前他来过",
    "桥" * SHORT + " 2021-03-01 10:11",
]


@pytest.mark.parametrize(("line", "expected"), [*((line, True) for line in STAMPS), *((line, False) for line in TEXT)])
def test_is_stamp(line: str, expected: bool) -> None:
    (block,) = document_of(f"<body><p>{line}</p></body>").blocks
    assert is_stamp(block) is expected


def test_what_readers_did_with_it_is_a_stamp() -> None:
    (block,) = document_of("<body><p>赞 118</p></body>").blocks
    assert not is_stamp(block)
    assert is_stamp(replace(block, verdict=Verdict("chrome/counters", "赞 118")))
