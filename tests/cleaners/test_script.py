"""Script of a page, conversion, and the key under which texts are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.article import Script
from cleaners.script import fold, script_of, to_simplified
from cleaners.text import normalize_paragraph


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("", None),
        ("abc 123 ，。", None),
        ("ひらがな", None),
        ("한국어", None),
        ("一二三", "Hans"),
        ("人山水火", "Hans"),
        ("今天的访谈", "Hans"),
        ("今天的訪談", "Hant"),
        ("乾安县的于镇通", "Hans"),
        ("乾安", "Hans"),
        ("乾隆皇帝后来", "Hans"),
        ("李昇、王徵、段乾元", "Hans"),
        ("皇后在后面的面馆里", "Hans"),
        ("乾安縣的訪談", "Hant"),
        ("国 國", "Hans"),
        ("国國國", "Hant"),
        ("国国國", "Hans"),
        ("他引用了一句：「國破山河在」，然后说，这句诗写尽了战乱里的人们。", "Hans"),
        ("臺灣記者説：「这里」", "Hant"),
        ("妳好，這裏是現場", "Hant"),
        ("㐂䶮", "Hans"),
        ("𠮷", None),
        ("著名", "Hans"),
        ("ABC網路", "Hant"),
    ],
)
def test_script_of(text: str, script: Script | None) -> None:
    assert script_of(text) == script


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("網絡訪談", "网络访谈"),
        ("乾安縣", "乾安县"),
        ("頭髮和發展", "头发和发展"),
        ("乾燥", "干燥"),
        ("乾隆", "乾隆"),
        ("後來皇后", "后来皇后"),
        ("，、。「」", "，、。「」"),
        ("e\u0301", "e\u0301"),
        ("", ""),
    ],
)
def test_to_simplified(traditional: str, simplified: str) -> None:
    assert to_simplified(traditional) == simplified


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("網絡訪談，第1期", "网络访谈,第１期"),
        ("他说——好", "他说--好"),
        ("“好”", "「好」"),
        (" 好\u3000的 ", "好的"),
        ("ABC", "ａｂｃ"),
        ("好。", "好"),
        ("阿迪力·买买提", "阿迪力•买买提"),
        ("10：30", "10:30"),
        ("a_b", "ab"),
        ("ﬁ", "fi"),
        ("①", "1"),
    ],
)
def test_fold_meets(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("好", "不好"), ("一百", "一千"), ("第1期", "第2期"), ("记者", "记着")],
)
def test_fold_parts(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_fold_is_idempotent(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


@given(st.text(st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF)))
def test_conversion_keeps_the_length(text: str) -> None:
    """``original`` has a paragraph for each of the record's, and no offset may move."""
    assert len(to_simplified(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("，１Ａ", "，１Ａ"),
        ("ﬁ①㈱", "ﬁ①㈱"),
        ("e\u0301", "é"),
        ("\u212b", "Å"),
        ("\uf9dc", "\u9686"),
        ("", ""),
    ],
    ids=["width", "compatibility", "combining", "angstrom", "compatibility-hanzi", "empty"],
)
def test_normalize_paragraph(text: str, normal: str) -> None:
    """NFC, not NFKC: U+F9DC is canonically 隆, so it changes; ﬁ and １ stay."""
    assert normalize_paragraph(text) == normal
    assert normalize_paragraph(normal) == normal
