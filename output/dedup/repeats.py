"""What articles say twice: the ``repeat/…`` verdicts that cleaning left in ``removed.jsonl`` beside a corpus."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from cleaners.article import Removed
from output.corpus import line_problem, read_lines
from output.dedup.corpora import Corpus
from output.dedup.report import Repeat

LISTED = 1_000
"""Repeats of a corpus that are listed; the others are counted."""


class Repeats(NamedTuple):
    """The repeats of one corpus."""

    total: int
    """How many there are."""

    listed: tuple[Repeat, ...]
    """The first ``LISTED`` by id, page and block."""

    problems: tuple[str, ...]
    """Lines that cannot be read, with file, number and reason."""


def read_repeats(corpus: Corpus) -> Repeats:
    """The repeats beside the corpus; none where no ``removed.jsonl`` is. Memory: twice those that are listed."""
    path = corpus.path.with_name("removed.jsonl")
    if corpus.path.name != "articles.jsonl" or not path.is_file():
        return Repeats(0, (), ())
    total, listed, problems = 0, list[Repeat](), list[str]()
    for line in _removed(path):
        if isinstance(line, str):
            problems.append(line)
        elif line.rule.startswith("repeat/"):
            total += 1
            listed.append(_repeat(corpus.label, line))
            listed = _first(listed) if len(listed) > 2 * LISTED else listed
    return Repeats(total, tuple(_first(listed)), tuple(problems))


def _removed(path: Path) -> Iterator[Removed | str]:
    """The lines that may be repeats, or what is wrong with them."""
    decoder = msgspec.json.Decoder(Removed)
    for number, line in read_lines(path):
        if b'"repeat/' in line:
            try:
                yield decoder.decode(line)
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
                yield f"{path}:{number}: {line_problem(error)}"


def _repeat(corpus: str, line: Removed) -> Repeat:
    return Repeat(
        corpus=corpus,
        id=line.id,
        page=line.page,
        block=line.block,
        rule=line.rule,
        text=line.text,
        evidence=line.evidence,
    )


def _first(repeats: list[Repeat]) -> list[Repeat]:
    return sorted(repeats, key=lambda repeat: (repeat.id, repeat.page, repeat.block))[:LISTED]
