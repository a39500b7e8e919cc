"""``fangtan status``: how the series are doing."""

import sys
from pathlib import Path

import click
import msgspec

from crawler import clock
from crawler.lock import series_folder
from crawler.portal import find_series
from output import exits
from output.cli import errors
from output.cli.console import add_rows, console, show, table
from output.cli.options import DATA, chosen
from output.status import Status, read_status, render_status, series_folders


@click.command(epilog=errors.exit_help(exits.FINE, exits.FINDINGS, exits.USAGE))
@click.argument("series", required=False)
@click.option("--portal", metavar="FILE", help="Profile in a .toml file, instead of a shipped one.")
@DATA
@click.option(
    "--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True, help="What to print."
)
def status(*, series: str | None, portal: str | None, data: Path, form: str) -> int:
    """Show how SERIES is doing, or every series below --data: last run, age of the newest article, failures, drift.

    Exit 1 says that somebody should look: the last run did not end well, or the profile no longer fits.

    \b
    Examples:
      fangtan status
      fangtan status jl_ifeng/anquan --format jsonl
    """
    folders = series_folders(data)
    if series is not None:
        known, name = chosen(series, portal)
        folders = [series_folder(data, known, name)]
        if not folders[0].exists():  # what once was crawled may have left the profile
            find_series(known, name)
    found = [read_status(folder, clock.now().date()) for folder in folders]
    for each in found:
        _print(each, form)
    return exits.FINE if all(each.is_fine for each in found) else exits.FINDINGS


def _print(status: Status, form: str) -> None:
    if form == "jsonl":
        click.echo(msgspec.json.encode(status).decode())
        return
    made = table("", " ", wrapped=(" ",))
    made.show_header = False
    show(console(sys.stdout), add_rows(made, render_status(status)))
