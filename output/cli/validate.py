"""``fangtan validate``: a corpus against its schema and its laws."""

from collections.abc import Iterator
from pathlib import Path

import click

from output import exits
from output.cli import errors
from output.corpus import corpus_folders, read_lines
from output.validate import validate_corpus, validate_lines


@click.command(epilog=errors.exit_help(exits.FINE, exits.FINDINGS, exits.USAGE))
@click.argument("corpora", metavar="CORPUS...", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("-v", "--verbose", is_flag=True, help="Say also what is sound.")
def validate(corpora: tuple[Path, ...], *, verbose: bool) -> int:
    """Check corpus files against the schema and the laws of the data; print one line a finding.

    CORPUS is a series folder, its articles.jsonl, or a folder with several series below: ids unique, sorted, texts of
    turns as their spans, kept and removed blocks numbering each page without a gap, counts agreeing. Any other JSONL
    file, e.g. what fangtan clean printed, is checked line by line.

    \b
    Examples:
      fangtan validate data/jl_ifeng/anquan
      fangtan validate -v data                 # every series below
      fangtan clean saved/ > articles.new.jsonl; fangtan validate articles.new.jsonl
    """
    sound = True
    for corpus in [found for given in corpora for found in _corpora(given)]:
        findings = 0
        for finding in _findings(corpus):
            findings += 1
            click.echo(errors.printable(finding))
        sound = sound and not findings
        if verbose and not findings:
            click.echo(f"{corpus}: sound")
    return exits.FINE if sound else exits.FINDINGS


def _corpora(given: Path) -> tuple[Path, ...]:
    if not given.is_dir():
        return (given,)
    if not (found := corpus_folders(given)):
        raise click.UsageError(f"{given} holds no corpus: there is no articles.jsonl in it or below")
    return found


def _findings(corpus: Path) -> Iterator[str]:
    if corpus.is_dir():
        return validate_corpus(corpus)
    if corpus.name == "articles.jsonl":
        return validate_corpus(corpus.parent)
    _, first = next(read_lines(corpus), (0, b"{"))
    if not first.lstrip().startswith(b"{"):
        raise click.UsageError(f"{corpus} is no JSONL file; give a series folder, or what fangtan clean printed")
    return validate_lines(corpus)
