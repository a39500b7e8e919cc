"""``fangtan crawl``: a series from the portal into the corpus."""

import logging
import sys
from pathlib import Path

import click

from crawler.lock import lock_series, series_folder
from output import exits
from output.cli import errors
from output.cli.options import PROXY, SERIES, chosen
from output.cli.summary import print_summary

_CODES = (
    *(exits.FINE, exits.FINDINGS, exits.USAGE, exits.SOME_FAILED, exits.NOTHING, exits.LOCKED),
    *(exits.DAMAGED, exits.NO_SPACE, exits.DRIFTED, exits.INTERRUPTED, exits.TERMINATED),
)


@click.command(epilog=errors.exit_help(*_CODES))
@SERIES
@click.option("--limit", type=click.IntRange(min=1), help="Ask for at most so many articles; exit 1 where it ends the crawl.")
@click.option("--full", is_flag=True, help="Read the lists to their end, not only to the first page that is known.")
@PROXY
@click.option("-v", "--verbose", is_flag=True, help="Print the summary, which a terminal gets anyway.")
def crawl(*, series: str, portal: str | None, data: Path, limit: int | None, full: bool, proxy: str | None, verbose: bool) -> int:
    """Crawl SERIES (<portal>/<series>): fetch what is new or due, archive, clean, publish.

    Lists are read to the first page of which the last completed run knew all articles; known articles are asked for
    again by age, as [revisit] of the profile says, and only what changed comes over the wire.

    Prints nothing where all is well, so that cron mails only what needs a person; else one line per cause on stderr.
    Safe to kill and to run again. Crawling anything but this machine needs a contact in FANGTAN_CONTACT or the profile.

    \b
    Examples:
      fangtan crawl jl_ifeng/anquan
      fangtan crawl jl_ifeng/anquan --limit 5 -v
      fangtan crawl jl_ifeng/anquan --full
      fangtan crawl my_portal/talks --portal my_portal.toml --data corpora
    """
    known, name = chosen(series, portal)
    _refuse_second(series_folder(data, known, name))
    from output.cli.progress import crawl_progress  # here: other commands need not wait for Scrapy
    from output.runs import Asked, run_series

    silence_crawler()
    with crawl_progress() as progress:
        run = run_series(Asked(portal=known, series=name, data=data, limit=limit, full=full, proxy=proxy), progress)
    for cause in run.causes:
        click.echo(errors.printable(cause), err=True)
    if verbose or sys.stdout.isatty():
        print_summary(run, f"{known.title} · {known.series[name].title}")
    return run.exit


def _refuse_second(folder: Path) -> None:
    """End at once where another run is at work, not after Scrapy's imports; the run itself takes the lock anew."""
    if (folder / ".lock").exists():
        with lock_series(folder):
            pass


def silence_crawler() -> None:
    """Leave the telling to the run's causes: the crawler's warnings say the same, one by one."""
    logging.getLogger("crawler").setLevel(logging.ERROR)
