"""Options that several commands share."""

from pathlib import Path

import click

DATA = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default="data",
    envvar="FANGTAN_DATA",
    show_default=True,
    show_envvar=True,
    help="Folder of all corpora.",
)
PORTAL = click.option("--portal", help="Profile, by name or as a .toml file; default: the one that knows the host.")
VERBOSE = click.option("-v", "--verbose", is_flag=True, help="Print a summary on stderr, which a terminal gets anyway.")
