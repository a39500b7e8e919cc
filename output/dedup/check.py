"""The exact comparison of candidates: Jaccard and containment of their 5-gram sets; and how the texts differ."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from output.dedup.candidates import CONTAINED, Pairs
from output.dedup.catalogue import Catalogue
from output.dedup.clusters import components
from output.dedup.corpora import Text, read_texts
from output.dedup.difference import Difference, difference
from output.dedup.folding import Folded, fold_batches
from output.dedup.hashes import Hashes, distinct, prefix_sums
from output.dedup.sketches import shingles

CONTAINMENT = 0.9
"""Share of an article's 5-grams that another must have to hold it."""

_PAIRS = 256  # of a task
_CHARACTERS = 1 << 22  # of a task, unless one pair has more: some 100 MB of sets


class Task(NamedTuple):
    """Pairs to be checked by one process."""

    pairs: Pairs
    """Article numbers."""

    places: Mapping[int, tuple[Path, int]]
    """File and offset of each article."""

    threshold: float
    """Jaccard from which a pair is reported."""


class Head(msgspec.Struct, frozen=True):
    """What reports say of an article."""

    id: str
    """Id, as the corpus gives it."""

    title: str | None
    """The headline."""

    source: str | None
    """来源."""

    published: str | None
    """When it was published."""

    url: str | None
    """URL as fetched."""

    characters: int
    """Characters of its text."""

    shingles: int
    """Different 5-grams of its folded text."""


class Checked(msgspec.Struct, frozen=True):
    """A pair that is reported."""

    first: int
    """Number of an article."""

    second: int
    """Number of the other."""

    jaccard: float
    """5-grams that both have, of those that either has."""

    first_in_second: float
    """Share of the first one's 5-grams that the second has."""

    second_in_first: float
    """Share of the second one's 5-grams that the first has."""


class Outcome(NamedTuple):
    """What came of a task."""

    pairs: tuple[Checked, ...]
    """The pairs that are duplicates."""

    heads: Mapping[int, Head]
    """Their articles."""


def held(pair: Checked, threshold: float) -> int | None:
    """The article that the other one holds, where they are not near."""
    if pair.jaccard >= threshold:
        return None
    return pair.first if pair.first_in_second >= pair.second_in_first else pair.second


def cut_tasks(known: Catalogue, pairs: Pairs, threshold: float) -> Iterator[Task]:
    """The pairs in tasks; what hangs together comes together, so that few texts are read twice."""
    groups = components(len(known.sizes), pairs)[pairs[:, 0]]
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0], groups))]
    sizes = np.cumsum(known.sizes[pairs].sum(axis=1) // 2 + _CHARACTERS // _PAIRS)
    for cut in np.split(pairs, np.flatnonzero(np.diff(sizes // _CHARACTERS)) + 1):
        places = {int(number): _place(known, number) for number in np.unique(cut)}
        yield Task(cut, places, threshold)


def check_pairs(task: Task) -> Outcome:
    """The pairs of the task that are duplicates: Jaccard at the threshold, or one of 300 characters nearly whole in the other."""
    articles = _read_articles(task.places)
    compared = (_compare(first, second, articles) for first, second in task.pairs.tolist())
    found = tuple(pair for pair in compared if _is_duplicate(pair, articles, task.threshold))
    return Outcome(found, {number: _head(articles[number]) for pair in found for number in (pair.first, pair.second)})


def tell_differences(task: Task) -> tuple[Difference, ...]:
    """What the second article of each pair changes in the first."""
    texts = _read_texts(task.places)
    return tuple(difference(texts[first].text, texts[second].text) for first, second in task.pairs.tolist())


class _Article(NamedTuple):
    text: Text
    grams: Hashes
    """Its different 5-grams, ascending."""

    size: int
    """Characters of the folded text."""


def _place(known: Catalogue, number: int) -> tuple[Path, int]:
    return known.corpora[known.corpus[number]].path, int(known.offsets[number])


def _read_texts(places: Mapping[int, tuple[Path, int]]) -> Mapping[int, Text]:
    offsets = defaultdict[Path, set[int]](set)
    for path, offset in places.values():
        offsets[path].add(offset)
    found = {path: read_texts(path, wanted) for path, wanted in offsets.items()}
    return {number: found[path][offset] for number, (path, offset) in places.items()}


def _read_articles(places: Mapping[int, tuple[Path, int]]) -> Mapping[int, _Article]:
    texts = _read_texts(places)
    sets = (pair for folded in fold_batches(text.text for text in texts.values()) for pair in shingle_sets(folded))
    return {number: _Article(text, *pair) for (number, text), pair in zip(texts.items(), sets, strict=True)}


def shingle_sets(folded: Folded) -> Iterator[tuple[Hashes, int]]:
    """The different 5-grams of each text, and its size."""
    grams, sizes = shingles(folded, prefix_sums(folded.points)), np.diff(folded.starts)
    borders = np.searchsorted(grams.owners, np.arange(1, len(sizes)))
    for hashes, size in zip(np.split(grams.hashes, borders), sizes.tolist(), strict=True):
        yield distinct(hashes), size


def _compare(first: int, second: int, articles: Mapping[int, _Article]) -> Checked:
    one, two = articles[first].grams, articles[second].grams
    shared = len(np.intersect1d(one, two, assume_unique=True))
    return Checked(first, second, shared / (len(one) + len(two) - shared), shared / len(one), shared / len(two))


def _is_duplicate(pair: Checked, articles: Mapping[int, _Article], threshold: float) -> bool:
    sides = ((pair.first, pair.first_in_second), (pair.second, pair.second_in_first))
    is_held = any(share >= CONTAINMENT and articles[number].size >= CONTAINED for number, share in sides)
    return pair.jaccard >= threshold or is_held


def _head(article: _Article) -> Head:
    text = article.text
    return Head(text.id, text.title, text.source, text.published, text.url, len(text.text), len(article.grams))
