"""Corpus files: JSONL, read as a stream, sorted, and replaced whole or not at all."""

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import msgspec

from cleaners.article import Record

T = TypeVar("T")
_FILES = ("articles.jsonl", "removed.jsonl", "quarantine.jsonl", "runs.jsonl")
_UNDATED = "~"  # sorts after every digit: articles without a date stand last


class CorpusError(Exception):
    """A corpus file is damaged; the message names file, line and remedy."""


def corpus_folders(folder: Path) -> tuple[Path, ...]:
    """The series folders at or below ``folder``, by path: those that hold one of the corpus files."""
    return tuple(sorted({path.parent for name in _FILES for path in folder.rglob(name)}))


def sort_key(record: Record) -> tuple[str, str]:
    """Where an article stands in the corpus: by date of publication, undated last, then by id."""
    return record.published or _UNDATED, record.id


def encode_line(item: object) -> bytes:
    """One JSONL line, UTF-8, fields in the order of the type.

    >>> encode_line({"title": "访谈"}).decode()
    '{"title":"访谈"}\\n'
    """
    return msgspec.json.encode(item) + b"\n"


def read_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """The number, from 1, and bytes of each line that is not blank."""
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield number, line


def read_items(path: Path, kind: type[T]) -> Iterator[T]:
    """The typed lines of a corpus file.

    :raises CorpusError: a line is cut off, no JSON, or of another type.
    """
    decoder = msgspec.json.Decoder(kind)
    for number, line in read_lines(path):
        try:
            yield decoder.decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise CorpusError(f"{path}:{number}: {line_problem(error)}; publish the file again or take the line out") from None


def line_problem(error: Exception) -> str:
    """What is wrong with a line, in one sentence.

    >>> line_problem(msgspec.DecodeError("Input data was truncated"))
    'cut off: Input data was truncated'
    """
    if isinstance(error, msgspec.ValidationError):
        return f"not as the schema says: {error}"
    return f"{'cut off' if 'truncated' in str(error) else 'no JSON'}: {error}"


def append_item(path: Path, item: object) -> None:
    """Add a line at the end; a last line that a crash cut off goes. Rewrites the file, so for short logs only."""
    kept = [line for _, line in read_lines(path)] if path.exists() else []
    if kept and not _is_json(kept[-1]):
        kept.pop()
    with replacing(path) as (file,):
        file.writelines(line.rstrip(b"\n") + b"\n" for line in kept)
        file.write(encode_line(item))


@contextmanager
def replacing(*paths: Path) -> Iterator[tuple[BinaryIO, ...]]:
    """Files that take the place of ``paths``, all of them, when the block ends well; otherwise nothing changes.

    Written beside the target under ``.<name>.new``, synced, renamed, and the folder synced: after a crash each path
    holds the old bytes or the new ones. What is no regular file (``/dev/null``, a pipe) is written to as it is.
    """
    special = [path for path in paths if _is_special(path)]
    targets = [path if path in special else path.resolve() for path in paths]
    staged = {path: path if path in special else _staging(path) for path in targets}
    try:
        with ExitStack() as stack:
            files = tuple(stack.enter_context(staged[path].open("wb")) for path in targets)
            yield files
            for path, file in zip(targets, files, strict=True):
                file.flush()
                if path not in special:  # a pipe cannot be synced
                    os.fsync(file.fileno())
        _rename({path: new for path, new in staged.items() if path not in special})
    finally:
        for path in staged.keys() - special:
            staged[path].unlink(missing_ok=True)


def _rename(staged: Mapping[Path, Path]) -> None:
    for path, new in staged.items():
        new.replace(path)
    for folder in {path.parent for path in staged}:
        _sync_folder(folder)


def _is_special(path: Path) -> bool:
    """Whether nothing may take the path's place: a pipe, a device, or a name for an open file such as ``/dev/stdout``."""
    return path.parts[:2] in (("/", "dev"), ("/", "proc")) or (path.exists() and not path.is_file())


def _staging(path: Path) -> Path:
    """One fixed name a target, so that what a killed run left is written over by the next."""
    return path.with_name(f".{path.name}.new")


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _is_json(line: bytes) -> bool:
    try:
        msgspec.json.decode(line, type=dict[str, Any])
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return False
    return True
