"""A corpus against its schema and its laws: one finding a line, nothing changed."""

import itertools
from array import array
from collections.abc import Iterator, Sequence, Set
from pathlib import Path
from typing import TypeVar

import msgspec

from cleaners.article import Record, Removed, Speaker, Turn
from cleaners.script import fold
from output.corpus import line_problem, read_lines, sort_key
from output.lines import Run
from output.schema import KINDS, unknown_fields

T = TypeVar("T", bound=msgspec.Struct)
KIND_BY_NAME = {"articles.jsonl": "record", "removed.jsonl": "removed", "quarantine.jsonl": "quarantine", "runs.jsonl": "run"}
_KIND_BY_FIELD = {"rule": "removed", "remedy": "quarantine", "exit": "run"}


def validate_corpus(folder: Path) -> Iterator[str]:
    """The findings in a series folder: each line, and the laws that hold between lines and files.

    Ids are unique; articles are sorted; of each article ``removed.jsonl`` has as many lines as the record says, and
    they number each page from 0 without a gap together with its ``blocks``. Memory: the ids, and 8 bytes a
    removed block.
    """
    paths = {name: folder / name for name in KIND_BY_NAME}
    for name, path in paths.items():
        yield from validate_lines(path) if path.exists() else _missing(path, required=name in ("articles.jsonl", "removed.jsonl"))
    if paths["articles.jsonl"].exists():
        yield from _order_findings(paths["articles.jsonl"])
        yield from _count_findings(paths["articles.jsonl"], paths["runs.jsonl"])
        if paths["removed.jsonl"].exists():
            yield from _removed_findings(paths["articles.jsonl"], paths["removed.jsonl"])


def validate_lines(path: Path) -> Iterator[str]:
    """The findings in each line of one file taken alone; what kind of lines it holds, its name or first line tells."""
    kind = KINDS[_kind(path)]
    for number, line in read_lines(path):
        for problem in _line_findings(line, kind):
            yield f"{path}:{number}: {problem}"


def record_findings(record: Record) -> Iterator[str]:
    """What in one record contradicts itself."""
    paragraphs = record.text.split("\n") if record.text else []
    if len(paragraphs) != len(record.blocks):
        yield f"text has {len(paragraphs)} paragraphs, blocks lists {len(record.blocks)}"
    if any(not paragraph.strip() for paragraph in paragraphs):
        yield "text has an empty paragraph"
    if list(record.blocks) != sorted(set(record.blocks)):
        yield "blocks are not in order of page and block, each once"
    if record.original and record.original.text.count("\n") != record.text.count("\n"):
        yield "original.text has not the paragraphs of text"
    names = {speaker.name for speaker in record.speakers}
    for number, turn in enumerate(record.turns):
        yield from (f"turns[{number}]: {problem}" for problem in _turn_findings(turn, record.text, names))
    for number, speaker in enumerate(record.speakers):
        yield from (f"speakers[{number}]: {problem}" for problem in _speaker_findings(speaker, record))


def _turn_findings(turn: Turn, text: str, names: Set[str]) -> Iterator[str]:
    if turn.text != "\n".join(text[start:end] for start, end in turn.spans):
        yield "text is not what its spans cut out of the record's text"
    offsets = [offset for span in turn.spans for offset in span]
    if offsets != sorted(offsets) or any(not 0 <= offset <= len(text) for offset in offsets):
        yield "spans are out of order or outside the text"
    if turn.speaker is not None and turn.speaker not in names:
        yield f"speaker {turn.speaker!r} is not in speakers"


def _speaker_findings(speaker: Speaker, record: Record) -> Iterator[str]:
    if speaker.office_span:
        is_said = record.text[slice(*speaker.office_span)] == speaker.office
    else:
        is_said = speaker.office is None or speaker.office in (record.title or "")
    if not is_said:
        yield "office is not what office_span cuts out of the record's text, nor part of its title"
    if speaker.name_span and fold(record.text[slice(*speaker.name_span)]) != fold(speaker.name):
        yield "name is not what name_span cuts out of the record's text"


def _line_findings(line: bytes, kind: type[msgspec.Struct]) -> Iterator[str]:
    try:
        item = msgspec.json.decode(line, type=kind)
        yield from (f"unknown field {path!r}" for path in unknown_fields(msgspec.json.decode(line), msgspec.to_builtins(item)))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        yield line_problem(error)
        return
    if isinstance(item, Record):
        yield from record_findings(item)


def _kind(path: Path) -> str:
    """What kind of lines the file holds, by its name, else by its first line."""
    if path.name in KIND_BY_NAME:
        return KIND_BY_NAME[path.name]
    _, line = next(read_lines(path), (0, b""))
    return next((kind for field, kind in _KIND_BY_FIELD.items() if f'"{field}":'.encode() in line), "record")


def _missing(path: Path, *, required: bool) -> Iterator[str]:
    if required:
        yield f"{path}: there is no such file"


def _sound(path: Path, kind: type[T]) -> Iterator[tuple[int, T]]:
    """The lines that the type reads; the others have their finding already."""
    for number, line in read_lines(path):
        try:
            yield number, msgspec.json.decode(line, type=kind)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            continue


def _order_findings(path: Path) -> Iterator[str]:
    seen: set[str] = set()
    last = ("", "")
    for number, record in _sound(path, Record):
        if record.id in seen:
            yield f"{path}:{number}: id {record.id} stands above already"
        if sort_key(record) < last:
            yield f"{path}:{number}: not sorted by published, then id"
        seen.add(record.id)
        last = sort_key(record)


def _count_findings(articles: Path, runs: Path) -> Iterator[str]:
    """The last run that published said how many articles there are."""
    lines = [run for _, run in _sound(runs, Run) if run.corpus] if runs.exists() else []
    found = sum(1 for _ in read_lines(articles))
    if lines and lines[-1].corpus and lines[-1].corpus.articles != found:
        yield f"{articles}: {found} articles, the last run published {lines[-1].corpus.articles}"


def _removed_findings(articles: Path, removed: Path) -> Iterator[str]:
    blocks_of = _removed_blocks(removed)
    for number, record in _sound(articles, Record):
        blocks = blocks_of.pop(record.id, array("Q"))
        yield from (f"{articles}:{number}: {problem}" for problem in _numbering_findings(record, blocks))
    for id_ in blocks_of:
        yield f"{removed}: holds blocks of {id_}, which is no article of the corpus"


def _removed_blocks(path: Path) -> dict[str, "array[int]"]:
    """The removed blocks by article id, each as ``page << 32 | block``."""
    blocks_of: dict[str, array[int]] = {}
    for _, line in _sound(path, Removed):
        blocks_of.setdefault(line.id, array("Q")).append(line.page << 32 | line.block)
    return blocks_of


def _numbering_findings(record: Record, removed: Sequence[int]) -> Iterator[str]:
    if len(removed) != record.removed:
        yield f"removed says {record.removed}, removed.jsonl has {len(removed)} blocks of it"
    numbers = sorted([*removed, *(page << 32 | block for page, block in record.blocks)])
    pages = [[number & 0xFFFFFFFF for number in group] for _, group in itertools.groupby(numbers, key=lambda n: n >> 32)]
    for page, blocks in enumerate(pages):
        if blocks != list(range(len(blocks))):
            yield f"kept and removed blocks do not number page {page} from 0, each once: {_first_gap(blocks)}"


def _first_gap(blocks: Sequence[int]) -> str:
    """Where the numbering breaks.

    >>> _first_gap([0, 1, 3]), _first_gap([0, 1, 1])
    ('no block 2', 'block 1 twice')
    """
    expected, found = next(pair for pair in enumerate(blocks) if pair[0] != pair[1])
    return f"block {found} twice" if found < expected else f"no block {expected}"
