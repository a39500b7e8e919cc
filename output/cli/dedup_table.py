"""The duplicate report on a terminal: tables, and where one is too wide, its rows one below the other."""

import sys
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from output.cli import errors
from output.cli.console import add_rows, console, number_of, show, table

if TYPE_CHECKING:  # numpy is loaded when the command runs: the others need not wait for it
    from output.dedup.report import Cluster, DedupReport, Joined, Member, Name, Pair

_CLUSTERS = 50  # listed: the reader of more wants the HTML
_LISTED = 20  # members, pairs and joined ones of a cluster, segments and repeats that are listed
_SHOWN = 3  # changes of a pair; the other formats have 30
_CUT = 60  # characters of a passage
_ROOM = 24  # columns that text in a table needs, to be read without effort

_MEMBER = ("article", "why", "published", "source", "characters", "title")
_PAIR = ("first", "second", "kind", "jaccard", "1st in 2nd", "2nd in 1st", "difference")
_CORPUS = ("corpus", "articles", "giving way", "repeats", "unread")


def print_report(report: "DedupReport") -> None:
    """Print the report to stdout; what it leaves out is counted."""
    out, alone = console(sys.stdout), len(report.corpora) == 1
    for cluster in report.clusters[:_CLUSTERS]:
        _print_cluster(out, cluster, alone=alone)
    _print_more(len(report.clusters) - _CLUSTERS, "cluster")
    if report.segments:
        out.print("recurring paragraphs and sentences", style="bold")
        segments = ((one.corpus, f"{one.articles} of {one.of}", one.kind, one.text) for one in report.segments)
        _print_rows(out, ("corpus", "articles", "kind", "text"), segments, wrapped=("corpus", "text"))
        _print_more(len(report.segments) - _LISTED, "segment")
    if report.repeats:
        out.print("repeated within an article, removed by cleaning", style="bold")
        repeats = ((one.corpus, one.id, one.rule, _cut(one.text)) for one in report.repeats)
        _print_rows(out, ("corpus", "id", "rule", "text"), repeats, wrapped=("corpus", "text"))
        _print_more(len(report.repeats) - _LISTED, "block")
    counts = ((one.corpus, one.articles, one.giving_way, one.repeats, one.unread) for one in report.corpora)
    show(out, add_rows(table(*_CORPUS, wrapped=("corpus",)), counts))


def _print_cluster(out: Console, cluster: "Cluster", *, alone: bool) -> None:
    out.print(f"cluster {cluster.cluster}: {number_of(len(cluster.members), 'article')}", style="bold")
    members = (
        (_name(one.name, alone=alone), _stays(one), one.published or "", one.source or "", one.characters, one.title or "")
        for one in cluster.members
    )
    _print_rows(out, _MEMBER, members, wrapped=("why", "title"))
    _print_more(len(cluster.members) - _LISTED, "article")
    pairs = (
        (*(_name(name, alone=alone) for name in (pair.first, pair.second)), pair.kind, *_figures(pair), _difference(pair))
        for pair in cluster.pairs
    )
    _print_rows(out, _PAIR, pairs, wrapped=("difference",))
    _print_more(len(cluster.pairs) - _LISTED, "pair")
    for one in cluster.joined[:_LISTED]:
        out.print(errors.printable(_joined(one, alone=alone)))
    _print_more(len(cluster.joined) - _LISTED, "joined one")
    out.print()


def _print_rows(out: Console, columns: Sequence[str], rows: Iterable[Iterable[object]], *, wrapped: tuple[str, ...]) -> None:
    """The first rows as a table, or where that is too narrow to be read, each as lines of ``column  value``."""
    cells = [[_cell(value) for value in row] for row in islice(rows, _LISTED)]
    widths = (max(len(column), *(cell.cell_len for cell in own)) for column, *own in zip(columns, *cells, strict=True))
    needed = (min(width, _ROOM) if column in wrapped else width for column, width in zip(columns, widths, strict=True))
    if sum(needed) + 2 * (len(columns) - 1) <= out.width:
        show(out, add_rows(table(*columns, wrapped=wrapped), cells))
        return
    for row in cells:
        lines = Table.grid(padding=(0, 2, 0, 0))
        for column, cell in zip(columns, row, strict=True):
            if cell:
                lines.add_row(Text(column, style="bold"), cell)
        show(out, lines)
        out.print()


def _cell(value: object) -> Text:
    return value if isinstance(value, Text) else Text(errors.printable(str(value)))


def _name(name: "Name", *, alone: bool) -> str:
    return name.id if alone else str(name)


def _stays(member: "Member") -> Text:
    return Text(errors.printable(member.why), style="red" if member.kept else "green")


def _figures(pair: "Pair") -> tuple[str, ...]:
    return tuple(f"{figure:.4f}" for figure in (pair.jaccard, pair.first_in_second, pair.second_in_first))


def _joined(joined: "Joined", *, alone: bool) -> str:
    names = [_name(name, alone=alone) for name in (joined.first, joined.second, *joined.through)]
    return f"{names[0]} and {names[1]} are joined only through {', '.join(names[2:])}"


def _difference(pair: "Pair") -> Text:
    """The first changes, what the first text says in red and what the second says in green."""
    told = Text()
    for change in pair.changes[:_SHOWN]:
        before, first, second, after = map(errors.printable, (change.before, change.first, change.second, change.after))
        arrow = "moved" if change.moved else "→"
        parts = (
            (f"…{before}[", ""),
            (_cut(first), "red"),
            (arrow, ""),
            ("" if change.moved else _cut(second), "green"),
            (f"]{after}… ", ""),
        )
        told.append_text(Text.assemble(*parts))
    if (more := pair.changes_total - _SHOWN) > 0:
        told.append(f"and {number_of(more, 'more change')}")
    return told


def _cut(text: str) -> str:
    return text if len(text) <= _CUT else f"{text[:_CUT]}… ({len(text)} characters)"


def _print_more(number: int, noun: str) -> None:
    if number > 0:
        click.echo(f"and {number_of(number, f'more {noun}')}: --format jsonl has them all")
