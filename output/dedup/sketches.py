"""What is kept of an article to find its like without its text: 128 numbers, and a sample of its wording."""

from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from output.dedup.folding import Folded
from output.dedup.hashes import Hashes, hash_grams, mix

Owners: TypeAlias = npt.NDArray[np.int64]
Signatures: TypeAlias = npt.NDArray[np.uint32]

GRAM = 5
"""Folded characters of a shingle."""

SIZE = 128
"""Numbers of a signature: the standard error of an estimated Jaccard of .7 is .04."""

ANCHOR = 10
"""Folded characters of an anchor. Where 10 % of an article's 5-grams are changed, at most 20 % of its 10-grams are."""

EVERY = 16
"""One 10-gram of so many is an anchor: 18 in the shortest article that is looked for in others (300 characters)."""

_EMPTY = np.uint32(0xFFFFFFFF)


class Grams(NamedTuple):
    """Hashes with the number of the text that each stands in, ascending by text."""

    hashes: Hashes
    owners: Owners


def shingles(folded: Folded, sums: Hashes) -> Grams:
    """The 5-grams of each text, a repeated one each time; a text shorter than 5 characters has none."""
    return _grams(folded, sums, GRAM)


def anchors(folded: Folded, sums: Hashes) -> Grams:
    """One 10-gram in 16 of each text, chosen by its hash: the same wording gives the same anchors wherever it stands."""
    grams = _grams(folded, sums, ANCHOR)
    chosen = np.flatnonzero((grams.hashes & np.uint64(EVERY - 1)) == 0)
    return Grams(mix(grams.hashes[chosen]), grams.owners[chosen])


def signatures(grams: Grams, count: int) -> Signatures:
    """The signatures of ``count`` texts, a row each; equal numbers at a place are as likely as the Jaccard of the sets.

    Fast similarity sketching (Dahlgaard, Knudsen, Thorup, FOCS 2017): one-permutation MinHash that fills the places
    which stay empty by further rounds, so that a text of ten shingles is sketched as faithfully as one of 3,000.
    """
    sketch = np.full(count * SIZE, _EMPTY, np.uint32)
    hashes, rows = grams.hashes, grams.owners * SIZE
    for turn in range(2 * SIZE):
        _fill(sketch, hashes, rows, turn)
        lacking = (sketch.reshape(count, SIZE) == _EMPTY).any(axis=1)
        left = lacking[rows // SIZE]
        hashes, rows = hashes[left], rows[left]
        if not len(rows):
            break
    return sketch.reshape(count, SIZE)


def _fill(sketch: Signatures, hashes: Hashes, rows: Owners, turn: int) -> None:
    """One round: every shingle falls into a place by chance, in later rounds all into one; empty places take the least."""
    drawn = mix(hashes + np.uint64(turn * 0x9E3779B97F4A7C15 % (1 << 64))) if turn else hashes
    places = rows + ((drawn & np.uint64(SIZE - 1)).astype(np.int64) if turn < SIZE else turn - SIZE)
    values = np.minimum((drawn >> np.uint64(32)).astype(np.uint32), _EMPTY - np.uint32(1))
    if turn:
        free = sketch[places] == _EMPTY
        places, values = places[free], values[free]
    np.minimum.at(sketch, places, values)


def _grams(folded: Folded, sums: Hashes, length: int) -> Grams:
    """The stretches of ``length`` that do not leave their text."""
    sizes = np.diff(folded.starts)
    inside = np.ones(max(0, len(folded.points) - length + 1), bool)
    for distance in range(1, length):
        ends = folded.starts[1:] - distance
        inside[ends[(ends >= folded.starts[:-1]) & (ends < len(inside))]] = False
    owners = np.repeat(np.arange(len(sizes)), np.maximum(sizes - length + 1, 0))
    return Grams(hash_grams(sums, length)[inside], owners)
