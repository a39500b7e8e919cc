"""``fangtan why``: one article, block by block, with the rule that removed each and its evidence."""

import sys
from collections.abc import Iterable
from pathlib import Path

import click
import msgspec
from rich.text import Text

from cleaners import explain_rule
from cleaners.article import Article
from output import exits
from output.cli import errors
from output.cli.console import add_rows, console, number_of, show, table
from output.cli.options import PORTAL
from output.corpus import corpus_folders
from output.explain import Explained, explain_blocks, find_article
from output.fate import find_fate, find_quarantined
from output.lines import Quarantined
from output.listing import list_pages
from output.pages import clean_pages
from output.profiles import article_ids, load_profiles

_KEPT = 30  # characters shown of a paragraph that stays


@click.command(epilog=errors.exit_help(exits.FINE, exits.FINDINGS, exits.USAGE, exits.SOME_FAILED, exits.DAMAGED))
@click.argument("article", metavar="ID|URL|FILE")
@click.option(
    "--data", type=click.Path(path_type=Path), default="data", envvar="FANGTAN_DATA", show_default=True, help="Corpora."
)
@click.option("--url", help="URL of a saved page.")
@PORTAL
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", help="For people, or all of it.")
def why(article: str, *, data: Path, url: str | None, portal: str | None, form: str) -> int:
    """Show what became of each block of an article: kept, or removed by which rule and on what evidence.

    The article is looked for by id or URL in the corpora below --data (or FANGTAN_DATA); a saved page is cleaned. Of an
    article that no corpus holds it is said why: quarantined, gone, taken down, disallowed, not fetched yet.

    \b
    Examples:
      fangtan why 3f0c1a9be27d4458
      fangtan why https://jl.ifeng.com/a/20181113/7024738_0.shtml --data data/demo
      fangtan why page.html --portal jl_ifeng
      fangtan why page.html --format json | jq 'select(.rule)'
    """
    found = _cleaned(Path(article), url, portal) if Path(article).is_file() else _published(article, data, portal)
    blocks = explain_blocks(found)
    if form == "json":
        sys.stdout.writelines(msgspec.json.encode(block).decode() + "\n" for block in blocks)
    else:
        _print_blocks(found, blocks)
    return exits.FINE


def _cleaned(path: Path, url: str | None, portal: str | None) -> Article:
    outcomes = tuple(clean_pages(list_pages(path, url), load_profiles(portal)))
    if len(outcomes) != 1:
        raise exits.CommandError(exits.USAGE, f"{path} holds {number_of(len(outcomes), 'article')}, not one; clean it first")
    if isinstance(outcomes[0], Quarantined):
        raise exits.CommandError(exits.SOME_FAILED, f"{path} cannot be cleaned: {outcomes[0].reason}: {outcomes[0].remedy}")
    return outcomes[0]


def _published(what: str, data: Path, portal: str | None) -> Article:
    folders = corpus_folders(data)
    if not folders:
        raise exits.CommandError(exits.USAGE, f"no file {what}, and no corpus below {data}; say --data FOLDER, or crawl first")
    profiles = load_profiles(portal)
    try:
        ids = article_ids(what, profiles)
    except ValueError as error:
        raise exits.CommandError(exits.USAGE, f"{what} is no URL: {error}") from None
    corpora = (folder / "articles.jsonl" for folder in folders)
    if found := find_article(what, ids, (path for path in corpora if path.exists())):
        if newer := find_quarantined(ids, folders, profiles):
            told = f"shown is the last version that could be cleaned; the newest is quarantined: {newer.reason}: {newer.remedy}"
            click.echo(errors.printable(told), err=True)
        return found
    if fate := find_fate(ids, folders, profiles):
        raise exits.CommandError(exits.FINDINGS, f"{what} {fate}")
    raise exits.CommandError(exits.FINDINGS, f"no article {what} in {', '.join(map(str, folders))}")


def _print_blocks(article: Article, blocks: Iterable[Explained]) -> None:
    record, out = article.record, console(sys.stdout)
    out.print(Text(errors.printable(record.title or "(no title)"), style="bold"))
    gone = f"gone from the portal since {record.gone}" if record.gone else None
    counts = f"{number_of(len(record.blocks), 'paragraph')} kept, {number_of(record.removed, 'block')} removed"
    out.print(errors.printable(" · ".join(filter(None, (record.url, f"id {record.id}", counts, gone)))), "", sep="\n")
    rows = ((f"{block.page}.{block.block}", _verdict(block), _shown(block), block.evidence or "") for block in blocks)
    show(out, add_rows(table("block", "verdict", "text", "evidence", wrapped=("text", "evidence")), rows))
    rules = sorted({block.rule for block in blocks if block.rule})
    out.print()
    show(out, add_rows(table("rule", "meaning", wrapped=("meaning",)), ((rule, _meaning(rule)) for rule in rules)))


def _verdict(block: Explained) -> Text:
    return Text(block.rule, style="red") if block.rule else Text("kept", style="green")


def _shown(block: Explained) -> str:
    """What was removed whole, what was kept by its beginning: the question is why something is gone."""
    if block.rule or len(block.text) <= _KEPT:
        return block.text
    return f"{block.text[:_KEPT]}… ({len(block.text)} characters)"


def _meaning(rule: str) -> str:
    try:
        return explain_rule(rule)
    except KeyError:
        return "a rule of another version of fangtan"
