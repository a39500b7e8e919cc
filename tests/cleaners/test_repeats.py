"""What a page says twice."""

import time

import pytest

from cleaners.article import Block, Verdict
from cleaners.repeats import cut_broken_tail, mark_repeats
from tests.cleaners.pages import SENTENCES, block, blocks, rules_of

FIRST, SECOND, THIRD, FOURTH = SENTENCES
LEAD = "repeat/lead"
AGAIN = "repeat/paragraph"

CASES: dict[str, tuple[list[str], list[str | None]]] = {
    "empty": ([], []),
    "none": ([FIRST, SECOND, THIRD], [None] * 3),
    "exact": ([FIRST, FIRST, SECOND], [LEAD, None, None]),
    "other-width-and-script": ([FIRST.replace("，", ",").replace("邻", "鄰"), FIRST, SECOND], [LEAD, None, None]),
    "torn-in-an-entity": ([FIRST[:30] + "&rdq", FIRST, SECOND], [LEAD, None, None]),
    "torn-in-an-entity-with-semicolon": ([FIRST[:30] + "&hellip;", FIRST, SECOND], [LEAD, None, None]),
    "cut-with-dots": ([FIRST[:30] + "……", FIRST, SECOND], [LEAD, None, None]),
    "cut-with-ascii-dots": ([FIRST[:30] + "...", FIRST, SECOND], [LEAD, None, None]),
    "run-together": ([FIRST + SECOND[:10] + "&ldq", FIRST, SECOND, THIRD], [LEAD, None, None, None]),
    "run-together-from-the-second": ([SECOND + THIRD[:12], FIRST, SECOND, THIRD], [LEAD, None, None, None]),
    "labelled": (["摘要：" + FIRST, FIRST, SECOND], [LEAD, None, None]),
    "labelled-in-brackets": (["【核心提示】" + FIRST, FIRST, SECOND], [LEAD, None, None]),
    "short-reply": (["好的。", FIRST, "好的。", SECOND, "好的。"], [None] * 5),
    "thanks-twice": (["记者：好的，谢谢您的介绍。", FIRST, "记者：好的，谢谢您的介绍。"], [None] * 3),
    "paragraph-again": ([FIRST, SECOND, THIRD, SECOND], [None, None, None, AGAIN]),
    "three-times": ([FIRST, SECOND, THIRD, SECOND, SECOND], [None, None, None, AGAIN, AGAIN]),
    "box-with-more-to-say": ([FIRST[:-1] + "，这是去年没有的。", FIRST, SECOND], [None] * 3),
    "summary-in-other-words": (["临澜改造老旧小区，供热、步道、车位三件事件件有着落。", FIRST, SECOND], [None] * 3),
}


@pytest.mark.parametrize(("texts", "rules"), CASES.values(), ids=CASES)
def test_mark_repeats(texts: list[str], rules: list[str | None]) -> None:
    assert rules_of(mark_repeats(blocks(*texts))) == rules


def boxed(box: str, *texts: str) -> list[Block]:
    """A box that the profile names, then paragraphs."""
    verdict = Verdict("layout/outside", "not in the profile's body")
    return [block(box, 0, marks=("lead",), verdict=verdict), *(block(text, 1 + at) for at, text in enumerate(texts))]


@pytest.mark.parametrize(
    ("box", "rule"),
    [
        (FIRST, LEAD),
        (FIRST[:9], LEAD),
        (FIRST + SECOND[:5] + "&rdq", LEAD),
        (THIRD[4:] + FOURTH[:8], LEAD),
        ("这里说的是另一件事。", "field/lead"),
        ("……", "field/lead"),
    ],
    ids=["exact", "short", "run-together", "from-the-middle", "its-own-words", "dots-only"],
)
def test_the_box_of_a_profile_never_stays(box: str, rule: str) -> None:
    assert rules_of(mark_repeats(boxed(box, *SENTENCES))) == [rule, None, None, None, None]


def test_what_is_out_already_counts_for_nothing() -> None:
    out = Verdict("layout/outside", "")
    found = mark_repeats([block(FIRST, 0, verdict=out), block(FIRST, 1), block(SECOND, 2), block(FIRST, 3, verdict=out)])
    assert rules_of(found) == ["layout/outside", None, None, "layout/outside"]


def test_a_copy_on_the_next_page_is_a_repeat() -> None:
    pages = [*blocks(*SENTENCES), block(SECOND, 0, page=1), block("第二页说的是新的一段话，和第一页没有重复的地方。", 1, page=1)]
    assert rules_of(mark_repeats(pages)) == [None, None, None, None, AGAIN, None]


def test_marking_twice_changes_nothing() -> None:
    once = mark_repeats(blocks(FIRST, FIRST, SECOND, THIRD, SECOND))
    assert mark_repeats(once) == once


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("创建全国&rdq", "创建全国"),
        ("创建全国&", "创建全国"),
        ("创建全国&ldquo;", "创建全国"),
        ("创建全国……", "创建全国"),
        ("创建全国... ", "创建全国"),
        ("创建全国。", "创建全国。"),
        ("AT&T的访谈", "AT&T的访谈"),
        ("1.5", "1.5"),
        ("", ""),
        ("&hellip;&hellip", ""),
    ],
)
def test_cut_broken_tail(text: str, cut: str) -> None:
    assert cut_broken_tail(text) == cut


def test_a_long_page_of_equal_lines_takes_its_time_each() -> None:
    start = time.process_time()
    found = mark_repeats(blocks(*[FIRST, SECOND] * 5000))
    assert rules_of(found)[-1] == AGAIN
    assert time.process_time() - start < 2


def test_hostile_tails_do_no_harm() -> None:
    start = time.process_time()
    for text in ("…" * 50_000 + "x", "&" * 50_000 + "。", " " * 50_000 + "x", "." * 50_000 + "x"):
        assert cut_broken_tail(text) == text
    assert time.process_time() - start < 2
