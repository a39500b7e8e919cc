"""``fangtan repair``: state and index made anew from the archive."""

from pathlib import Path

import click

from crawler.lock import lock_series, series_folder
from crawler.portal import find_series
from output import exits
from output.cli import errors
from output.cli.options import SERIES, chosen

_CODES = (exits.FINE, exits.FINDINGS, exits.USAGE, exits.LOCKED, exits.NO_SPACE)


@click.command(epilog=errors.exit_help(*_CODES))
@SERIES
def repair(*, series: str, portal: str | None, data: Path) -> int:
    """Make state and index of SERIES anew from its archive, which alone is the truth; no request is made.

    Of a damaged archive file the whole records stay, the file itself is kept as NAME.damaged and named on stderr with
    exit 1: the next crawl fetches again what is missing.

    \b
    Examples:
      fangtan repair jl_ifeng/anquan
    """
    from crawler.store import repair as repair_store  # here: other commands need not wait for it

    known, name = chosen(series, portal)
    find_series(known, name)
    folder = series_folder(data, known, name)
    if not (folder / "archive").is_dir():
        raise click.UsageError(f"{folder / 'archive'} is not there; --data says where the corpora are")
    with lock_series(folder):
        damaged = repair_store(folder, known, name)
    for path in damaged:
        click.echo(f"damaged: {errors.printable(str(path))}; its whole records were kept", err=True)
    return exits.FINDINGS if damaged else exits.FINE
