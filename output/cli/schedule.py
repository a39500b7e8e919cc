"""``fangtan schedule``: the line for a crontab."""

import hashlib
import os
import shlex
import sys
from pathlib import Path

import click

from crawler.manners import manners_for
from crawler.portal import Portal, find_series
from output import exits
from output.cli import errors
from output.cli.options import PROXY, SERIES, chosen


@click.command(epilog=errors.exit_help(exits.FINE, exits.USAGE))
@SERIES
@PROXY
def schedule(*, series: str, portal: str | None, data: Path, proxy: str | None) -> int:
    """Print the crontab line that crawls SERIES once a night; it works as printed, with the contact of FANGTAN_CONTACT.

    The minute depends on the series, so that not all begin at once. cron mails what a run prints: nothing where all is well.

    \b
    Examples:
      fangtan schedule jl_ifeng/anquan
      (crontab -l; fangtan schedule jl_ifeng/anquan) | crontab -
    """
    known, name = chosen(series, portal)
    find_series(known, name)
    contact = os.environ.get("FANGTAN_CONTACT", "")
    manners_for(known, contact=contact, proxy=proxy)  # a line without a contact would not work
    click.echo(crontab_line(known, name, _options(portal, data, proxy), contact))
    return exits.FINE


def crontab_line(portal: Portal, series: str, options: list[str], contact: str) -> str:
    """The line; cron takes ``%`` for a line feed unless it is escaped."""
    name = f"{portal.name}/{series}"
    minutes = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") % (4 * 60)
    words = [str(Path(sys.executable).with_name("fangtan")), "crawl", name, *options]
    environment = f"FANGTAN_CONTACT={shlex.quote(contact)} " if contact else ""
    command = f"cd {shlex.quote(str(Path.cwd()))} && {environment}{shlex.join(words)}"
    return f"{minutes % 60} {1 + minutes // 60} * * * {command}".replace("%", r"\%")


def _options(portal: str | None, data: Path, proxy: str | None) -> list[str]:
    """The options with their files named from the root."""
    given = {"--portal": str(Path(portal).resolve()) if portal and portal.endswith(".toml") else portal, "--proxy": proxy}
    return ["--data", str(data.resolve()), *(word for name, value in given.items() if value for word in (name, value))]
