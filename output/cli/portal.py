"""``fangtan portal``: the known portals, and a profile tried on saved pages."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click
from rich.console import Console

from cleaners.article import Record
from crawler.portal import Portal, load_portal, portal_names
from output import exits
from output.check import Listing, PageCheck, check_page
from output.cli import errors
from output.cli.console import add_rows, console, number_of, show, table
from output.cli.options import refuse_empty
from output.lines import Quarantined
from output.listing import label_of, list_pages


@click.group()
def portal() -> None:
    """List the known portals; try a profile on saved pages.

    \b
    Examples:
      fangtan portal list
      fangtan portal check my_portal.toml page.html list.html
    """


@portal.command("list")
def list_portals() -> int:
    """List the shipped profiles with their series, as crawl takes them.

    \b
    Examples:
      fangtan portal list
    """
    portals = [load_portal(name) for name in portal_names()]
    rows = [
        (f"{known.name}/{name}", series.title, known.title, " ".join(known.hosts))
        for known in portals
        for name, series in known.series.items()
    ]
    show(console(sys.stdout), add_rows(table("series", "title", "portal", "hosts", wrapped=("hosts",)), rows))
    return exits.FINE


@portal.command(
    short_help="Check a profile, and what it matches on saved pages.",
    epilog=errors.exit_help(exits.FINE, exits.FINDINGS, exits.USAGE),
)
@click.argument("profile")
@click.argument("pages", metavar="[SAVED_PAGE]...", nargs=-1, type=click.Path(path_type=Path, exists=True))
def check(profile: str, pages: tuple[Path, ...]) -> int:
    """Check PROFILE (a name or a .toml file); with saved pages, tell what each of its selectors matches on them.

    The pages are articles or lists. One that the profile does not fit is a finding: it cannot be cleaned, no template's
    body is on it, or none of the list's links is an article's.

    \b
    Examples:
      fangtan portal check jl_ifeng
      fangtan portal check my_portal.toml page.html list.html
      fangtan portal check my_portal.toml saved/           # every page below
    """
    refuse_empty(pages)
    known, out = load_portal(profile), console(sys.stdout)
    checks = []
    for source in (source for path in pages for source in list_pages(path)):
        checks.append(check_page(source, known))
        _print_check(label_of(source), checks[-1], out)
    out.print(f"{profile}: {_verdict(known, checks)}")
    for key in _idle(checks):
        out.print(f"matches nothing on any page: {key}")
    return exits.FINE if all(checked.fits for checked in checks) else exits.FINDINGS


def _print_check(label: str, checked: PageCheck, out: Console) -> None:
    out.print(errors.printable(label), style="bold")
    rows = ((match.key, match.selector, match.count or "nothing", match.sample) for match in checked.matches)
    if checked.matches:
        show(out, add_rows(table("key", "selector", "matches", "first", wrapped=("first", "selector")), rows))
    for line in _told(checked):
        out.print(errors.printable(line))
    out.print()


def _told(checked: PageCheck) -> Iterator[str]:
    """What stands below the table of a page."""
    if checked.fits_url is False:
        yield "article.url does not match the page's URL: a crawl would not take it as an article"
    if checked.embedded:
        yield "the text is read from allData in the page, no selector is needed"
    if checked.listing:
        yield from _listed(checked.listing)
        return
    if isinstance(checked.outcome, Quarantined):
        yield f"cannot be cleaned: {checked.outcome.reason}: {checked.outcome.remedy}"
        return
    if not checked.fits:
        yield "no template's body is on the page: the article was found without the profile"
    yield _result(checked.outcome.record)


def _listed(listing: Listing) -> Iterator[str]:
    yield f"a list: {number_of(listing.items, 'item')} with a link, next list: {listing.next or 'none'}"
    if listing.strangers:
        yield f"{len(listing.strangers)} of them article.url or hosts do not match, e.g. {listing.strangers[0]}"


def _result(record: Record) -> str:
    empty = [name for name in ("title", "published", "source", "author", "editor") if getattr(record, name) is None]
    counts = f"{number_of(len(record.blocks), 'paragraph')}, {number_of(len(record.turns), 'turn')}"
    return counts + (f"; null: {', '.join(empty)}" if empty else "")


def _verdict(known: Portal, checks: Sequence[PageCheck]) -> str:
    if not checks:
        return f"sound; {number_of(len(known.template), 'template')}, {len(known.series)} series"
    fitting = sum(checked.fits for checked in checks)
    return f"fits {fitting} of {number_of(len(checks), 'page')}"


def _idle(checks: Iterable[PageCheck]) -> list[str]:
    """The selectors that match nothing on any of the pages."""
    counts = Counter[str]()
    for match in (match for checked in checks for match in checked.matches):
        counts[f"{match.key} {match.selector}"] += match.count
    return [key for key, count in counts.items() if not count]
