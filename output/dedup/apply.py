"""A deduplicated copy of the corpora, with the plan that says of each duplicate what became of it and why."""

from collections.abc import Iterator, Mapping, Sequence, Set
from os.path import commonpath
from pathlib import Path
from typing import Literal

import msgspec
import numpy as np

from output.corpus import encode_line, read_lines, replacing
from output.dedup.assemble import Duplicates
from output.dedup.catalogue import Step
from output.dedup.corpora import STDIN, CorporaError, Corpus
from output.dedup.find import Found
from output.dedup.survey import hash_text

PLAN = "dedup-plan.jsonl"
"""What a copy has at its top, so that it can be told from a corpus that nobody may write over."""

_LINES = 1_000  # that are written between two looks at the clock and for SIGTERM


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """One article that has duplicates: one line of ``dedup-plan.jsonl``. Every other article is kept."""

    corpus: str
    """The corpus, as in the report."""

    id: str
    """Id of the article, as in the report."""

    action: Literal["kept", "dropped"]
    """Whether the copy holds it."""

    cluster: int
    """Number of its cluster in the report."""

    kept_corpus: str | None
    """Corpus of the article that stays in its place; null where it is kept."""

    kept_id: str | None
    """Id of that article."""

    why: str
    """Why it is kept or dropped, in words."""


def plan(duplicates: Duplicates) -> list[Planned]:
    """The plan, by corpus and id."""
    members = ((cluster.cluster, member) for cluster in duplicates.clusters for member in cluster.members)
    lines = (
        Planned(
            corpus=member.name.corpus,
            id=member.name.id,
            action="dropped" if member.kept else "kept",
            cluster=number,
            kept_corpus=member.kept.corpus if member.kept else None,
            kept_id=member.kept.id if member.kept else None,
            why=member.why,
        )
        for number, member in members
    )
    return sorted(lines, key=lambda line: (line.corpus, line.id))


def targets(corpora: Sequence[Corpus], out: Path) -> Mapping[str, Path]:
    """Where below ``out`` the copy of each corpus goes, by label: as the corpora lie to each other.

    :raises CorporaError: a copy would take the place of a corpus, or of anything else but an earlier copy.
    """
    files = {corpus.label: corpus.path.resolve() for corpus in corpora if corpus.label != STDIN}
    root = commonpath([file.parent for file in files.values()]) if files else out
    copies = {label: out / file.relative_to(root) for label, file in files.items()}
    if len(files) < len(corpora):
        copies[STDIN] = out / "stdin.jsonl"
    _refuse_taken(out, copies, set(files.values()))
    return copies


def _refuse_taken(out: Path, copies: Mapping[str, Path], files: Set[Path]) -> None:
    inputs = files | {file.with_name("removed.jsonl") for file in files}
    for copy in copies.values():
        written = {copy.resolve(), copy.resolve().with_name("removed.jsonl")}
        if written & inputs:
            raise CorporaError(f"{copy} is a corpus that is read; give --apply another folder")
        if not (out / PLAN).exists() and any(file.exists() for file in written):
            raise CorporaError(f"{copy.parent} holds a corpus already, and {out} no {PLAN}; give --apply another folder")
    if len(set(copies.values())) < len(copies):
        raise CorporaError(f"two corpora would be copied to {copies[STDIN]}; give stdin as a file")


def apply_plan(found: Found, out: Path, step: Step) -> None:
    """Write the copy: each corpus without what is dropped, its ``removed.jsonl`` likewise, and the plan; all or nothing.

    Lines that cannot be read are copied as they are: nothing is lost that nobody has compared.
    """
    corpora, copies = found.known.corpora, targets(found.known.corpora, out)
    beside = {
        copies[corpus.label].with_name("removed.jsonl"): number for number, corpus in enumerate(corpora) if _removed(corpus)
    }
    for path in copies.values():
        path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(out / PLAN, *copies.values(), *beside) as (plan_file, *files):
        plan_file.writelines(map(encode_line, plan(found.duplicates)))
        for number, corpus in enumerate(corpora):
            files[number].writelines(_kept_lines(corpus, _dropped_offsets(found, number), step))
        for file, number in zip(files[len(corpora) :], beside.values(), strict=True):
            file.writelines(_kept_removed(corpora[number], _dropped_ids(found, number)))


def _removed(corpus: Corpus) -> bool:
    return corpus.path.name == "articles.jsonl" and corpus.path.with_name("removed.jsonl").is_file()


def _dropped_offsets(found: Found, corpus: int) -> frozenset[int]:
    dropped = np.fromiter(found.duplicates.partner_of, np.int64)
    return frozenset(found.known.offsets[dropped[found.known.corpus[dropped] == corpus]].tolist())


def _dropped_ids(found: Found, corpus: int) -> frozenset[int]:
    """Hashes of the ids of which the copy holds no article."""
    own = np.flatnonzero(found.known.corpus == corpus)
    dropped = np.isin(own, np.fromiter(found.duplicates.partner_of, np.int64))
    ids = found.known.ids[own]
    return frozenset(ids[dropped].tolist()) - frozenset(ids[~dropped & np.isin(ids, ids[dropped])].tolist())


def _kept_lines(corpus: Corpus, dropped: frozenset[int], step: Step) -> Iterator[bytes]:
    offset = 0
    with corpus.path.open("rb") as file:
        for number, line in enumerate(file):
            if number % _LINES == 0:
                step(f"writing {corpus.label}", offset, corpus.size)
            if offset not in dropped:
                yield line
            offset += len(line)


class _Owner(msgspec.Struct, frozen=True):
    id: str


def _kept_removed(corpus: Corpus, dropped: frozenset[int]) -> Iterator[bytes]:
    """The lines of ``removed.jsonl`` but for those of articles that are gone."""
    decoder = msgspec.json.Decoder(_Owner)
    for _, line in read_lines(corpus.path.with_name("removed.jsonl")):
        try:
            gone = hash_text(decoder.decode(line).id)[0] in dropped
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            gone = False
        if not gone:
            yield line
