"""``fangtan clean``: saved pages and archives to JSONL, text files or a table."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from cleaners.article import Article, Record
from crawler.capture import Capture
from crawler.page import Page
from output import exits
from output.cli import errors
from output.cli.console import number_of
from output.cli.options import PORTAL, VERBOSE, refuse_empty
from output.corpus import encode_line, replacing
from output.exports import BOM, render_csv, render_text, text_name
from output.lines import Quarantined
from output.listing import ARCHIVES, GivenPage, Listed, label_of, list_pages
from output.pages import clean_pages
from output.profiles import Profiles, is_url, load_profiles

_FILE = click.Path(path_type=Path, dir_okay=False)
_PATH = click.Path(path_type=Path, exists=True, allow_dash=True)
# What a crawler meets besides articles: lists, notices, pages that are no more. Who saves a page took it for an article.
_MET = {"no-article": "no article", "gone": "gone"}


@click.command(epilog=errors.exit_help(exits.FINE, exits.USAGE, exits.SOME_FAILED, exits.NO_SPACE))
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=_PATH)
@click.option("--url", help="URL of the page, for a single page.")
@PORTAL
@click.option("--removed", type=_FILE, help="Write what was removed, and why, to this JSONL file.")
@click.option("--quarantine", type=_FILE, help="Write what could not be cleaned, and why, to this JSONL file.")
@click.option("--to", type=click.Choice(["jsonl", "txt", "csv"]), default="jsonl", show_default=True, help="What to write.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder of the text files of --to txt.")
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Processes; the output is the same.")
@VERBOSE
def clean(
    *,
    paths: tuple[Path, ...],
    url: str | None,
    portal: str | None,
    removed: Path | None,
    quarantine: Path | None,
    to: str,
    out: Path | None,
    jobs: int,
    verbose: bool,
) -> int:
    """Clean saved pages: one JSON line an article on stdout, in input order, and nothing else there.

    PATH is a page, a folder, a WARC or WACZ file, or - for a page on stdin. Of a folder all files below are taken, by
    path, that are named .html or the like, or begin like a page; not what a browser puts into page_files/. The URL of a
    saved page.html stands in a page.json beside it, {"url": "..."}; without URLs the pages of one article stand alone.

    What cannot be cleaned gets a line on stderr, and the exit code is 3. A saved page is expected to hold an article.
    An archive holds all that a crawler met: its lists, its pages that say they are gone, its responses that are not
    200 or no HTML are counted (-v), not skipped; --quarantine names the pages among them.

    \b
    Examples:
      fangtan clean page.html
      curl -s URL | fangtan clean - --url URL
      fangtan clean saved/ --jobs 2 --removed removed.jsonl > articles.jsonl
      fangtan clean crawl.warc.gz --portal my_portal.toml --quarantine quarantine.jsonl
      fangtan clean saved/ --to csv > articles.csv          # opens in Excel
      fangtan clean saved/ --to txt --out texts/            # prints file and URL of each
    """
    _refuse(paths, url=url, to=to, out=out, ledgers=(removed, quarantine))
    profiles, tally = load_profiles(portal), Counter[str]()
    outcomes = clean_pages(_pages(paths, url, profiles, tally), profiles, jobs=jobs)
    with _ledgers(removed, quarantine) as (removed_file, quarantine_file):
        records = _records(outcomes, removed_file, quarantine_file, tally)
        sys.stdout.flush()
        for part in _rendered(records, to, out):
            sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
    if verbose or sys.stderr.isatty():
        click.echo(_summary(tally), err=True)
    return exits.SOME_FAILED if tally["skipped"] else exits.FINE


def _refuse(paths: tuple[Path, ...], *, url: str | None, to: str, out: Path | None, ledgers: tuple[Path | None, ...]) -> None:
    """Refuse options that contradict each other before anything is read."""
    if url and (len(paths) > 1 or paths[0].is_dir() or paths[0].name.lower().endswith(ARCHIVES)):
        raise click.UsageError("--url is for a single page; for many, put page.json with the URL beside each page.html")
    if url is not None and not is_url(url):
        raise click.UsageError(f"--url {url} is no URL; write it with http:// or https://")
    if (to == "txt") != (out is not None):
        raise click.UsageError("--to txt and --out DIR go together")
    if ledgers[0] and ledgers[0] == ledgers[1]:
        raise click.UsageError("--removed and --quarantine are two files")
    for ledger in ledgers:
        if ledger and ledger.resolve() in {path.resolve() for path in paths}:
            raise click.UsageError(f"{ledger} is to be read; name another file to write")
        if ledger and not ledger.parent.is_dir():
            raise click.UsageError(f"there is no folder {ledger.parent} for {ledger.name}")
    refuse_empty(paths)


def _pages(paths: tuple[Path, ...], url: str | None, profiles: Profiles, tally: Counter[str]) -> Iterator[Listed]:
    """The pages of all paths; responses that are none are counted in ``tally``."""
    for path in paths:
        for source in _stdin(url, profiles) if path == Path("-") else list_pages(path, url):
            tally["responses"] += isinstance(source, Capture)
            tally["unverified"] += isinstance(source, Capture) and source.digest == "unverified"
            if isinstance(source, Capture) and not source.is_page:
                tally["no pages"] += 1
            else:
                yield source


def _stdin(url: str | None, profiles: Profiles) -> Iterator[Listed]:
    """The page on stdin; of one too large only so much that cleaning refuses it."""
    yield GivenPage(Page(body=sys.stdin.buffer.read(profiles.max_bytes(url) + 1), url=url))


def _records(
    outcomes: Iterable[Article | Quarantined], removed: BinaryIO | None, quarantine: BinaryIO | None, tally: Counter[str]
) -> Iterator[Record]:
    """The records; what was removed or could not be cleaned goes its own way."""
    for outcome in outcomes:
        if isinstance(outcome, Article):
            tally["articles"] += 1
            if removed:
                removed.writelines(map(encode_line, outcome.removed))
            yield outcome.record
            continue
        if quarantine:
            quarantine.write(encode_line(outcome))
        if outcome.path is None and outcome.reason in _MET:
            tally[outcome.reason] += 1
        else:
            tally["skipped"] += 1
            click.echo(errors.printable(f"skipped {label_of(outcome)}: {outcome.reason}: {outcome.remedy}"), err=True)


def _rendered(records: Iterable[Record], to: str, out: Path | None) -> Iterator[bytes]:
    """What goes to stdout."""
    if out is not None:
        yield from _text_files(records, out)
    elif to == "csv":
        yield BOM.encode()
        yield from (line.encode() for line in render_csv(records))
    else:
        yield from map(encode_line, records)


def _text_files(records: Iterable[Record], folder: Path) -> Iterator[bytes]:
    """A text file an article; yields a line of file and URL for each. Memory: the names."""
    folder.mkdir(parents=True, exist_ok=True)
    names = Counter[str]()
    for record in records:
        name = text_name(record)
        names[name] += 1
        # A WARC may hold an article more than once.
        path = folder / (name if names[name] == 1 else name.replace(".txt", f"_{names[name]}.txt"))
        path.write_text(render_text(record), encoding="utf-8", newline="\n")
        yield f"{path}\t{record.url or ''}\n".encode()


@contextmanager
def _ledgers(removed: Path | None, quarantine: Path | None) -> Iterator[tuple[BinaryIO | None, BinaryIO | None]]:
    """The files of ``--removed`` and ``--quarantine``, where asked for; whole or not at all."""
    with replacing(*(path for path in (removed, quarantine) if path)) as files:
        rest = iter(files)
        yield next(rest) if removed else None, next(rest) if quarantine else None


def _summary(tally: Counter[str]) -> str:
    parts = [number_of(tally["articles"], "article"), f"{tally['skipped']} skipped"]
    parts += [f"{tally[reason]} {meaning}" for reason, meaning in _MET.items() if tally[reason]]
    if tally["responses"]:
        parts.append(f"{tally['no pages']} of {tally['responses']} responses not 200 or no HTML")
    if tally["unverified"]:
        parts.append(f"{tally['unverified']} without a digest, so unverified")
    return ", ".join(parts)
