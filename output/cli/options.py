"""Options that several commands share."""

import difflib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from crawler.portal import Portal, load_portal, portal_names
from output.listing import ARCHIVES, PAGES, list_pages

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
PROXY = click.option("--proxy", metavar="URL", envvar="FANGTAN_PROXY", show_envvar=True, help="HTTP proxy for all requests.")
VERBOSE = click.option("-v", "--verbose", is_flag=True, help="Print a summary on stderr, which a terminal gets anyway.")


def SERIES(command: Callable[..., Any]) -> Callable[..., Any]:  # noqa: N802 -- used as the options above are
    """The argument SERIES, with the options that say where its profile and its corpus are."""
    profile = click.option("--portal", metavar="FILE", help="Profile in a .toml file, instead of a shipped one.")
    return click.argument("series")(profile(DATA(command)))


def chosen(series: str, profile: str | None) -> tuple[Portal, str]:
    """Portal and series that the arguments mean."""
    name, _, series = series.rpartition("/")
    if not name and not profile:
        known = _known()
        near = difflib.get_close_matches(series, known, n=1)
        raise click.UsageError(f"SERIES is <portal>/<series>, {f'did you mean {near[0]}?' if near else f'e.g. {known[0]}'}")
    portal = load_portal(profile or name)
    if name and name != portal.name:
        raise click.UsageError(f"--portal {profile} is not the profile {name!r}")
    return portal, series


def refuse_empty(paths: Sequence[Path]) -> None:
    """Refuse a folder without a page before anything is read."""
    for path in paths:
        if path.is_dir() and next(list_pages(path), None) is None:
            raise click.UsageError(f"{path} holds no page ({', '.join((*PAGES, *ARCHIVES))})")


def _known() -> list[str]:
    return [f"{name}/{series}" for name in portal_names() for series in load_portal(name).series]
