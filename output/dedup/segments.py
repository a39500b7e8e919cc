"""Paragraphs and sentences that recur through a corpus: the series' introduction in every interview."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

import numpy as np

from cleaners.script import fold
from output.dedup.catalogue import Catalogue, Step
from output.dedup.corpora import read_texts
from output.dedup.entries import DOCUMENT, PARTS, Holders, read_holders
from output.dedup.folding import fold_texts
from output.dedup.hashes import Hashes, distinct, hash_spans, prefix_sums
from output.dedup.report import Segment
from output.dedup.sketches import Owners

LISTED = 200
"""Segments of a corpus that are listed."""

_FEWEST = 3  # unlike articles that share a segment before it recurs; two that do are a citation
_READ = 1_000  # of the most frequent ones, from which those inside others are taken out
_CLOSING = "”’」』）)》"  # of a quotation that ended with the sentence before
_SENTENCE = re.compile(r"[^。！？!?｡︒︕︖﹗﹖\n]*[。！？!?｡︒︕︖﹗﹖\n]?")


class Recurring(NamedTuple):
    """Segments by hash; the arrays have a row each."""

    hashes: Hashes
    """The segment's hash, without the low bits that entries leave out."""

    corpus: Owners
    """Number of the corpus."""

    articles: Owners
    """Articles of the corpus that hold it."""

    examples: Owners
    """One of them: the first in order of content."""


class Segments(NamedTuple):
    """The segments of all corpora."""

    listed: tuple[Segment, ...]
    """By corpus, then articles times characters; of each corpus ``LISTED`` at most."""

    totals: Mapping[int, int]
    """How many there are by number of the corpus, those counted too that only stand inside others."""


def find_segments(known: Catalogue, clusters: Owners, step: Step) -> Segments:
    """What recurs in three or more articles that are no duplicates of each other; ``clusters`` numbers those that are."""
    content, found, totals = known.places(), list[Recurring](), np.zeros(len(known.corpora), np.int64)
    for part, holders in enumerate(read_holders(known.segments, known.comparable()), 1):
        found.append(_recurring(holders, known.corpus, clusters, content))
        totals += np.bincount(found[-1].corpus, minlength=len(totals))
        step("counting segments", part, PARTS)
    most = [_most_frequent(found, number) for number in range(len(known.corpora))]
    listed = (segment for one in most for segment in _listed(_segments(known, one)))
    return Segments(tuple(listed), dict(enumerate(totals.tolist())))


def _recurring(holders: Holders, corpus: Owners, clusters: Owners, content: Owners) -> Recurring:
    """The segments of one part: documents are numbered by corpus, so those of a hash stand together by corpus."""
    often = holders.sizes >= _FEWEST
    hashes, documents = holders.hashes[often], holders.documents[often]
    corpora = corpus[documents]
    begins = np.ones(len(documents), bool)
    begins[1:] = (hashes[1:] != hashes[:-1]) | (corpora[1:] != corpora[:-1])
    starts, groups = np.flatnonzero(begins), np.cumsum(begins) - 1
    enough = _unlike(groups, clusters[documents], len(starts)) >= _FEWEST
    examples = documents[np.lexsort((content[documents], groups))[starts]]
    articles = np.bincount(groups, minlength=len(starts))
    return Recurring(hashes[starts][enough], corpora[starts][enough], articles[enough], examples[enough])


def _unlike(groups: Owners, clusters: Owners, count: int) -> Owners:
    """Of each group how many different clusters it has."""
    pairs = distinct((groups.astype(np.uint64) << np.uint64(32)) | clusters.astype(np.uint64))
    return np.bincount((pairs >> np.uint64(32)).astype(np.int64), minlength=count)


def _most_frequent(found: Sequence[Recurring], corpus: int) -> Recurring:
    """The ``_READ`` segments of one corpus that most articles hold."""
    every = Recurring(
        hashes=np.concatenate([one.hashes for one in found]),
        corpus=np.concatenate([one.corpus for one in found]),
        articles=np.concatenate([one.articles for one in found]),
        examples=np.concatenate([one.examples for one in found]),
    )
    chosen = np.flatnonzero(every.corpus == corpus)
    return _rows(every, chosen[np.lexsort((every.hashes[chosen], -every.articles[chosen]))][:_READ])


def _rows(every: Recurring, rows: Owners) -> Recurring:
    return Recurring(every.hashes[rows], every.corpus[rows], every.articles[rows], every.examples[rows])


def _segments(known: Catalogue, recurring: Recurring) -> Iterator[Segment]:
    """The segments read from their examples, these in order."""
    wanted = defaultdict[int, dict[int, int]](dict)
    for hash_, _, articles, example in zip(*(column.tolist() for column in recurring), strict=True):
        wanted[example][hash_] = articles
    of = np.bincount(known.corpus, minlength=len(known.corpora)).tolist()
    for example, articles_by_hash in sorted(wanted.items()):
        corpus, offset = known.corpora[known.corpus[example]], int(known.offsets[example])
        article = read_texts(corpus.path, [offset])[offset]
        for kind, piece, hash_ in _pieces(article.text):
            if articles := articles_by_hash.pop(hash_, None):
                yield Segment(
                    corpus=corpus.label,
                    articles=articles,
                    of=of[known.corpus[example]],
                    kind=kind,
                    characters=len(piece),
                    text=piece,
                    example=article.id,
                )


def _pieces(text: str) -> Iterator[tuple[Literal["paragraph", "sentence"], str, int]]:
    """The paragraphs of a text, then its sentences, each with its hash as entries have it."""
    paragraphs = text.split("\n")
    sentences = [sentence for paragraph in paragraphs for sentence in _SENTENCE.findall(paragraph)]
    folded = fold_texts([*paragraphs, *sentences])
    hashes = hash_spans(prefix_sums(folded.points), folded.starts[:-1], folded.starts[1:]) & ~DOCUMENT
    for number, (piece, hash_) in enumerate(zip((*paragraphs, *sentences), hashes.tolist(), strict=True)):
        yield "paragraph" if number < len(paragraphs) else "sentence", piece.strip().lstrip(_CLOSING), hash_


def _listed(segments: Iterable[Segment]) -> list[Segment]:
    """The segments that say most, without those that only stand inside another one of as many articles."""
    folds = [(fold(segment.text), segment) for segment in segments]
    folds.sort(key=lambda pair: (-len(pair[0]), pair[0]))
    outer = list[tuple[str, Segment]]()
    for text, segment in folds:
        if not any(text in other and segment.articles <= one.articles for other, one in outer):
            outer.append((text, segment))
    return sorted((one for _, one in outer), key=lambda one: (-one.articles * one.characters, one.text))[:LISTED]
