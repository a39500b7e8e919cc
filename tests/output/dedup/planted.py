"""Invented articles with planted duplicates, and their exact comparison without any code of ours but ``fold``."""

import random
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import opencc

from cleaners.script import fold

_WORDS = 6_000
_SHARDS = 4  # of the 5-grams: those of one take 2 GB at 5,000 articles
_LEAST = 0.3
_INTRODUCTION = "为深入贯彻落实党的十九大精神，推进平安建设，本网推出系列访谈，邀请各地负责人走进演播室，与网友在线交流。"


class Writer:
    """Writes articles of any length from invented words as frequent as those of a language (Zipf)."""

    def __init__(self, seed: int) -> None:
        self._rng = np.random.default_rng(seed)
        self._words = _vocabulary()
        weights = 1 / np.arange(5, _WORDS + 5)
        self._bounds = np.cumsum(weights / weights.sum())

    def article(self, characters: int) -> str:
        """Paragraphs of sentences; the first one is the series' introduction in one of four articles."""
        count = characters * 2 // 3 + 40  # words have two characters on average, and one in six a mark behind it
        ranks = np.searchsorted(self._bounds, self._rng.random(count)).clip(0, _WORDS - 1)
        marks = self._rng.choice(np.array(["", "，", "。", "。\n"]), count, p=[0.83, 0.1, 0.05, 0.02])
        words = (self._words[rank] + mark for rank, mark in zip(ranks.tolist(), marks.tolist(), strict=True))
        opening = _INTRODUCTION + "\n" if characters > 500 and self._rng.random() < 0.25 else ""
        return (opening + "".join(words))[:characters]


@cache
def _vocabulary() -> Sequence[str]:
    rng = random.Random(1)
    hanzi = [bytes([high, low]).decode("gb2312") for high in range(0xB0, 0xD7) for low in range(0xA1, 0xFE)]
    return tuple("".join(rng.choices(hanzi, k=rng.choice([1, 2, 2, 2, 3, 4]))) for _ in range(_WORDS))


def scatter(text: str, share: float, rng: random.Random) -> str:
    """The text with that share of its characters changed, one here and one there."""
    chars = list(text)
    for place in rng.sample(range(len(chars)), round(share * len(chars))):
        chars[place] = chr(rng.randrange(0x4E00, 0x9000))
    return "".join(chars)


def cut_out(text: str, share: float, rng: random.Random) -> str:
    """The text with that share rewritten in one to four runs."""
    runs = rng.randint(1, 4)
    for _ in range(runs):
        size = max(1, round(share * len(text) / runs))
        start = rng.randrange(max(1, len(text) - size))
        text = text[:start] + scatter(text[start : start + size], 1, rng) + text[start + size :]
    return text


def reorder(text: str, rng: random.Random) -> str:
    """The text with its paragraphs shuffled."""
    paragraphs = text.split("\n")
    rng.shuffle(paragraphs)
    return "\n".join(paragraphs)


def widen(text: str) -> str:
    """The text with full-width digits, letters and punctuation."""
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def to_traditional(text: str) -> str:
    """The text in Traditional script."""
    return str(_s2t().convert(text))


@cache
def _s2t() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


def variants(text: str, other: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    """Duplicates of a text, each with the way it was made; ``other`` is an unlike text."""
    share = rng.uniform(0.01, 0.2)
    yield "scattered", scatter(text, rng.uniform(0.005, 0.06), rng)
    yield "runs", cut_out(text, share, rng)
    yield "traditional", scatter(to_traditional(text), rng.uniform(0, 0.03), rng)
    yield "full-width", widen(text).replace("，", " , ").replace("\n", "")
    yield "truncated", scatter(text[: int(len(text) * rng.uniform(0.2, 0.9))], rng.uniform(0, 0.018), rng)
    yield "inner", cut_out(text[len(text) // 3 : len(text) // 3 + max(330, len(text) // 3)], rng.uniform(0, 0.08), rng)
    yield "merged", other + "\n" + scatter(text, rng.uniform(0, 0.018), rng)
    yield "re-ordered", scatter(reorder(text, rng), rng.uniform(0, 0.02), rng)


class Planted(NamedTuple):
    """A corpus with duplicates."""

    texts: Sequence[str]
    """The articles, shuffled."""

    ways: Sequence[str]
    """How each was made; ``original`` for those that are copies of nothing."""


def plant(count: int, seed: int = 5, characters: tuple[int, int] = (320, 3000)) -> Planted:
    """``count`` articles, of which about a third are duplicates of others."""
    rng, writer = random.Random(seed), Writer(seed)
    made: list[tuple[str, str]] = []
    while len(made) < count:
        text, other = (writer.article(rng.randint(*characters)) for _ in range(2))
        chosen = rng.sample(list(variants(text, other, rng)), rng.choice([0, 0, 1, 2]))
        made.extend([("original", text), *chosen])
    rng.shuffle(made)
    return Planted([text for _, text in made[:count]], [way for way, _ in made[:count]])


class Likeness(NamedTuple):
    """The exact figures of two articles."""

    jaccard: float
    containment: float
    """Of the one of 300 folded characters or more that the other holds most of; 0 where both are shorter."""


def compare_all(texts: Sequence[str]) -> Mapping[tuple[int, int], Likeness]:
    """Every two articles that have anything to do with each other, compared by the very 5-grams: strings, no hashes.

    Only pairs with a Jaccard or containment of .3 and more are returned, the lesser number first.
    """
    folds = [fold(text) for text in texts]
    shared = np.zeros((len(texts), len(texts)), np.int32)
    sizes = np.zeros(len(texts), np.int64)
    for shard in range(_SHARDS):
        grams, owners = _grams(folds, shard)
        sizes += np.bincount(owners, minlength=len(texts))
        _count(shared, grams, owners)
    shared += np.triu(shared.T, 1) + np.tril(shared.T, -1)
    long = np.array([len(fold_) >= 300 for fold_ in folds])
    return dict(_likenesses(shared, sizes, long))


def _grams(folds: Sequence[str], shard: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The different 5-grams of each text, numbered, that begin with a character of this shard; ascending by number."""
    number_of: dict[str, int] = {}
    grams, owners = [], []
    for owner, folded in enumerate(folds):
        own = {folded[at : at + 5] for at in range(len(folded) - 4) if ord(folded[at]) % _SHARDS == shard}
        grams.extend([number_of.setdefault(gram, len(number_of)) for gram in own])
        owners.extend([owner] * len(own))
    order = np.argsort(grams, kind="stable")
    return np.array(grams, np.int64)[order], np.array(owners, np.int64)[order]


def _count(shared: npt.NDArray[np.int32], grams: npt.NDArray[np.int64], owners: npt.NDArray[np.int64]) -> None:
    """Add 1 for each two texts that have a 5-gram in common."""
    distance = 1
    while (at := np.flatnonzero(grams[distance:] == grams[:-distance])).size:
        np.add.at(shared, (owners[at], owners[at + distance]), 1)
        distance += 1


def _likenesses(
    shared: npt.NDArray[np.int32], sizes: npt.NDArray[np.int64], long: npt.NDArray[np.bool_]
) -> Iterator[tuple[tuple[int, int], Likeness]]:
    for first in range(len(sizes)):
        row = shared[first].astype(float)
        jaccard = row / np.maximum(sizes[first] + sizes - row, 1)
        containment = np.maximum(long[first] * row / max(sizes[first], 1), long * row / np.maximum(sizes, 1))
        for second in np.flatnonzero((jaccard >= _LEAST) | (containment >= _LEAST)).tolist():
            if second > first:
                yield (first, second), Likeness(float(jaccard[second]), float(containment[second]))
