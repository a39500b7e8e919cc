"""Text scores: small cases computed by hand."""

import pytest

from output.evaluate.texts import missing_lines, score_text
from output.evaluate.tokens import key, tokens

# 8 characters: 5 4-grams. 分享到微信 adds 5 characters: 13 characters, 10 4-grams, 5 of them right.
LINE = "今天是第一期访谈"


@pytest.mark.parametrize(
    ("kept", "gold", "precision", "recall", "f"),
    [
        (LINE, LINE, 1.0, 1.0, 1.0),
        (f"{LINE}\n分享到微信", LINE, 0.5, 1.0, 2 / 3),
        (LINE, f"{LINE}\n分享到微信", 1.0, 0.5, 2 / 3),
        ("", LINE, 0.0, 0.0, 0.0),
        ("完全不同的一句话", LINE, 0.0, 0.0, 0.0),
        ("今天，是第１期。访谈", "今天是第1期访谈", 1.0, 1.0, 1.0),
        ("好的", "好的", 1.0, 1.0, 1.0),
        ("好的", "好的吧", 0.0, 0.0, 0.0),
        (f"{LINE}\n{LINE}", LINE, 5 / 13, 1.0, 5 / 9),
        (f"网络访谈\n责任编辑：赵佳俊\n{LINE}", f"{LINE}\n来源：中国吉林网", 1.0, 1.0, 1.0),
    ],
    ids=["same", "leak", "loss", "empty", "other", "width", "shorter-than-a-gram", "another-single-gram", "twice", "neutral"],
)
def test_score_text(kept: str, gold: str, precision: float, recall: float, f: float) -> None:
    score = score_text(kept, gold, "网络访谈")
    assert (score.precision, score.recall, score.f) == pytest.approx((precision, recall, f))


def test_grams_cross_lines() -> None:
    assert score_text("今天是第\n一期访谈", LINE).f == 1.0


@pytest.mark.parametrize(
    ("kept", "gold", "leaked", "lost"),
    [
        (f"{LINE}\n分享到微信", LINE, ("分享到微信",), ()),
        (f"{LINE}\n好", LINE, (), ()),
        (LINE, f"{LINE}\n下一期再见各位", (), ("下一期再见各位",)),
        (LINE, f"{LINE}\n下期再见", (), ()),
        ("今天是第二期节目", LINE, ("今天是第二期节目",), (LINE,)),
        ("今天是第一期采访", LINE, (), ()),
        ("访谈", LINE, (), (LINE,)),
    ],
    ids=["leaked", "one-token-is-none", "lost", "under-six-tokens", "two-fifths-there", "three-fifths-there", "two-tokens-there"],
)
def test_lines(kept: str, gold: str, leaked: tuple[str, ...], lost: tuple[str, ...]) -> None:
    score = score_text(kept, gold)
    assert (score.leaked, score.lost) == (leaked, lost)


LONG = "今年以来临澜市围绕老旧小区改造做了三件事"


@pytest.mark.parametrize(
    ("kept", "gold", "copies"),
    [
        (f"{LONG}\n{LONG}\n{LONG}", LONG, 2),
        (f"{LONG}\n{LONG}", f"{LONG}\n{LONG}", 0),
        ("好的\n好的", "好的", 0),
        (f"{LONG}\n{LONG}", "别的", 1),
    ],
    ids=["three-times", "as-in-the-gold", "short", "not-in-the-gold"],
)
def test_repeated(kept: str, gold: str, copies: int) -> None:
    assert len(score_text(kept, gold).repeated) == copies


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("责任编辑：赵佳俊", False),
        ("（责编 赵佳俊）", False),
        ("来源：中国吉林网", False),
        ("責任編輯：趙佳俊", False),
        ("编辑部的故事从这里开始", True),
        ("来源：" + "中国吉林网" * 9, True),
    ],
    ids=["editor", "bracket", "source", "traditional", "a-sentence", "too-long"],
)
def test_credits_are_on_neither_side(line: str, *, counts: bool) -> None:
    assert (score_text(f"{LINE}\n{line}", LINE).precision < 1) is counts


def test_tokens() -> None:
    assert tokens("３７°C，OK! こんにちは_x") == ["37", "c", "ok", *"こんにちは", "x"]
    assert key("网络 访谈（一）") == "网络访谈一"
    assert missing_lines(["", "。。"], []) == ()


def test_lines_aside_count_on_neither_side() -> None:
    notice = "免责声明：本文仅代表作者个人观点，与本网无关。"
    assert score_text(LINE, f"{LINE}\n{notice}").recall < 1
    assert score_text(LINE, f"{LINE}\n{notice}", aside=frozenset((key(notice),))).f == 1
    assert score_text(f"{LINE}\n{notice}", LINE, aside=frozenset((key(notice),))).leaked == ()
