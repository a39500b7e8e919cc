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

from output import exits
from output.cli import errors
from output.cli.console import console
from output.cli.dedup_table import print_report
from output.cli.options import VERBOSE
from output.dedup.corpora import STDIN, CorporaError, Corpus, list_corpora

if TYPE_CHECKING:  # numpy is loaded when the command runs: the others need not wait for it
    from output.dedup.report import DedupReport

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
    elif report.clusters or report.segments or report.repeats or verbose or sys.stdout.isatty():
        print_report(report)
    for note in report.notes:
        click.echo(errors.printable(note), err=True)
    if any(corpus.unread for corpus in report.corpora):
        return exits.SOME_FAILED
    return exits.FINDINGS if report.clusters else exits.FINE
