"""All articles of all corpora by number, as arrays; what is large lies in files of a folder that goes with the run."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np
import numpy.typing as npt

from output.dedup.corpora import CorporaError, Corpus, Piece, cut_pieces
from output.dedup.entries import MAX_ARTICLES, PartFiles
from output.dedup.folding import Places
from output.dedup.hashes import Hashes
from output.dedup.sketches import GRAM, SIZE, Owners, Signatures
from output.dedup.survey import Surveyed, survey_piece
from output.parallel import map_ordered

Step = Callable[[str, int, int], None]
"""Told of progress: what is done, how much of it, of how much."""


class Problem(NamedTuple):
    """A line that cannot be read."""

    corpus: int
    """Number of the corpus."""

    line: int
    """Number of the line, from 1."""

    problem: str
    """Why."""


class Catalogue(NamedTuple):
    """The articles; the arrays have a row each, in order of corpus and place. Memory: 70 bytes an article."""

    corpora: tuple[Corpus, ...]
    """The corpora, by number."""

    problems: tuple[Problem, ...]
    """The lines that cannot be read."""

    corpus: Owners
    """Number of the article's corpus."""

    offsets: Places
    """Where its line begins in the file, in bytes."""

    ids: Hashes
    """Hash of its id."""

    heads: Hashes
    """Hash of its title, source, date and URL."""

    texts: Hashes
    """Hash of its text as it stands."""

    folds: Hashes
    """Two columns: a hash of its folded text."""

    sizes: Places
    """Characters of its folded text."""

    signatures: Signatures
    """128 columns, in a file."""

    anchors: PartFiles
    """Its sampled 10-grams."""

    segments: PartFiles
    """Its paragraphs and sentences."""

    def order(self) -> Owners:
        """The articles in an order that hangs on what they are, not on where they stand."""
        return np.lexsort((self.heads, self.texts, self.ids, self.corpus, self.folds[:, 1], self.folds[:, 0]))

    def places(self) -> Owners:
        """For each article its place in :meth:`order`."""
        place = np.empty(len(self.sizes), np.int64)
        place[self.order()] = np.arange(len(place))
        return place

    def comparable(self) -> npt.NDArray[np.bool_]:
        """Whether an article has a 5-gram."""
        return self.sizes >= GRAM


def catalogue(corpora: Sequence[Corpus], folder: Path, *, jobs: int, step: Step) -> Catalogue:
    """The corpora read once by ``jobs`` processes; ``folder`` takes 512 bytes an article and some 800 per 1,000 characters.

    :raises CorporaError: there are more articles than numbers.
    """
    files = (PartFiles(folder / "anchors"), PartFiles(folder / "segments"))
    pieces, total = list(cut_pieces(corpora)), sum(corpus.size for corpus in corpora)
    parts, articles, done = list[Surveyed](), 0, 0
    with (folder / "signatures").open("wb") as sketches:
        for piece, part in zip(pieces, map_ordered(survey_piece, pieces, jobs=jobs), strict=True):
            parts.append(_put_away(part, articles, sketches, files))
            articles += len(part.offsets)
            done += piece.end - piece.start
            step("reading", done, total)
    return _catalogue(tuple(corpora), pieces, parts, folder / "signatures", files)


def _put_away(surveyed: Surveyed, first: int, sketches: BinaryIO, files: tuple[PartFiles, PartFiles]) -> Surveyed:
    """The survey without what is written to the files; its articles are numbered from ``first``."""
    if first + len(surveyed.offsets) > MAX_ARTICLES:
        raise CorporaError(f"more than {MAX_ARTICLES:,} articles; compare them in several runs")
    sketches.write(surveyed.signatures.tobytes())
    for file, entries in zip(files, (surveyed.anchors, surveyed.segments), strict=True):
        file.append([part + np.uint64(first) for part in entries])
    return surveyed._replace(signatures=surveyed.signatures[:0], anchors=(), segments=())


def _catalogue(
    corpora: tuple[Corpus, ...],
    pieces: Sequence[Piece],
    parts: Sequence[Surveyed],
    sketches: Path,
    files: tuple[PartFiles, PartFiles],
) -> Catalogue:
    sizes = np.concatenate((np.zeros(0, np.int64), *(part.sizes for part in parts)))
    return Catalogue(
        corpora=corpora,
        problems=tuple(_problems(pieces, parts)),
        corpus=np.repeat([piece.corpus for piece in pieces], [len(part.offsets) for part in parts]).astype(np.int64),
        offsets=np.concatenate((np.zeros(0, np.int64), *(part.offsets for part in parts))),
        ids=np.concatenate((np.zeros(0, np.uint64), *(part.ids for part in parts))),
        heads=np.concatenate((np.zeros(0, np.uint64), *(part.heads for part in parts))),
        texts=np.concatenate((np.zeros(0, np.uint64), *(part.texts for part in parts))),
        folds=np.concatenate((np.zeros((0, 2), np.uint64), *(part.folds for part in parts))),
        sizes=sizes,
        signatures=np.memmap(sketches, np.uint32, "r", shape=(len(sizes), SIZE))
        if len(sizes)
        else np.zeros((0, SIZE), np.uint32),
        anchors=files[0],
        segments=files[1],
    )


def _problems(pieces: Sequence[Piece], parts: Sequence[Surveyed]) -> Iterator[Problem]:
    """The problems by number of the line in the file: the pieces before it tell how many lines are above."""
    lines = Counter[int]()
    for piece, part in zip(pieces, parts, strict=True):
        yield from (Problem(piece.corpus, lines[piece.corpus] + number, problem) for number, problem in part.problems)
        lines[piece.corpus] += part.lines
