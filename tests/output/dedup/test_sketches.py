"""Signatures estimate the Jaccard of sets of any size; anchors are the same wherever the wording stands."""

import numpy as np
import pytest

from output.dedup.candidates import rows_of
from output.dedup.folding import fold_texts
from output.dedup.hashes import hash_grams, hash_spans, prefix_sums
from output.dedup.sketches import SIZE, Grams, anchors, shingles, signatures
from tests.output.dedup.corpora import texts


@pytest.mark.parametrize("size", [1, 3, 20, 100, 128, 1000])
@pytest.mark.parametrize("share", [0.5, 0.8, 1.0])
def test_agreement_is_the_jaccard(size: int, share: float) -> None:
    rng, errors = np.random.default_rng(size), []
    for _ in range(60):
        pool = rng.integers(0, 1 << 63, 2 * size).astype(np.uint64)
        both = round(size * share)
        one, two = pool[:size], pool[size - both : 2 * size - both]
        grams = Grams(np.concatenate((one, two)), np.repeat([0, 1], size))
        rows = signatures(grams, 2)
        errors.append(float((rows[0] == rows[1]).mean()) - both / (2 * size - both))
    # of 60 estimates with a standard error of .045 at most, 4 standard errors of their mean
    assert abs(float(np.mean(errors))) < 4 * 0.045 / 60**0.5


def test_a_signature_hangs_on_the_text_alone() -> None:
    one, two = texts(2)
    together, alone = fold_texts([two, "短", one]), fold_texts([one])
    rows = [signatures(shingles(folded, prefix_sums(folded.points)), len(folded.starts) - 1)[-1] for folded in (together, alone)]
    assert (rows[0] == rows[1]).all()


def test_shingles_stay_in_their_text() -> None:
    folded = fold_texts(["一二三四", "", "一二三四五六", "七", "八"])
    grams = shingles(folded, prefix_sums(folded.points))
    assert grams.owners.tolist() == [2, 2]
    assert shingles(fold_texts(["好"]), prefix_sums(fold_texts(["好"]).points)).hashes.size == 0


def test_anchors_are_where_the_wording_is() -> None:
    one, two = texts(2)
    folded = fold_texts([one, two + one[100:]])
    found = anchors(folded, prefix_sums(folded.points))
    first, second = (set(found.hashes[found.owners == owner].tolist()) for owner in (0, 1))
    assert len(first & second) > 0.6 * len(first) > 10


def test_a_hash_is_that_of_the_characters() -> None:
    points = fold_texts(["一二三一二三"]).points
    sums = prefix_sums(points)
    places = np.arange(4)
    assert hash_grams(sums, 3).tolist() == hash_spans(sums, places, places + 3).tolist()
    assert len(set(hash_grams(sums, 3).tolist())) == 3


@pytest.mark.parametrize("threshold", [0.3, 0.5, 0.6, 0.65, 0.7, 0.8, 1.0])
def test_bands_find_what_stands_at_the_threshold(threshold: float) -> None:
    rows = rows_of(threshold)
    assert (1 - threshold**rows) ** (SIZE // rows) < 0.001
