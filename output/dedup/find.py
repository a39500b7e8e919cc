"""Duplicates of corpora, found: the order of the work."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from output.dedup.assemble import WHOLE, Duplicates, assemble, explain, find_crowds, judge
from output.dedup.candidates import Pairs, find_candidates, same_texts
from output.dedup.catalogue import Catalogue, Step, catalogue
from output.dedup.check import Checked, Head, check_pairs, cut_tasks, tell_differences
from output.dedup.corpora import Corpus, read_texts
from output.dedup.crowds import settle
from output.dedup.difference import Difference
from output.dedup.keep import Policy
from output.dedup.repeats import LISTED as REPEATS
from output.dedup.repeats import Repeats, read_repeats
from output.dedup.report import CorpusCounts, DedupReport, Name
from output.dedup.segments import LISTED as SEGMENTS
from output.dedup.segments import Segments, find_segments
from output.dedup.sketches import Owners
from output.parallel import map_ordered

_NAMED = 20  # odd articles of a corpus that are named one by one
_HUGE = 1_000_000  # characters; the longest interview we know has 40,000


class Asked(NamedTuple):
    """What the user wants to know."""

    threshold: float
    """Jaccard from which a pair is reported."""

    policy: Policy
    """Which article stays."""

    jobs: int
    """Processes; the report is the same for any number."""


class Found(NamedTuple):
    """The report, and what a deduplicated copy needs beside it."""

    report: DedupReport
    """The report."""

    known: Catalogue
    """All articles."""

    duplicates: Duplicates
    """Who gives way to whom."""


def find_duplicates(corpora: Sequence[Corpus], asked: Asked, folder: Path, step: Step) -> Found:
    """What the corpora hold more than once. Nothing is changed; ``folder`` takes what does not fit into memory.

    Memory: some 100 bytes an article, 100 MB for each part of the files, and what is reported.
    """
    known = catalogue(corpora, folder, jobs=asked.jobs, step=step)
    same = same_texts(known)
    candidates = np.concatenate((same, find_candidates(known, same, asked.threshold, folder, step)))
    duplicates = _duplicates(known, candidates, asked, step)
    segments = find_segments(known, duplicates.cluster_of, step)
    repeats = [read_repeats(corpus) for corpus in corpora]
    report = DedupReport(
        corpora=tuple(_counts(known, duplicates, repeats)),
        threshold=asked.threshold,
        keep=str(asked.policy),
        clusters=explain(duplicates, _differences(known, duplicates, asked, step)),
        segments=segments.listed,
        repeats=tuple(repeat for one in repeats for repeat in one.listed),
        notes=(*_notes(known, duplicates, segments, repeats), *_policy_notes(duplicates, asked.policy)),
    )
    return Found(report, known, duplicates)


def _duplicates(known: Catalogue, candidates: Pairs, asked: Asked, step: Step) -> Duplicates:
    """The clusters, with all pairs that decide what stays in crowds."""
    pairs, heads = _checked(known, candidates, asked, step)
    judged = judge(known, heads, asked.threshold, asked.policy)
    more = settle(find_crowds(judged, pairs), asked.threshold, lambda chosen: _checked(known, chosen, asked, step)[0])
    return assemble(judged, [*pairs, *more])


def _differences(known: Catalogue, duplicates: Duplicates, asked: Asked, step: Step) -> Mapping[tuple[Name, Name], Difference]:
    """How the pairs of the report differ; those of the same text do not."""
    listed = (pair for cluster in duplicates.clusters for pair in cluster.pairs if pair.kind in ("near", "contained"))
    number_of = {name: number for number, name in duplicates.names.items()}
    pairs = np.array([(number_of[pair.first], number_of[pair.second]) for pair in listed], np.int64).reshape(-1, 2)
    found, tasks = dict[tuple[Name, Name], Difference](), list(cut_tasks(known, pairs, asked.threshold))
    for task, differences in zip(tasks, map_ordered(tell_differences, tasks, jobs=asked.jobs), strict=True):
        names = ((duplicates.names[first], duplicates.names[second]) for first, second in task.pairs.tolist())
        found.update(zip(names, differences, strict=True))
        step("telling differences", len(found), len(pairs))
    return found


def _checked(known: Catalogue, candidates: Pairs, asked: Asked, step: Step) -> tuple[list[Checked], Mapping[int, Head]]:
    """The candidates that are duplicates."""
    pairs, heads, done = list[Checked](), dict[int, Head](), 0
    tasks = list(cut_tasks(known, candidates, asked.threshold))
    for task, outcome in zip(tasks, map_ordered(check_pairs, tasks, jobs=asked.jobs), strict=True):
        pairs.extend(outcome.pairs)
        heads.update(outcome.heads)
        step("checking pairs", done := done + len(task.pairs), len(candidates))
    return pairs, heads


def _counts(known: Catalogue, duplicates: Duplicates, repeats: Sequence[Repeats]) -> Iterator[CorpusCounts]:
    giving_way = np.bincount(known.corpus[list(duplicates.partner_of)], minlength=len(known.corpora))
    for number, (corpus, repeated) in enumerate(zip(known.corpora, repeats, strict=True)):
        yield CorpusCounts(
            corpus=corpus.label,
            articles=int((known.corpus == number).sum()),
            unread=sum(problem.corpus == number for problem in known.problems) + len(repeated.problems),
            giving_way=int(giving_way[number]),
            repeats=repeated.total,
        )


def _notes(known: Catalogue, duplicates: Duplicates, segments: Segments, repeats: Sequence[Repeats]) -> Iterator[str]:
    for problem in known.problems:
        yield f"{known.corpora[problem.corpus].name}:{problem.line}: {problem.problem}"
    yield from (line for repeated in repeats for line in repeated.problems)
    for number, corpus in enumerate(known.corpora):
        yield from _corpus_notes(known, number)
        if (more := segments.totals[number] - SEGMENTS) > 0:
            yield f"{corpus.label}: {more:,} more paragraphs and sentences recur, those inside listed ones included"
        if (more := repeats[number].total - REPEATS) > 0:
            yield f"{corpus.label}: {more:,} more blocks are repeated in their article; fangtan why ID shows them"
    for cluster in duplicates.clusters:
        if len(cluster.members) > WHOLE:
            yield f"cluster {cluster.cluster}: {len(cluster.members):,} articles; of each only one pair is listed"


def _policy_notes(duplicates: Duplicates, policy: Policy) -> Iterator[str]:
    """Sources that cannot have decided anything: most likely they are written otherwise in the records."""
    sources = {member.source for cluster in duplicates.clusters for member in cluster.members}
    for source in policy.sources:
        if sources and source not in sources:
            yield f"--keep source:{source}: no duplicate has this source"


def _corpus_notes(known: Catalogue, number: int) -> Iterator[str]:
    """What is odd about the articles of one corpus."""
    corpus, own = known.corpora[number], known.corpus == number
    if not own.any():
        yield f"{corpus.name}: holds no article"
    short = np.flatnonzero(own & ~known.comparable())
    for name, size in _named(known, corpus, short):
        yield f"{name}: {size} {'character' if size == 1 else 'characters'}, too few to compare"
    if len(short) > _NAMED:
        yield f"{corpus.label}: {len(short) - _NAMED:,} more articles have too few characters to compare"
    for name, size in _named(known, corpus, np.flatnonzero(own & (known.sizes > _HUGE))):
        yield f"{name}: {size:,} characters, compared whole; is it one article?"


def _named(known: Catalogue, corpus: Corpus, numbers: Owners) -> Iterator[tuple[str, int]]:
    """Corpus and id of the first articles by id, and their folded characters."""
    size_of = dict(zip(known.offsets[numbers].tolist(), known.sizes[numbers].tolist(), strict=True))
    offsets = sorted(known.offsets[numbers[np.argsort(known.ids[numbers], kind="stable")][:_NAMED]].tolist())
    texts = read_texts(corpus.path, offsets)
    return iter(sorted((f"{corpus.label}:{text.id}", size_of[offset]) for offset, text in texts.items()))
