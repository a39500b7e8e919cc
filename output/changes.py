"""What has changed in a corpus: versions of an article side by side, as lines that a person can read."""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from cleaners.article import Record
from output.collect import Cleaner, Collected
from output.corpus import read_lines
from output.versions import History, in_order

# Provenance, and what the lines of text say already.
_UNSEEN = frozenset({"id", "url", "portal", "series", "fetched", "version", "gone", "confidence", "replacements", "removed"})
_TOLD = frozenset({"blocks", "raw", "rules", "text", "turns", "speakers", "original"})


class Change(msgspec.Struct, frozen=True):
    """One article that is not what it was."""

    kind: Literal["added", "changed", "gone", "lost"]
    """``gone``: from the portal, it stays in the corpus. ``lost``: it would no longer be in the corpus."""

    date: str
    """When that was seen, ``YYYY-MM-DD``."""

    id: str
    url: str
    title: str
    lines: tuple[str, ...] = ()
    """The difference: ``- `` and ``+ `` before what was and what is."""


def changes_since(collected: Collected, cleaner: Cleaner, since: str) -> Iterator[Change]:
    """The articles that are new, changed or gone since that day, in order of the corpus; those changed are cleaned again."""
    for history in in_order(collected.histories):
        yield from _new_versions(history, cleaner, since)
        gone = collected.gone.get(history.newest.id, "") if history.newest else ""
        if history.newest and gone >= since:
            record = cleaner.article(history.newest).record
            yield Change("gone", gone, record.id, record.url or "", record.title or "")


def changes_between(path: Path, new: Iterable[Record]) -> Iterator[Change]:
    """The articles of the corpus file ``path`` that are not what they are in ``new``. Memory: their places in the file."""
    places = read_places(path)
    with path.open("rb") if path.exists() else _Nothing() as file:
        for record in new:
            place = places.pop(record.id, None)
            if place is None:
                yield Change("added", _date(record), record.id, record.url or "", record.title or "")
                continue
            file.seek(place[0])
            old = msgspec.json.decode(file.read(place[1]), type=Record)
            if _bare(old) != _bare(record):
                lines = tuple(_difference(old, record)) or ("  places and provenance only",)
                yield Change("changed", _date(record), record.id, record.url or "", record.title or "", lines)
        for id_, (at, length) in places.items():
            file.seek(at)
            old = msgspec.json.decode(file.read(length), type=Record)
            yield Change("lost", _date(old), id_, old.url or "", old.title or "")


def read_places(path: Path) -> dict[str, tuple[int, int]]:
    """Where each article stands in a corpus file: byte and length, by id."""
    places: dict[str, tuple[int, int]] = {}
    at = 0
    for _, line in read_lines(path) if path.exists() else ():
        places[msgspec.json.decode(line, type=_Id).id] = (at, len(line))
        at += len(line)
    return places


def render_change(change: Change) -> str:
    """The change as text: one line, then the difference."""
    lines = (f"{change.kind:8}{change.date}  {change.title}  {change.url}", *(f"    {line}" for line in change.lines))
    return "\n".join(lines)


class _Id(msgspec.Struct):
    id: str


class _Nothing:
    """Stands for a file that is not there, and is never read."""

    def __enter__(self) -> "_Nothing":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def seek(self, _: int) -> None:
        raise AssertionError

    def read(self, _: int) -> bytes:
        raise AssertionError


def _new_versions(history: History, cleaner: Cleaner, since: str) -> Iterator[Change]:
    before: Record | None = None
    for number, version in enumerate(history.versions):
        day = (version.fetched or "")[:10]
        following = history.versions[number + 1 : number + 2]
        if day < since and not any((later.fetched or "")[:10] >= since for later in following):
            continue
        record = cleaner.article(version.heard).record
        if day >= since:
            lines = tuple(_difference(before, record)) if before else ()
            yield Change("changed" if number else "added", day, record.id, record.url or "", record.title or "", lines)
        before = record


def _difference(old: Record, new: Record) -> Iterator[str]:
    """What was and is, line by line, without what stayed."""
    for line in difflib.unified_diff(_lines(old), _lines(new), lineterm="", n=0):
        if line[:1] in "+-" and not line.startswith(("+++ ", "--- ")):
            yield f"{line[0]} {line[1:]}"


def _lines(record: Record) -> Sequence[str]:
    fields: Mapping[str, object] = msgspec.to_builtins(record)
    shown = [f"{name}: {value}" for name, value in fields.items() if name not in _UNSEEN | _TOLD and value not in (None, [])]
    speakers = [f"speaker: {' '.join(filter(None, (who.name, who.role, who.office)))}" for who in record.speakers]
    turns = [f"turn: {turn.label} ({turn.role}): {turn.text[:40]}" for turn in record.turns]
    return [*shown, *record.text.split("\n"), *speakers, *turns]


def _bare(record: Record) -> Record:
    """The record without what new rules change in every one."""
    return msgspec.structs.replace(record, rules="")


def _date(record: Record) -> str:
    return (record.fetched or "")[:10]
