"""Folding many texts at once is folding each."""

import sys

from hypothesis import given
from hypothesis import strategies as st

from cleaners.script import fold
from output.dedup.folding import fold_batches, fold_texts

TEXTS = st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="İΣ"), max_size=30), max_size=8)


def test_every_character_is_folded_as_alone() -> None:
    points = (*range(1, 0xD800), *range(0xE000, 0x34000), *range(0xE0000, 0xE0200), sys.maxunicode)
    chars = [chr(point) for point in points if chr(point) != "İ"]
    folded = fold_texts(chars)
    assert [char for number, char in enumerate(chars) if folded.text(number) != fold(char)] == []


@given(TEXTS)
def test_texts_do_not_touch_each_other(texts: list[str]) -> None:
    folded = fold_texts(texts)
    assert [folded.text(number) for number in range(len(texts))] == list(map(fold, texts))


def test_paragraphs_and_sentences_begin_where_words_do() -> None:
    folded = fold_texts(["一二。\n\n三！四", "", "五\n。六"])
    assert folded.starts.tolist() == [0, 4, 4, 6]
    assert folded.paragraphs.tolist() == [0, 2, 4, 5, 6]
    assert folded.sentences.tolist() == [0, 2, 3, 4, 5, 6]


def test_large_texts_are_folded_apart() -> None:
    batches = list(fold_batches(["长" * 60_000, "短", "长" * 70_000, "短"]))
    assert [len(batch.starts) - 1 for batch in batches] == [2, 1, 1]
