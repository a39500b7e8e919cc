"""Tables of rules that take whole lines."""

import time

import pytest

from cleaners.lines import LineRule, LineRules

RULES = LineRules(
    LineRule("chrome/share", "分享|share", r"(?:一键)?(?:分享到?|share)\s*[:：]?.{0,9}", 12),
    LineRule("chrome/tags", "标签", r"(标签)(?:[:：].*)?", 20),
    LineRule("chrome/late", "标签|分享", r".*", 8),
)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("分享到：", "chrome/share"),
        ("SHARE", "chrome/share"),
        ("分享到：" + "一" * 8, "chrome/share"),
        ("分享到：" + "一" * 9, None),
        ("标签：访谈", "chrome/tags"),
        ("标签", "chrome/tags"),
        ("标签：" + "一" * 17, "chrome/tags"),
        ("标签：" + "一" * 18, None),
        ("他分享", "chrome/late"),
        ("他分享了三条宝贵的经验。", None),
        ("没有这些词", None),
        ("分享\n到", None),
        ("", None),
    ],
    ids=["share", "case", "most", "more", "second", "group", "its-limit", "over-all", "last", "part", "key", "break", "empty"],
)  # fmt: skip
def test_match(line: str, rule: str | None) -> None:
    assert RULES.match(line) == rule


def test_the_first_rule_wins() -> None:
    rules = [LineRule("a/first", "甲", "甲乙?"), LineRule("a/second", "甲", "甲.")]
    assert [LineRules(*rules).match("甲乙"), LineRules(*rules[::-1]).match("甲乙")] == ["a/first", "a/second"]
    assert list(LineRules(*rules)) == rules


def test_a_key_goes_before_the_pattern() -> None:
    assert LineRules(LineRule("a/key", "乙", ".*")).match("甲") is None


def test_long_lines_are_not_tried() -> None:
    start = time.process_time()
    assert RULES.match("分享" * 500_000) is None
    assert time.process_time() - start < 0.5
