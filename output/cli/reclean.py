"""``fangtan reclean``: new rules over the whole archive, without a request."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path

import click

from crawler.archive import read_archive
from crawler.lock import lock_series, series_folder
from crawler.portal import find_series
from output import exits
from output.changes import Change, render_change
from output.cli import errors
from output.cli.console import number_of
from output.cli.options import SERIES, chosen
from output.publish import publish

_CODES = (
    *(exits.FINE, exits.FINDINGS, exits.USAGE, exits.SOME_FAILED, exits.NOTHING, exits.LOCKED, exits.DAMAGED),
    *(exits.NO_SPACE, exits.DRIFTED, exits.INTERRUPTED, exits.TERMINATED),
)


@click.command(epilog=errors.exit_help(*_CODES))
@SERIES
@click.option("--diff", is_flag=True, help="Show what would change, and publish nothing.")
@click.option("--fail-over", metavar="PERCENT", type=click.FloatRange(0, 100), help="Exit 1 and publish nothing if more changes.")
@click.option("--accept-drift", is_flag=True, help="Publish what drift held back too: you looked, and it is as it should be.")
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Processes; the output is the same.")
def reclean(
    *, series: str, portal: str | None, data: Path, diff: bool, fail_over: float | None, accept_drift: bool, jobs: int
) -> int:
    """Clean the whole archive of SERIES again, by the rules of today, and publish the result; no request is made.

    Where nothing changes the corpus keeps its bytes. With --fail-over more than so many percent of the articles that
    change, come or go end it with exit 1 before anything is published.

    \b
    Examples:
      fangtan reclean jl_ifeng/anquan --diff
      fangtan reclean jl_ifeng/anquan --fail-over 5 --jobs 2
      fangtan reclean jl_ifeng/anquan --accept-drift
    """
    known, name = chosen(series, portal)
    find_series(known, name)
    folder = series_folder(data, known, name)
    if not (folder / "archive").is_dir():
        raise click.UsageError(f"{folder / 'archive'} is not there; --data says where the corpora are")
    review = partial(_review, shown=diff, fail_over=fail_over)
    with lock_series(folder), exits.raising_on_sigterm():
        captures = read_archive(folder / "archive")
        published = publish(captures, folder, known, name, jobs=jobs, review=review, trusting=accept_drift)
    causes = [*map(str, published.drift), *(f"skipped {line.url}: {line.reason}: {line.remedy}" for line in published.failures)]
    for cause in causes:
        click.echo(errors.printable(cause), err=True)
    return exits.DRIFTED if published.drift else exits.SOME_FAILED if causes else exits.FINE


def _review(changes: Iterable[Change], total: int, *, shown: bool, fail_over: float | None) -> bool:
    """Show or count the changes; whether they are to be published."""
    count = 0
    for change in changes:
        count += 1
        if shown:
            click.echo("\n".join(map(errors.printable, render_change(change).split("\n"))))
    percent = 100 * count / max(1, total)
    if shown:
        click.echo(f"{count} of {number_of(total, 'article')} would change ({percent:.1f} %)")
    if fail_over is not None and percent > fail_over:
        raise exits.CommandError(
            exits.FINDINGS,
            f"{count} of {number_of(total, 'article')} would change ({percent:.1f} %), more than --fail-over {fail_over:g}; "
            f"nothing was published; see --diff",
        )
    return not shown
