"""Who signs and the day, behind the last sentence, are the writer's words."""

import pytest
from msgspec.structs import replace

from cleaners import clean
from cleaners.article import Verdict
from cleaners.signature import keep_signature
from tests.cleaners.pages import SENTENCES, article_page, blocks

OUT = Verdict("layout/run", "length -1.5")

SIGNED = {
    "name-and-day": (["程远舟", "2003年1月20日"], 2),
    "office-and-name": (["青藤中学校长　甄伯言", "2003年1月20日"], 2),
    "chinese-numerals": (["松原口县人民法院", "二〇一六年十二月五日"], 2),
    "two-who-sign": (["临澜市教育局", "临澜市财政局", "2018 年 11 月 12 日"], 3),
    "in-one-line": (["临澜市教育局 2018年11月12日"], 1),
    "in-parentheses": (["临澜市教育局", "（2018年11月12日）"], 2),
    "a-day-alone": (["2018年11月12日"], 0),
    "a-day-in-figures": (["临澜日报", "2018-11-12"], 0),
    "a-byline": (["来源：临澜日报", "2018年11月12日"], 0),
    "a-sentence": (["我们会再来。", "2018年11月12日"], 0),
    "nothing": ([], 0),
}


@pytest.mark.parametrize(("lines", "kept"), SIGNED.values(), ids=SIGNED)
def test_keep_signature(lines: list[str], kept: int) -> None:
    first, *rest = blocks(SENTENCES[0], *lines)
    found = keep_signature([first, *(replace(block, verdict=OUT) for block in rest)])
    assert [block.verdict is None for block in found] == [True, *([True] * kept), *([False] * (len(lines) - kept))]


def test_links_and_hidden_lines_sign_nothing() -> None:
    first, name, day = blocks(SENTENCES[0], "临澜市教育局", "2018年11月12日")
    name, day = replace(name, verdict=OUT), replace(day, verdict=OUT)
    assert keep_signature([first, replace(name, link_chars=6), day])[1].verdict == OUT
    assert keep_signature([first, name, replace(day, marks=("hidden:display:none",))])[1].verdict == OUT


def test_a_letter_ends_with_its_signature() -> None:
    page = article_page("青藤中学校长 甄伯言", "2003年1月20日")
    assert clean([page]).record.text.split("\n")[-2:] == ["青藤中学校长 甄伯言", "2003年1月20日"]
