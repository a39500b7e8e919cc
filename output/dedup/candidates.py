"""Pairs that may be duplicates, from sketches alone; the exact check decides. Their order means nothing."""

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from output.dedup.catalogue import Catalogue, Step
from output.dedup.clusters import components
from output.dedup.entries import PARTS, Holders, PartFiles, read_holders
from output.dedup.hashes import Hashes, distinct, mix, run_starts
from output.dedup.sketches import EVERY, SIZE, Owners, Signatures

Pairs: TypeAlias = npt.NDArray[np.int64]
"""Two columns of article numbers, the lesser first, each pair once, ascending."""

CONTAINED = 300
"""Folded characters from which an article is looked for inside others."""

_ROWS = 4  # bands of 4 numbers: 32 of them find .9998 of the pairs at .7
_MISS = 5e-4  # below .7, bands are narrower, so that no more are missed than this
_BUCKET = 64  # articles up to which every two of a bucket meet
_NEIGHBOURS = 16  # that each meets in a larger one: a hundred thousand reprints must not make 5·10**9 pairs
_HOLDERS = 64  # wording that more unlike articles share is the series', no sign that one holds another
_ASKED = 32  # anchors of an article by which others are asked for
_SHARED = 0.4  # part of them that the other must have; at a containment of .9 it has .8, and .4 is 5 sigma away
_CHUNK = 1 << 16
_NONE: Pairs = np.zeros((0, 2), np.int64)


def same_texts(known: Catalogue) -> Pairs:
    """Articles whose folded texts are the same: the first of them, and each other one."""
    order = _by_content(known, known.comparable())
    folds = known.folds[order]
    again = np.concatenate((np.zeros(1, bool), (folds[1:] == folds[:-1]).all(axis=1)))[: len(order)]
    heads = order[np.maximum.accumulate(np.where(again, 0, np.arange(len(order))))]
    return np.column_stack((heads[again], order[again]))


def find_candidates(known: Catalogue, same: Pairs, threshold: float, folder: Path, step: Step) -> Pairs:
    """Pairs of different texts that share a band of their signatures, or enough of their wording."""
    among = known.comparable()
    among[same[:, 1]] = False  # a copy goes where the first of its like goes
    bands = band_pairs(known.signatures, _by_content(known, among), threshold, step)
    groups = components(len(among), bands)
    return _unique([bands, *_wording_pairs(known, among, groups, PartFiles(folder / "pairs"), step)])


def rows_of(threshold: float) -> int:
    """Numbers in a band, so that pairs at the threshold share one of the bands but for one in 2,000.

    >>> rows_of(0.7), rows_of(0.5), rows_of(0.95)
    (4, 2, 4)
    """
    return next((rows for rows in range(_ROWS, 1, -1) if (1 - threshold**rows) ** (SIZE // rows) <= _MISS), 1)


def _by_content(known: Catalogue, among: npt.NDArray[np.bool_]) -> Owners:
    order = known.order()
    return order[among[order]]


def band_pairs(signatures: Signatures, documents: Owners, threshold: float, step: Step) -> Pairs:
    """Pairs that share a band and whose signatures are not 5 standard errors below the threshold."""
    rows, found = rows_of(threshold), [_NONE]
    least = SIZE * (threshold - 5 * math.sqrt(threshold * (1 - threshold) / SIZE))
    for band in range(SIZE // rows):
        keys = _band_keys(signatures[documents, band * rows : (band + 1) * rows])
        found.append(_alike(signatures, _bucket_pairs(keys, documents), least))
        step("comparing signatures", band + 1, SIZE // rows)
    return _unique(found)


def _band_keys(numbers: Signatures) -> Hashes:
    keys = np.zeros(len(numbers), np.uint64)
    for column in numbers.T:
        keys = mix(keys + column)
    return keys


def _bucket_pairs(keys: Hashes, documents: Owners) -> Pairs:
    """Pairs of documents with the same key; of a large bucket each with the next ``_NEIGHBOURS``."""
    order = np.argsort(keys, kind="stable")
    keys, documents = keys[order], documents[order]
    sizes = np.diff(run_starts(keys), append=len(keys))
    reach = np.repeat(np.where(sizes > _BUCKET, _NEIGHBOURS, _BUCKET), sizes)
    found = [_NONE]
    for distance in range(1, _BUCKET):
        at = np.flatnonzero((keys[distance:] == keys[:-distance]) & (distance <= reach[distance:]))
        if not at.size:
            break
        found.append(np.column_stack((documents[at], documents[at + distance])))
    return np.concatenate(found)


def _alike(signatures: Signatures, pairs: Pairs, least: float) -> Pairs:
    """The pairs that agree in ``least`` numbers or more."""
    chunks = (pairs[start : start + _CHUNK] for start in range(0, len(pairs), _CHUNK))
    agreeing = [(signatures[chunk[:, 0]] == signatures[chunk[:, 1]]).sum(axis=1) for chunk in chunks]
    return pairs[np.concatenate((np.zeros(0, np.int64), *agreeing)) >= least]


def _wording_pairs(
    known: Catalogue, among: npt.NDArray[np.bool_], groups: Owners, asked: PartFiles, step: Step
) -> Iterator[Pairs]:
    """Pairs of which one has much of the other's wording.

    Each article of ``CONTAINED`` characters asks by some 32 of its anchors, chosen by their hash, who else has them. Of
    articles that many share, only one of each of the ``groups`` answers: a text and its hundred reprints count once.
    """
    usable, place = np.zeros(len(among), np.int64), known.places()
    for part, every in enumerate(read_holders(known.anchors, among), 1):
        holders = _thinned(every, groups, place)
        asks = _asks(holders, known)
        usable += np.bincount(holders.documents[asks & (holders.sizes <= _HOLDERS)], minlength=len(among))
        asked.append(_questions(holders, asks))
        step("comparing wording", part, PARTS)
    for answers in asked.read():
        starts = run_starts(answers)
        pairs, shared = answers[starts], np.diff(starts, append=len(answers))
        askers = (pairs >> np.uint64(32)).astype(np.int64)
        pairs = pairs[shared >= _SHARED * usable[askers]]
        yield np.column_stack((pairs >> np.uint64(32), pairs & np.uint64(0xFFFFFFFF))).astype(np.int64)


def _thinned(holders: Holders, groups: Owners, place: Owners) -> Holders:
    """Of the articles that hold a hash, where they are many, of each group only the first by ``place``."""
    many = np.flatnonzero(holders.sizes > _HOLDERS)
    hashes, documents = holders.hashes[many], holders.documents[many]
    order = np.lexsort((place[documents], groups[documents], hashes))
    begins = np.ones(len(order), bool)
    begins[1:] = (np.diff(hashes[order]) != 0) | (np.diff(groups[documents[order]]) != 0)
    kept = holders.sizes <= _HOLDERS
    kept[many[order[begins]]] = True
    return holders.only(kept)


def _asks(holders: Holders, known: Catalogue) -> npt.NDArray[np.bool_]:
    """Which entries are questions: of each article some ``_ASKED``, by chance, of a short one all."""
    sizes = known.sizes[holders.documents]
    share = mix(holders.hashes).astype(np.float64) / 2.0**64
    return (sizes >= CONTAINED) & (share * sizes < _ASKED * EVERY)


def _questions(holders: Holders, asks: npt.NDArray[np.bool_]) -> tuple[Hashes, ...]:
    """``asker << 32 | other`` for each two articles that share an anchor by which the first asks."""
    few = np.flatnonzero((holders.sizes > 1) & (holders.sizes <= _HOLDERS))
    hashes, documents, asks = holders.hashes[few], holders.documents[few].astype(np.uint64), asks[few]
    found = [np.zeros(0, np.uint64)]
    for distance in range(1, _HOLDERS):
        at = np.flatnonzero(hashes[distance:] == hashes[:-distance])
        for asker, other in ((at, at + distance), (at + distance, at)):
            found.append((documents[asker] << np.uint64(32) | documents[other])[asks[asker]])
    pairs = np.concatenate(found)
    parts = (pairs >> np.uint64(32)) % np.uint64(PARTS)
    return tuple(pairs[parts == part] for part in range(PARTS))


def _unique(found: Sequence[Pairs]) -> Pairs:
    """The pairs with the lesser number first, each once, ascending."""
    pairs = np.sort(np.concatenate([_NONE, *found]), axis=1).astype(np.uint64)
    packed = distinct(pairs[:, 0] << np.uint64(32) | pairs[:, 1])
    return np.column_stack((packed >> np.uint64(32), packed & np.uint64(0xFFFFFFFF))).astype(np.int64)
