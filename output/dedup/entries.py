"""Which articles hold which hash: too many for memory, so in files, and each of these is sorted when its turn comes."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from output.dedup.hashes import Hashes, distinct, run_starts
from output.dedup.sketches import Grams, Owners

MAX_ARTICLES = 1 << 25
"""The number of an article has 25 bits of an entry. Two hashes of 39 + 4 bits are the same by chance once in 9·10**12."""

DOCUMENT = np.uint64(MAX_ARTICLES - 1)
"""The bits of an entry that are the article's number; the others are the hash."""
PARTS = 16
"""Files that entries are spread over, so that each fits into memory: 100 MB at 1,000,000 articles."""


class Holders(NamedTuple):
    """Entries of one part, sorted by hash, then article, each once."""

    hashes: Hashes
    """The hash, without the article's bits."""

    documents: Owners
    """Number of the article."""

    sizes: Owners
    """How many articles hold this hash, for each entry."""

    def only(self, kept: npt.NDArray[np.bool_]) -> "Holders":
        """The entries that ``kept`` marks, counted anew."""
        return _holders(self.hashes[kept], self.documents[kept])


def pack(grams: Grams) -> tuple[Hashes, ...]:
    """The entries by part, each sorted and once; the owner's number takes the low bits."""
    packed = (grams.hashes & ~DOCUMENT) | grams.owners.astype(np.uint64)
    parts = grams.hashes & np.uint64(PARTS - 1)
    return tuple(distinct(packed[parts == part]) for part in range(PARTS))


class PartFiles:
    """64-bit numbers on disk in 16 parts; only :meth:`append` changes them."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._paths = [folder / f"{part:02}" for part in range(PARTS)]

    def append(self, parts: Sequence[Hashes]) -> None:
        """Add numbers to each part."""
        for path, part in zip(self._paths, parts, strict=True):
            with path.open("ab") as file:
                file.write(part.tobytes())

    def read(self) -> Iterator[Hashes]:
        """The numbers of each part, sorted."""
        for path in self._paths:
            yield np.sort(np.fromfile(path, np.uint64)) if path.exists() else np.zeros(0, np.uint64)


def read_holders(files: PartFiles, among: npt.NDArray[np.bool_]) -> Iterator[Holders]:
    """Each part's entries of the articles that ``among`` marks. Memory: some 50 bytes an entry of one part."""
    for entries in files.read():
        documents = (entries & DOCUMENT).astype(np.int64)
        yield _holders(entries[among[documents]] & ~DOCUMENT, documents[among[documents]])


def _holders(hashes: Hashes, documents: Owners) -> Holders:
    sizes = np.diff(run_starts(hashes), append=len(hashes))
    return Holders(hashes, documents, np.repeat(sizes, sizes))
