"""Datelines at the head of a paragraph."""

import time

import pytest

from cleaners.dateline import parse_dateline

# paragraph: agency, place, credit
DATELINES: dict[str, tuple[str, str, str] | None] = {
    "新华社长春11月13日电（记者 张立冬）今天上午，": ("新华社", "长春", "记者 张立冬"),
    "据新华社电 今天上午，": ("新华社", "", ""),
    "据新华社北京3月5日电 今天上午，": ("新华社", "北京", ""),
    "（新華社北京5日電）今天上午，": ("新華社", "北京", ""),
    "中新社北京3月5日电 (记者 崔致和)今天上午，": ("中新社", "北京", "记者 崔致和"),
    "人民网杭州4月9日电（汪牧野）今天上午，": ("人民网", "杭州", "汪牧野"),
    "江岸网临澜、青原7月1日电（记者 岑远 通讯员 郑小满）今天，": ("江岸网", "临澜、青原", "记者 岑远 通讯员 郑小满"),
    "本报讯（记者 岑远 通讯员 郑小满）昨天，": ("", "", "记者 岑远 通讯员 郑小满"),
    "本报讯 记者汪牧野报道：昨天，": ("", "", "记者汪牧野报道"),
    "本报北京3月5日电（记者汪牧野）昨天，": ("", "北京", "记者汪牧野"),
    "本报临澜讯 昨天，": ("", "临澜", ""),
    "【本報訊】昨天，": ("", "", ""),
    "央视网消息：昨天，": ("央视网", "", ""),
    "（中央社記者王小明台北5日電）今天，": ("中央社", "", "記者王小明台北5日電"),
    "中央社／台北5日電 今天，": ("中央社", "台北", ""),
    "〔記者林書宇／台中報導〕今天，": ("", "", "記者林書宇／台中報導"),
    "記者林書宇／台中報導": ("", "", "記者林書宇／台中報導"),
    "（记者 张立冬）今天，": ("", "", "记者 张立冬"),
    "新华社记者在现场看到，河堤已经加固。": None,
    "新华社电视台今天开播。": None,
    "据新华社报道，这一数字上升了三个百分点。": None,
    "人民网络平台的消息说，": None,
    "社区电梯今天通了。": None,
    "（图为访谈现场）今天，": None,
    "记者：好的。": None,
    "": None,
}


@pytest.mark.parametrize(("text", "dateline"), DATELINES.items())
def test_parse_dateline(text: str, dateline: tuple[str, str, str] | None) -> None:
    found = parse_dateline(text)
    assert (found and found[:3]) == dateline
    if found:
        assert 0 < found.end <= len(text)


@pytest.mark.parametrize(
    "text", ["（" * 200_000, "新华社" * 100_000, "本报" + "北京、" * 100_000, "（记者" + "张" * 200_000], ids=range(4)
)
def test_a_long_paragraph_is_read_at_once(text: str) -> None:
    start = time.process_time()
    parse_dateline(text)
    assert time.process_time() - start < 0.5
