"""``fangtan crawl``: a series from the portal into the corpus."""

import logging
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.lock import lock_series, series_folder
from output import exits
from output.cli import errors
from output.cli.options import PROXY, SERIES, chosen
from output.cli.summary import print_summary

if TYPE_CHECKING:
    from output.runs import Asked

_CODES = (
    *(exits.FINE, exits.FINDINGS, exits.USAGE, exits.SOME_FAILED, exits.NOTHING, exits.LOCKED),
    *(exits.DAMAGED, exits.NO_SPACE, exits.DRIFTED, exits.INTERRUPTED, exits.TERMINATED),
)


@click.command(epilog=errors.exit_help(*_CODES))
@SERIES
@click.option("--limit", type=click.IntRange(min=1), help="Ask for at most so many articles; exit 1 where it ends the crawl.")
@click.option("--full", is_flag=True, help="Read the lists to their end, not only to the first page that is known.")
@click.option("--dry-run", is_flag=True, help="Read the lists, print the articles to be asked for, one URL a line; no more.")
@PROXY
@click.option("-v", "--verbose", is_flag=True, help="Print the summary, which a terminal gets anyway.")
def crawl(
    *,
    series: str,
    portal: str | None,
    data: Path,
    limit: int | None,
    full: bool,
    dry_run: bool,
    proxy: str | None,
    verbose: bool,
) -> int:
    """Crawl SERIES (<portal>/<series>): fetch what is new or due, archive, clean, publish.

    Lists are read to the first page of which the last completed run knew all articles; known articles are asked for
    again by age, as [revisit] of the profile says, and only what changed comes over the wire.

    Prints nothing where all is well, so that cron mails only what needs a person; else one line per cause on stderr.
    Safe to kill and to run again. Crawling anything but this machine needs a contact in FANGTAN_CONTACT or the profile.

    \b
    Examples:
      fangtan crawl jl_ifeng/anquan
      fangtan crawl jl_ifeng/anquan --limit 5 -v
      fangtan crawl jl_ifeng/anquan --full --dry-run
      fangtan crawl my_portal/talks --portal my_portal.toml --data corpora
    """
    known, name = chosen(series, portal)
    _refuse_second(series_folder(data, known, name))
    from output.runs import Asked  # here, as below: other commands need not wait for Scrapy

    asked = Asked(portal=known, series=name, data=data, limit=limit, full=full, proxy=proxy)
    silence_crawler()
    return _preview(asked) if dry_run else _run(asked, verbose=verbose or sys.stdout.isatty())


def _run(asked: "Asked", *, verbose: bool) -> int:
    from output.cli.progress import crawl_progress
    from output.runs import run_series

    with crawl_progress() as progress:
        run = run_series(asked, progress)
    _tell(run.causes)
    if verbose:
        print_summary(run, f"{asked.portal.title} · {asked.portal.series[asked.series].title}")
    return run.exit


def _preview(asked: "Asked") -> int:
    from output.cli.progress import crawl_progress
    from output.runs import preview_series

    with crawl_progress() as progress:
        preview = preview_series(asked, progress)
    for url in preview.urls:
        click.echo(errors.printable(url))
    _tell(preview.causes)
    return preview.exit


def _tell(causes: Iterable[str]) -> None:
    for cause in causes:
        click.echo(errors.printable(cause), err=True)


def _refuse_second(folder: Path) -> None:
    """End at once where another run is at work, not after Scrapy's imports; the run itself takes the lock anew."""
    if (folder / ".lock").exists():
        with lock_series(folder):
            pass


def silence_crawler() -> None:
    """Leave the telling to the run's causes: the crawler's warnings say the same, one by one."""
    logging.getLogger("crawler").setLevel(logging.ERROR)
