"""The dedup report as flat rows: the columns of ``--format jsonl`` and of every table. Their names are stable."""

from collections.abc import Iterator, Mapping

import msgspec

from output.dedup.report import Cluster, CorpusCounts, DedupReport, Joined, Kind, Member, Pair, Repeat, Segment
from output.schema import field_docs


class ArticleRow(msgspec.Struct, frozen=True, kw_only=True, tag_field="row", tag="article"):
    """An article of a cluster."""

    cluster: int
    """Number of the cluster, the largest first."""

    corpus: str
    """The corpus: its path as given, without ``/articles.jsonl``."""

    id: str
    """Id of the article; ``…~2`` where a second article of the corpus has the same."""

    title: str | None
    """The headline."""

    source: str | None
    """来源."""

    published: str | None
    """When it was published, as in the record."""

    url: str | None
    """URL as fetched."""

    characters: int
    """Characters of its text."""

    kept_corpus: str | None
    """Corpus of the article that stays in its place; null: it stays itself."""

    kept_id: str | None
    """Id of that article."""

    why: str
    """Why it stays or gives way, in words."""


class PairRow(msgspec.Struct, frozen=True, kw_only=True, tag_field="row", tag="pair"):
    """Two articles that are duplicates."""

    cluster: int
    """Number of the cluster."""

    first_corpus: str
    """Corpus of the one: where one of the two stays, that one."""

    first_id: str
    """Its id."""

    second_corpus: str
    """Corpus of the other."""

    second_id: str
    """Its id."""

    kept: bool
    """Whether the first stays in the second's place; else each gives way to a third, or both stay."""

    kind: Kind
    """``same``: character for character; ``retypeset``: but for width, script, case, punctuation and space; ``near``: Jaccard
    at the threshold or above; ``contained``: less, but one holds .9 of the other."""

    jaccard: float
    """Different 5-grams of folded characters that both have, of those that either has."""

    first_in_second: float
    """Share of the first one's 5-grams that the second has."""

    second_in_first: float
    """Share of the second one's 5-grams that the first has."""

    changes: int
    """At how many places they differ under ``fold``."""

    difference: tuple[str, ...]
    """The first 30 of them: ``…before[first→second]after…``."""


class JoinedRow(msgspec.Struct, frozen=True, kw_only=True, tag_field="row", tag="joined"):
    """Two articles of a cluster that are no duplicates of each other, only of others in it."""

    cluster: int
    """Number of the cluster."""

    first_corpus: str
    """Corpus of the one."""

    first_id: str
    """Its id."""

    second_corpus: str
    """Corpus of the other."""

    second_id: str
    """Its id."""

    through: tuple[str, ...]
    """The articles between them, ``corpus:id``, each a duplicate of the next."""


_KINDS: Mapping[str, type[msgspec.Struct]] = {
    "corpus": CorpusCounts,
    "article": ArticleRow,
    "pair": PairRow,
    "joined": JoinedRow,
    "segment": Segment,
    "repeat": Repeat,
}


def column_table() -> str:
    """The columns of each row as a Markdown table."""
    lines = (f"| `{row}` | `{name}` | {doc} |\n" for row, kind in _KINDS.items() for name, doc in field_docs(kind).items())
    return (
        "| row | column | meaning |\n|---|---|---|\n"
        + "".join(lines)
        + "| `note` | `note` | What else must be known, in words. |\n"
    )


def pair_row(cluster: int, pair: Pair) -> PairRow:
    """A pair as a row."""
    return PairRow(
        cluster=cluster,
        first_corpus=pair.first.corpus,
        first_id=pair.first.id,
        second_corpus=pair.second.corpus,
        second_id=pair.second.id,
        kept=pair.kept is not None,
        kind=pair.kind,
        jaccard=pair.jaccard,
        first_in_second=pair.first_in_second,
        second_in_first=pair.second_in_first,
        changes=pair.changes_total,
        difference=tuple(map(str, pair.changes)),
    )


def render_jsonl(report: DedupReport) -> Iterator[bytes]:
    """A line for each finding; ``row`` says what: corpus, article, pair, joined, segment, repeat or note."""
    for row in _rows(report):
        yield msgspec.json.encode(row) + b"\n"


def _rows(report: DedupReport) -> Iterator[object]:
    yield from (_tagged("corpus", corpus) for corpus in report.corpora)
    for cluster in report.clusters:
        yield from _cluster_rows(cluster)
    yield from (_tagged("segment", segment) for segment in report.segments)
    yield from (_tagged("repeat", repeat) for repeat in report.repeats)
    yield from ({"row": "note", "note": note} for note in report.notes)


def _cluster_rows(cluster: Cluster) -> Iterator[object]:
    yield from (_article_row(cluster.cluster, member) for member in cluster.members)
    yield from (pair_row(cluster.cluster, pair) for pair in cluster.pairs)
    yield from (_joined_row(cluster.cluster, joined) for joined in cluster.joined)


def _article_row(cluster: int, member: Member) -> ArticleRow:
    return ArticleRow(
        cluster=cluster,
        corpus=member.name.corpus,
        id=member.name.id,
        title=member.title,
        source=member.source,
        published=member.published,
        url=member.url,
        characters=member.characters,
        kept_corpus=member.kept.corpus if member.kept else None,
        kept_id=member.kept.id if member.kept else None,
        why=member.why,
    )


def _joined_row(cluster: int, joined: Joined) -> JoinedRow:
    return JoinedRow(
        cluster=cluster,
        first_corpus=joined.first.corpus,
        first_id=joined.first.id,
        second_corpus=joined.second.corpus,
        second_id=joined.second.id,
        through=tuple(map(str, joined.through)),
    )


def _tagged(row: str, item: object) -> dict[str, object]:
    return {"row": row, **msgspec.structs.asdict(item)}  # type: ignore[arg-type]  # all items of a report are structs
