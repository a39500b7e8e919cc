"""``fangtan dedup``: the duplicate report, and on demand a deduplicated copy."""

import errno
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click
import msgspec
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.text import Text

from output import exits
from output.cli import errors
from output.cli.console import add_rows, console, number_of, show, table
from output.cli.options import VERBOSE
from output.dedup.corpora import STDIN, CorporaError, Corpus, list_corpora

if TYPE_CHECKING:  # numpy is loaded when the command runs: the others need not wait for it
    from output.dedup.report import Cluster, DedupReport, Member, Name, Pair

_SHOWN = 3  # changes of a pair in the table; the other formats have 30
_LISTED = 10  # segments and repeats in the table
_CLUSTERS = 50  # clusters in the table: the reader of more wants the HTML
_CUT = 60  # characters of a passage in the table
_CODES = (
    exits.FINE,
    exits.FINDINGS,
    exits.USAGE,
    exits.SOME_FAILED,
    exits.DAMAGED,
    exits.NO_SPACE,
    exits.INTERRUPTED,
    exits.TERMINATED,
)
_PATH = click.Path(path_type=Path, exists=True, allow_dash=True)


@click.command(epilog=errors.exit_help(*_CODES))
@click.argument("corpora", metavar="CORPUS...", nargs=-1, required=True, type=_PATH)
@click.option(
    "--threshold",
    type=click.FloatRange(0.3, 1),
    default=0.7,
    show_default=True,
    help="Jaccard of folded 5-grams from which two articles are near-duplicates.",
)
@click.option(
    "--keep",
    default="earliest",
    show_default=True,
    metavar="POLICY",
    help="Which of several stays: earliest, longest, source:NAME; several parted by commas.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "jsonl", "md", "html"]),
    default="table",
    show_default=True,
    help="What to print.",
)
@click.option(
    "--apply", "out", metavar="OUT", type=click.Path(path_type=Path, file_okay=False), help="Write a deduplicated copy there."
)
@click.option("--jobs", type=click.IntRange(min=1), help="Processes; the report is the same. Default: all processors.")
@VERBOSE
def dedup(
    *, corpora: tuple[Path, ...], threshold: float, keep: str, form: str, out: Path | None, jobs: int | None, verbose: bool
) -> int:
    """Report what corpora hold more than once: of what, how alike, and where they differ. Changes nothing.

    CORPUS is a series folder, its articles.jsonl, any other file of records, or - for stdin. Compared is the text under
    fold: script, width, case, punctuation and space do not matter. Reported are pairs at the threshold, and articles of
    300 characters and more of which another one holds .9; paragraphs and sentences that recur through a corpus; and what
    cleaning found repeated within articles. Of near ones the policy says which stays; what is only contained gives way to
    the article that holds it. Nothing gives way because a third resembles both.

    --apply OUT writes the corpora without what gives way, and OUT/dedup-plan.jsonl: kept, dropped, why. Exit code 1 means
    that there are duplicates among the articles; of lines that cannot be read each is named, and the code is 3.

    \b
    Examples:
      fangtan dedup data/jl_ifeng/anquan
      fangtan dedup data/*/* --keep source:新华社,earliest --format html > report.html
      fangtan dedup old.jsonl new.jsonl --format jsonl | jq 'select(.row == "pair")'
      fangtan dedup data/jl_ifeng/anquan --apply deduplicated/
    """
    from output.dedup.apply import apply_plan, targets
    from output.dedup.find import Asked, find_duplicates
    from output.dedup.keep import PolicyError, parse_policy

    with tempfile.TemporaryDirectory(prefix="fangtan-dedup-") as scratch, _progress() as step:
        try:
            listed = _listed(corpora, Path(scratch))
            asked = Asked(threshold, parse_policy(keep), jobs or len(os.sched_getaffinity(0)))
            if out:
                targets(listed, out)
        except (CorporaError, PolicyError) as error:
            raise click.UsageError(str(error)) from None
        with _scratch_told(scratch):
            found = find_duplicates(listed, asked, Path(scratch), step)
        if out:
            apply_plan(found, out, step)
    return _told(found.report, form, verbose=verbose)


def _listed(paths: tuple[Path, ...], scratch: Path) -> tuple[Corpus, ...]:
    """The corpora; what comes from stdin is kept for the time of the run."""
    corpora = list_corpora(path for path in paths if path != Path(STDIN))
    if len(corpora) == len(paths):
        return corpora
    kept = scratch / "stdin.jsonl"
    with kept.open("wb") as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
    return tuple(sorted((Corpus(STDIN, kept, kept.stat().st_size), *corpora), key=lambda corpus: corpus.label))


@contextmanager
def _scratch_told(scratch: str) -> Iterator[None]:
    """Says which disk is full: it is none that the user named."""
    try:
        yield
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        raise OSError(error.errno, f"{error.strerror}; TMPDIR may name another disk", scratch) from None


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """Draws on stderr how far the work is, where that is a terminal; after SIGTERM the next step is the end."""
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    screen = console(sys.stderr)
    # It draws when told to: a thread that draws would be in the middle of something when worker processes are forked.
    with Progress(*columns, console=screen, transient=True, disable=not sys.stderr.isatty(), auto_refresh=False) as bar:
        task, ended = bar.add_task(""), Event()

        def step(what: str, done: int, total: int) -> None:
            if ended.is_set():
                raise exits.Terminated
            bar.update(task, description=what, completed=done, total=total, refresh=True)

        # Raised by the handler itself it could be lost: Python ignores what is raised while a worker is forked.
        before = signal.signal(signal.SIGTERM, lambda *_: ended.set())
        try:
            yield step
        finally:
            signal.signal(signal.SIGTERM, before)


def _told(report: "DedupReport", form: str, *, verbose: bool) -> int:
    """Print the report; return the exit code."""
    from output.reports.html import render_html
    from output.reports.markdown import render_markdown
    from output.reports.rows import render_jsonl

    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(report)))
    elif form == "jsonl":
        sys.stdout.buffer.writelines(render_jsonl(report))
    elif form == "md":
        sys.stdout.writelines(render_markdown(report))
    elif form == "html":
        sys.stdout.writelines(render_html(report))
    elif report.clusters or verbose or sys.stdout.isatty():
        _print(report)
    for note in report.notes:
        click.echo(errors.printable(note), err=True)
    if any(corpus.unread for corpus in report.corpora):
        return exits.SOME_FAILED
    return exits.FINDINGS if report.clusters else exits.FINE


def _print(report: "DedupReport") -> None:
    out, alone = console(sys.stdout), len(report.corpora) == 1
    for cluster in report.clusters[:_CLUSTERS]:
        _print_cluster(cluster, alone=alone)
    _print_more(len(report.clusters) - _CLUSTERS, "cluster")
    if report.segments:
        out.print("recurring paragraphs and sentences", style="bold")
        segments = ((one.corpus, f"{one.articles} of {one.of}", one.kind, one.text) for one in report.segments[:_LISTED])
        show(out, add_rows(table("corpus", "articles", "kind", "text", wrapped=("corpus", "text")), segments))
        _print_more(len(report.segments) - _LISTED, "segment")
    if report.repeats:
        out.print("repeated within an article, removed by cleaning", style="bold")
        repeats = ((one.corpus, one.id, one.rule, one.text[:_CUT]) for one in report.repeats[:_LISTED])
        show(out, add_rows(table("corpus", "id", "rule", "text", wrapped=("corpus", "text")), repeats))
        _print_more(len(report.repeats) - _LISTED, "block")
    counts = ((one.corpus, one.articles, one.giving_way, one.repeats, one.unread) for one in report.corpora)
    show(out, add_rows(table("corpus", "articles", "giving way", "repeats", "unread", wrapped=("corpus",)), counts))


def _print_cluster(cluster: "Cluster", *, alone: bool) -> None:
    out = console(sys.stdout)
    out.print(f"cluster {cluster.cluster}: {number_of(len(cluster.members), 'article')}", style="bold")
    members = (
        (_name(one.name, alone=alone), _stays(one), one.published or "", one.source or "", one.characters, one.title or "")
        for one in cluster.members
    )
    made = table("article", "why", "published", "source", "characters", "title", wrapped=("why", "title"))
    show(out, add_rows(made, members))
    pairs = (
        (*(_name(name, alone=alone) for name in (pair.first, pair.second)), pair.kind, *_figures(pair), _difference(pair))
        for pair in cluster.pairs
    )
    made = table("first", "second", "kind", "jaccard", "1st in 2nd", "2nd in 1st", "difference", wrapped=("difference",))
    show(out, add_rows(made, pairs))
    for one in cluster.joined:
        names = [_name(name, alone=alone) for name in (one.first, one.second, *one.through)]
        out.print(errors.printable(f"{names[0]} and {names[1]} are joined only through {', '.join(names[2:])}"))
    out.print()


def _name(name: "Name", *, alone: bool) -> str:
    return name.id if alone else str(name)


def _stays(member: "Member") -> Text:
    return Text(errors.printable(member.why), style="red" if member.kept else "green")


def _figures(pair: "Pair") -> tuple[str, ...]:
    return tuple(f"{figure:.4f}" for figure in (pair.jaccard, pair.first_in_second, pair.second_in_first))


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
        click.echo(f"and {number_of(number, f'more {noun}')}: --format html, md, json and jsonl have them all")
