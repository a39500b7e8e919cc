"""``fangtan evaluate``: cleaning and turns scored against gold, beside trafilatura and what was reached before."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import get_args

import click
from rich.console import Console
from rich.table import Table

from cleaners.judges import JUDGES
from cleaners.rules import EXPLANATIONS
from output import exits
from output.cli import errors
from output.cli.console import add_rows, console, number_of, show, table
from output.cli.options import PORTAL
from output.evaluate.colours import render_pages, show_page
from output.evaluate.figures import CONFIDENCE, Figures
from output.evaluate.floors import FLOORS, FloorSet, accepted_figures, check_set, falls, load_floors, printed
from output.evaluate.gold import GoldError, Sample, load_groups, read_samples
from output.evaluate.report import FIELD_COLUMNS, TEXT_COLUMNS, TURN_COLUMNS, FieldRow, Report, Row, make_report, report_json
from output.evaluate.results import Asked, Outcome, Result
from output.evaluate.results import evaluate as run
from output.profiles import Profiles, load_profiles

_FILE = click.Path(path_type=Path, dir_okay=False)
_OLD_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
_NAMES = (*JUDGES, "profile")
_JUDGE = click.Choice(_NAMES)
_RULE = click.Choice(sorted(EXPLANATIONS))
_SHARE = click.FloatRange(0, 1)
_LINE = 90  # characters shown of a leaked or lost line
_LINES = 8  # of them shown of a page
_HTML_PAGES = 10


@click.command(epilog=errors.exit_help(exits.FINE, exits.FINDINGS, exits.USAGE))
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--only", multiple=True, metavar="FACT=VALUE", help="Pages with this fact, e.g. gold_type=human, host=ifeng.com.")
@click.option("--by", metavar="FACT", help="Figures by group (groups.json in DIR, else the id up to its dash) or by a fact.")
@click.option("--worst", type=click.IntRange(min=0), default=0, help="Show so many of the worst pages, line by line.")
@click.option("--html", type=_FILE, help="Write the worst pages block by block to this file.")
@click.option("--fields", is_flag=True, help="Show of each field how often it is right, wrong, missed, invented.")
@click.option(
    "--peer", type=click.Choice(["trafilatura", "none"]), default="trafilatura", show_default=True, help="Another reader."
)
@click.option("--without", multiple=True, metavar="JUDGE", type=_JUDGE, help=f"Read once more without it: {', '.join(_NAMES)}.")
@click.option("--aside", multiple=True, metavar="RULE", type=_RULE, help="Lines that it removes count neither for nor against.")
@PORTAL
@click.option("--confidence", type=_SHARE, default=CONFIDENCE, show_default=True, help="Below it a page is doubtful.")
@click.option("--unseen", is_flag=True, help="Show pages of the unseen part, too: for a closing note only.")
@click.option("--check", type=_OLD_FILE, help="Compare with these floors.")
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Processes; the output is the same.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", help="For people, or all of it.")
def evaluate(
    *,
    folder: Path | None,
    only: tuple[str, ...],
    by: str | None,
    worst: int,
    html: Path | None,
    fields: bool,
    peer: str,
    without: tuple[str, ...],
    aside: tuple[str, ...],
    portal: str | None,
    confidence: float,
    unseen: bool,
    check: Path | None,
    jobs: int,
    form: str,
) -> int:
    """Score cleaning and turns on the folders below DIR that hold page.html and a gold.

    The gold is expected.json, a whole record, or gold.json with any of title, text, publish_time, source, author, editor,
    turns [{speaker, role, text}], speakers [{name, role, office}]. F, P and R are means a page over 4-grams of Chinese
    characters and words; a leaked line is one that the gold lacks, a lost line one that is missing.

    Columns: empty counts pages of which nothing was kept; leaked, lost and repeated are lines a page; title and day are
    shares of exact headlines and right days; confused counts pages with source, author or editor in each other's place,
    failed those refused (or read) against the gold;
    doubtful is the share of pages under --confidence, caught the share of those with F < .8 that are among them.
    Boundaries of turns may be 3 letters off; speaker, role and leak are shares of letters.

    Pages whose folder's name has a SHA-256 that begins with 0 to 4 are the unseen part: their means are printed, they are
    not. With --check, the sets of a floors file are evaluated instead, those whose folder is there.

    \b
    Examples:
      fangtan evaluate tests/fixtures
      fangtan evaluate bench/dev --only gold_type=human --by group --jobs 2
      fangtan evaluate bench/dev --worst 10 --html worst.html --peer none
      fangtan evaluate bench/dev --without headline --peer none
      fangtan evaluate bench/dev --aside chrome/disclaimer --aside repeat/lead
      fangtan evaluate bench/dev/gne-1 --html page.html
      fangtan evaluate tests/gold/fields --fields --peer none
      fangtan evaluate --check tests/floors.toml
    """
    if (folder is None) == (check is None):
        raise click.UsageError("say which DIR to evaluate, or --check FLOORS")
    asked = Asked(profiles=load_profiles(portal), without=frozenset(without), peer=peer != "none", aside=frozenset(aside))
    try:
        if folder is None or check:
            return _check(load_floors(check or FLOORS), asked.profiles, jobs)
        facts = _facts(only)
        results = tuple(run(_samples(folder, facts), asked, jobs=jobs))
        accepted = accepted_figures(folder, facts)
        groups = load_groups(folder)
    except GoldError as error:
        raise exits.CommandError(exits.USAGE, str(error)) from None
    report = make_report(results, by=by, groups=groups, worst=worst, unseen=unseen, confidence=confidence)
    if html:
        _write_html(html, make_report(results, worst=worst or _HTML_PAGES, unseen=unseen, confidence=confidence), asked)
    if form == "json":
        click.echo(json.dumps({**report_json(report), "accepted": dict(accepted)}, ensure_ascii=False, indent=1))
    else:
        _print_report(report, accepted, console(sys.stdout), with_fields=fields)
    return exits.FINE


def _facts(only: Sequence[str]) -> dict[str, str]:
    for fact in only:
        if "=" not in fact:
            raise click.UsageError(f"--only {fact}: write FACT=VALUE, e.g. gold_type=human")
    return dict(fact.split("=", 1) for fact in only)


def _samples(folder: Path, facts: Mapping[str, str]) -> tuple[Sample, ...]:
    samples = tuple(read_samples(folder, facts))
    if not samples:
        chosen = f" with {' '.join('='.join(fact) for fact in facts.items())}" if facts else ""
        raise GoldError(f"{folder} holds no folder{chosen} with page.html and gold.json or expected.json")
    return samples


def _check(sets: Mapping[str, FloorSet], profiles: Profiles | None, jobs: int) -> int:
    """Evaluate each set whose folder is there; a line for each figure that fell."""
    fallen = 0
    for name, known in sets.items():
        if not Path(known.folder).is_dir():
            click.echo(f"{name}: not evaluated, there is no {known.folder}")
            continue
        found = check_set(known, profiles, jobs=jobs)
        lines = list(falls(found, known.accepted))
        click.echo(f"{name}: {number_of(found.pages, 'page')}, {number_of(len(lines), 'figure')} below the floor")
        for line in lines:
            click.echo(f"  {line}")
        fallen += len(lines)
    return exits.FINDINGS if fallen else exits.FINE


def _write_html(path: Path, report: Report, asked: Asked) -> None:
    path.write_text(render_pages([show_page(result, asked) for result in report.worst]), encoding="utf-8")


def _print_report(report: Report, accepted: Mapping[str, float], out: Console, *, with_fields: bool) -> None:
    last = (Row("accepted", "all", Figures(**accepted)),) if accepted else ()  # type: ignore[arg-type]  # load_floors knows them
    rows = (*report.parts, *last)
    for count, columns in (("texts", TEXT_COLUMNS), ("pages", FIELD_COLUMNS), ("dialogues", TURN_COLUMNS)):
        if any(_is_told(row, columns) for row in report.parts):
            show(out, _table((*rows, *report.groups), columns, count))
            out.print()
    if with_fields:
        show(out, _field_table(report.fields))
    for result in report.worst:
        out.print("", *_worst_lines(result), sep="\n")


def _is_told(row: Row, columns: Mapping[str, str]) -> bool:
    return any(getattr(row.figures, name) is not None for name in columns)


def _table(rows: Sequence[Row], columns: Mapping[str, str], count: str) -> Table:
    cells = (
        (row.reader, row.pages, getattr(row.figures, count) or "", *(printed(getattr(row.figures, name)) for name in columns))
        for row in rows
        if _is_told(row, columns)
    )
    return add_rows(table("reader", "pages", "n", *columns.values(), wrapped=()), cells)


def _field_table(rows: Sequence[FieldRow]) -> Table:
    """A null where the gold has one is silent."""
    cells = ((row.field, row.pages, *row.outcomes.values()) for row in rows)
    return add_rows(table("field", "pages", *get_args(Outcome), wrapped=()), cells)


def _worst_lines(result: Result) -> Iterator[str]:
    """The page with its figures, then + for leaked lines and extra turns, - for lost and missed ones, ~ for misjudged turns."""
    ours = result.ours
    told = [f"F {ours.text.f:.3f} P {ours.text.precision:.3f} R {ours.text.recall:.3f}"] if ours.text else []
    told += [f"turns F1 {ours.turns.f:.3f} speaker {ours.turns.attribution:.3f}"] if ours.turns else []
    told += [f"failed: {ours.failed}"] if ours.failed else []
    yield errors.printable(f"{result.sample.id}: {', '.join((*told, *ours.confused))}")
    yield from _lines("+", ours.text.leaked if ours.text else ())
    yield from _lines("-", ours.text.lost if ours.text else ())
    for sign, turns in (("+", "extra"), ("-", "missed"), ("~", "misjudged")):
        yield from _lines(f"{sign} turn of", getattr(ours.turns, turns) if ours.turns else ())


def _lines(sign: str, lines: Sequence[str]) -> Iterator[str]:
    yield from (errors.printable(f"  {sign} {line[:_LINE]}") for line in lines[:_LINES])
    if len(lines) > _LINES:
        yield f"  {sign} … and {len(lines) - _LINES} more"
