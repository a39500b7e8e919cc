"""64-bit hashes of any stretch of a folded text, many at once, by sums over prefixes."""

from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from output.dedup.folding import Places, Points

Hashes: TypeAlias = npt.NDArray[np.uint64]

_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2**64; digits of the golden ratio
_WORD = 1 << 64


def prefix_sums(points: Points) -> Hashes:
    """Sums of ``point * BASE**place`` modulo 2**64 up to each place; one more than points."""
    sums = np.zeros(len(points) + 1, np.uint64)
    np.cumsum(points * _powers(len(points))[0][: len(points)], out=sums[1:])
    return sums


def hash_spans(sums: Hashes, starts: Places, ends: Places) -> Hashes:
    """The hash of each stretch [start, end): the same wherever it stands."""
    return mix((sums[ends] - sums[starts]) * _powers(len(sums))[1][starts])


def hash_grams(sums: Hashes, length: int) -> Hashes:
    """:func:`hash_spans` of every stretch of ``length`` code points, across the borders of texts too."""
    count = max(0, len(sums) - length)
    return mix((sums[length:] - sums[:count]) * _powers(len(sums))[1][:count])


def distinct(values: Hashes) -> Hashes:
    """The different values, ascending: 4 to 16 times as fast as ``np.unique``, which hashes what it sorts in the end."""
    ordered: Hashes = np.sort(values)
    return ordered[run_starts(ordered)]


def run_starts(ordered: Hashes) -> Places:
    """Where a value stands that is not the one before it."""
    begins = np.ones(len(ordered), bool)
    begins[1:] = ordered[1:] != ordered[:-1]
    return np.flatnonzero(begins)


def mix(values: Hashes) -> Hashes:
    """Every bit of the result hangs on every bit of the value: the finaliser of SplitMix64 (Steele et al., OOPSLA 2014)."""
    mixed = values ^ (values >> np.uint64(30))
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return mixed


def _powers(count: int) -> tuple[Hashes, Hashes]:
    return _powers_up_to(max(1 << 16, 1 << count.bit_length()))


@lru_cache(maxsize=2)
def _powers_up_to(size: int) -> tuple[Hashes, Hashes]:
    """The powers of the base and of its inverse; 16 bytes each place."""
    up, down = np.full(size, _BASE, np.uint64), np.full(size, pow(_BASE, -1, _WORD), np.uint64)
    up[0] = down[0] = 1
    return np.cumprod(up), np.cumprod(down)
