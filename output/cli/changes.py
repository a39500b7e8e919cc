"""``fangtan changes``: what is new, edited or gone."""

import tempfile
from pathlib import Path

import click
import msgspec

from crawler.archive import read_archive
from crawler.lock import series_folder
from crawler.portal import find_series
from output import exits
from output.changes import changes_since, render_change
from output.cli import errors
from output.cli.options import SERIES, chosen
from output.collect import Cleaner, collect
from output.ledger import Ledger
from output.publish import FILES
from output.takedown import read_takedowns


@click.command(epilog=errors.exit_help(exits.FINE, exits.USAGE, exits.DAMAGED))
@SERIES
@click.option("--since", metavar="DATE", required=True, type=click.DateTime(["%Y-%m-%d"]), help="First day, YYYY-MM-DD (UTC).")
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True, help="What to print.")
def changes(*, series: str, portal: str | None, data: Path, since: object, form: str) -> int:
    """Show what is new, edited or gone in SERIES since a day, with each line that was and that is.

    Read from the archive, by the rules of today: a page of which only the chrome changed is not shown.

    \b
    Examples:
      fangtan changes jl_ifeng/anquan --since 2026-11-01
      fangtan changes jl_ifeng/anquan --since 2026-11-01 --format jsonl
    """
    known, name = chosen(series, portal)
    find_series(known, name)
    folder = series_folder(data, known, name)
    if not (folder / "archive").is_dir():
        raise click.UsageError(f"{folder / 'archive'} is not there; --data says where the corpora are")
    takedowns = read_takedowns(folder / "takedown.txt", known)
    with Ledger(folder, FILES, copy=True) as ledger, tempfile.TemporaryFile() as spool:
        cleaner = Cleaner(known, ledger, spool)
        collected = collect(read_archive(folder / "archive"), known, takedowns.keys(), cleaner)
        for change in changes_since(collected, cleaner, f"{since:%Y-%m-%d}"):
            lines = [msgspec.json.encode(change).decode()] if form == "jsonl" else render_change(change).split("\n")
            click.echo("\n".join(map(errors.printable, lines)))
    return exits.FINE
