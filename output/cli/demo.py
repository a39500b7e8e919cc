"""``fangtan demo``: a crawl for real, of a portal that this machine serves to itself."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import msgspec

from cleaners.article import Record
from crawler.portal import load_portal
from output import exits
from output.cli import errors
from output.cli.crawl import silence_crawler
from output.cli.options import DATA
from output.cli.summary import print_summary
from output.corpus import read_items

_SERIES = "anquan"
_CHARS, _ITEMS = 64, 2  # of a record shown
_EMPTY: tuple[object, ...] = (None, [], ())
_FILES = {
    "articles.jsonl": "the corpus, an article a line",
    "removed.jsonl": "every block that is no article text, with its rule",
    "quarantine.jsonl": "what could not be cleaned, and why",
    "README.md": "the data card: source, rights, counts, fields",
    "runs.jsonl": "what each run did",
    "archive": "every response as it came (WARC)",
}


@click.command(epilog=errors.exit_help(exits.FINE, exits.SOME_FAILED, exits.NOTHING, exits.LOCKED, exits.NO_SPACE))
@DATA
def demo(*, data: Path) -> int:
    """Crawl a replica of a portal, served on this machine, and show what comes out. Works offline.

    Spider, profile and cleaning are those of a real crawl; the texts are invented, but for one.

    \b
    Examples:
      fangtan demo
      fangtan demo --data /tmp/fangtan
    """
    from crawler.replica import build_site, serve  # here: other commands need not wait for Scrapy and OpenSSL
    from output.cli.progress import crawl_progress
    from output.runs import Asked, run_series

    portal = load_portal("jl_ifeng")
    silence_crawler()
    with serve(build_site()) as replica, crawl_progress() as progress:
        asked = Asked(portal=portal, series=_SERIES, data=data / "demo", proxy=replica.proxy_url, delay=0)
        run = run_series(asked, progress)
    for cause in run.causes:
        click.echo(errors.printable(cause), err=True)
    print_summary(run, f"{portal.title} · {portal.series[_SERIES].title}, from a replica on this machine")
    if run.corpus:
        _print_corpus(asked.folder)
    return run.exit


def _print_corpus(folder: Path) -> None:
    record = next(read_items(folder / "articles.jsonl", Record))
    click.echo("\nThe first record, shortened:\n")
    click.echo(_render(_shortened(msgspec.to_builtins(record))))
    click.echo("\nThe files:\n")
    _print_pairs({str(folder / name): meaning for name, meaning in _FILES.items()})
    click.echo("\nNext, after `source .venv/bin/activate`:\n")
    _print_pairs(
        {
            f"fangtan why {record.id} --data {folder.parent.parent}": "what became of each block of that page",
            f"fangtan validate -v {folder}": "the corpus against its schema and laws",
            "fangtan --help": "everything else",
        }
    )


def _print_pairs(meaning_by_name: Mapping[str, str]) -> None:
    width = max(map(len, meaning_by_name)) + 4
    for name, meaning in meaning_by_name.items():
        click.echo(f"  {name:{width}}{meaning}")


def _render(record: dict[str, Any]) -> str:
    """The record as JSON, a field a line, lists of objects an item a line."""
    return "{\n" + ",\n".join(f'  "{name}": {_field(value)}' for name, value in record.items()) + "\n}"


def _field(value: object) -> str:
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return "[\n    " + ",\n    ".join(map(_json, value)) + "\n  ]"
    return _json(value)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _shortened(value: Any) -> Any:
    """The value with long texts cut, long lists shown by their beginning, and what is null or empty left out."""
    if isinstance(value, str):
        return value if len(value) <= _CHARS else f"{value[:_CHARS]}… ({len(value)} characters)"
    if isinstance(value, dict):
        return {key: _shortened(inner) for key, inner in value.items() if inner not in _EMPTY}
    if isinstance(value, list | tuple):
        more = [f"… {len(value) - _ITEMS} more"] if len(value) > _ITEMS else []
        return [*map(_shortened, value[:_ITEMS]), *more]
    return value
