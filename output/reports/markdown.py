"""The dedup report in Markdown."""

import re
from collections.abc import Iterable, Iterator

from output.dedup.report import Cluster, DedupReport, Member, Name
from output.reports.pictures import visible

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&$])")
_SHOWN = 3  # changes of a pair


def render_markdown(report: DedupReport) -> Iterator[str]:
    """The report line by line; what articles say is escaped, so that it stays text."""
    yield f"# Duplicates\n\nJaccard {report.threshold:g} or above, or .9 of 300 characters contained. "
    yield f"What stays: {_cell(report.keep)}.\n\n"
    yield from _table(
        ("corpus", "articles", "giving way", "unread", "repeats"),
        ((one.corpus, one.articles, one.giving_way, one.unread, one.repeats) for one in report.corpora),
    )
    for cluster in report.clusters:
        yield from _cluster(cluster)
    if report.segments:
        yield "## Recurring paragraphs and sentences\n\n"
        yield from _table(
            ("corpus", "articles", "kind", "text"),
            ((one.corpus, f"{one.articles} of {one.of}", one.kind, one.text) for one in report.segments),
        )
    if report.repeats:
        yield "## Repeated within an article\n\n"
        yield from _table(
            ("corpus", "id", "rule", "block", "text"),
            ((one.corpus, one.id, one.rule, f"{one.page}.{one.block}", one.text) for one in report.repeats),
        )
    if report.notes:
        yield "## Notes\n\n"
        yield from (f"- {_cell(note)}\n" for note in report.notes)


def _cluster(cluster: Cluster) -> Iterator[str]:
    yield f"## Cluster {cluster.cluster}: {len(cluster.members)} articles\n\n"
    yield from _table(
        ("article", "title", "source", "published", "characters", "kept", "why"),
        (_member(member) for member in cluster.members),
    )
    yield from _table(
        ("first", "second", "kept", "kind", "jaccard", "first in second", "second in first", "changes", "difference"),
        (
            (
                *(pair.first, pair.second, pair.kept, pair.kind, f"{pair.jaccard:.4f}"),
                *(f"{pair.first_in_second:.4f}", f"{pair.second_in_first:.4f}", pair.changes_total),
                " ".join(map(str, pair.changes[:_SHOWN])),
            )
            for pair in cluster.pairs
        ),
    )
    if cluster.joined:
        rows = ((one.first, one.second, ", ".join(map(str, one.through))) for one in cluster.joined)
        yield from _table(("joined", "with", "only through"), rows)


def _member(member: Member) -> tuple[object, ...]:
    kept: Name | str = member.kept or "stays"
    return member.name, member.title, member.source, member.published, member.characters, kept, member.why


def _table(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    heads = list(columns)
    yield _row(heads)
    yield _row("---" for _ in heads)
    yield from (_row(_cell("" if cell is None else cell) for cell in row) for row in rows)
    yield "\n"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _cell(value: object) -> str:
    """The value as text on one line that Markdown leaves as it is.

    >>> _cell("a|b <script>")
    'a\\\\|b \\\\<script\\\\>'
    """
    return _SPECIAL.sub(r"\\\1", visible(" ".join(str(value).split())))
