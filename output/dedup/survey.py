"""The one reading of all corpora: of each article some 700 bytes, of each piece the lines that cannot be read."""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from output.dedup.corpora import Piece, Text, read_piece
from output.dedup.entries import pack
from output.dedup.folding import Folded, Places, fold_batches
from output.dedup.hashes import Hashes, hash_spans, prefix_sums
from output.dedup.sketches import Grams, Signatures, anchors, shingles, signatures

T = TypeVar("T", bound=np.generic)

SEGMENT = 20
"""Folded characters from which a paragraph or sentence that recurs is worth a line: 「好的，谢谢您接受采访」 means itself."""


class Surveyed(NamedTuple):
    """What is kept of the articles of one piece; the arrays have a row an article."""

    lines: int
    """Lines of the piece, blank ones too."""

    problems: tuple[tuple[int, str], ...]
    """Number in the piece, from 1, of each line that cannot be read, and why."""

    offsets: Places
    """Where the line begins in its file, in bytes."""

    ids: Hashes
    """Hash of the id."""

    heads: Hashes
    """Hash of title, source, date and URL."""

    texts: Hashes
    """Hash of the text as it stands."""

    folds: Hashes
    """Two columns: a hash of 128 bits of the folded text."""

    sizes: Places
    """Characters of the folded text."""

    signatures: Signatures
    """128 columns."""

    anchors: tuple[Hashes, ...]
    """Entries (:func:`output.dedup.entries.pack`), numbered from 0 in the piece."""

    segments: tuple[Hashes, ...]
    """Entries of the paragraphs and sentences."""


def survey_piece(piece: Piece) -> Surveyed:
    """The lines of a piece, surveyed."""
    lines = list(read_piece(piece))
    articles = [(line.offset, line.article) for line in lines if line.article]
    sketched = [_sketch(folded) for folded in fold_batches(article.text for _, article in articles)]
    firsts = np.cumsum([0, *(len(batch.sizes) for batch in sketched)])
    return Surveyed(
        lines=len(lines),
        problems=tuple((number, line.problem) for number, line in enumerate(lines, 1) if line.problem),
        offsets=np.array([offset for offset, _ in articles], np.int64),
        ids=np.array([hash_text(article.id)[0] for _, article in articles], np.uint64),
        heads=np.array([hash_text(_head(article))[0] for _, article in articles], np.uint64),
        texts=np.array([hash_text(article.text)[0] for _, article in articles], np.uint64),
        folds=_joined([batch.folds for batch in sketched], np.zeros((0, 2), np.uint64)),
        sizes=_joined([batch.sizes for batch in sketched], np.zeros(0, np.int64)),
        signatures=_joined([batch.signatures for batch in sketched], np.zeros((0, 128), np.uint32)),
        anchors=pack(_numbered([batch.anchors for batch in sketched], firsts)),
        segments=pack(_numbered([batch.segments for batch in sketched], firsts)),
    )


def _head(article: Text) -> str:
    return "\0".join(part or "" for part in (article.title, article.source, article.published, article.url))


class _Sketched(NamedTuple):
    folds: Hashes
    sizes: Places
    signatures: Signatures
    anchors: Grams
    segments: Grams


def _sketch(folded: Folded) -> _Sketched:
    sums, sizes = prefix_sums(folded.points), np.diff(folded.starts)
    return _Sketched(
        folds=np.array([hash_text(folded.text(number)) for number in range(len(sizes))], np.uint64),
        sizes=sizes,
        signatures=signatures(shingles(folded, sums), len(sizes)),
        anchors=anchors(folded, sums),
        segments=segments(folded, sums),
    )


def hash_text(text: str) -> tuple[int, int]:
    """128 bits of BLAKE2b in two numbers."""
    digest = hashlib.blake2b(text.encode(), digest_size=16).digest()
    return int.from_bytes(digest[:8]), int.from_bytes(digest[8:])


def segments(folded: Folded, sums: Hashes) -> Grams:
    """Paragraphs and sentences of ``SEGMENT`` characters and more; one that is both stands twice."""
    starts = np.concatenate((folded.paragraphs[:-1], folded.sentences[:-1]))
    ends = np.concatenate((folded.paragraphs[1:], folded.sentences[1:]))
    long = ends - starts >= SEGMENT
    owners = np.searchsorted(folded.starts, starts[long], side="right") - 1
    return Grams(hash_spans(sums, starts[long], ends[long]), owners)


def _numbered(grams: Sequence[Grams], firsts: Places) -> Grams:
    """The grams of all batches, their owners numbered through the piece."""
    hashes = _joined([part.hashes for part in grams], np.zeros(0, np.uint64))
    owners = [part.owners + first for part, first in zip(grams, firsts, strict=False)]
    return Grams(hashes, _joined(owners, np.zeros(0, np.int64)))


def _joined(arrays: Sequence[npt.NDArray[T]], empty: npt.NDArray[T]) -> npt.NDArray[T]:
    return np.concatenate((empty, *arrays))
