"""What cleaning said of each capture, and where each article stands in the corpus files: derived, made again where it is gone.

With it a run cleans only what it has not seen, and copies what has not changed.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple, Self

import msgspec

from cleaners.article import Record
from crawler.state import open_to_read
from output.corpus import CorpusError, read_items
from output.judged import Judged, key_of_record

LEDGER = "cleaned.sqlite"
_VERSION = "2"
_SCHEMA = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS judged (key BLOB, rules TEXT, said BLOB NOT NULL, PRIMARY KEY (key, rules)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS accepted (key BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS published (
    id TEXT PRIMARY KEY, signature BLOB NOT NULL, version INTEGER NOT NULL,
    at INTEGER NOT NULL, length INTEGER NOT NULL, removed_at INTEGER NOT NULL, removed_length INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


class Line(NamedTuple):
    """Where an article stands in the corpus files."""

    id: str
    signature: bytes
    """Digest of what the lines are made from."""

    version: int
    at: int
    """Byte of ``articles.jsonl`` at which its line begins."""

    length: int
    removed_at: int
    """Byte of ``removed.jsonl`` at which its lines begin."""

    removed_length: int


class Ledger:
    """The ledger beside a corpus; one that cannot be read is made anew.

    A ``copy`` stands in memory, as long as the file, and leaves no trace: for who reads while a run writes.
    """

    def __init__(self, folder: Path, files: Sequence[str], *, copy: bool = False) -> None:
        self._folder, self._files = folder, files
        self._db = _copy(folder / LEDGER) if copy else _open(folder / LEDGER)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def judged(self, key: bytes, rules: str) -> Judged | None:
        """What cleaning by these rules said of a capture."""
        row = self._db.execute("SELECT said FROM judged WHERE key = ? AND rules = ?", (key, rules)).fetchone()
        return msgspec.msgpack.decode(row[0], type=Judged) if row else None

    def remember(self, key: bytes, rules: str, judged: Judged) -> None:
        """Keep what cleaning said; on disk with the next :meth:`commit`."""
        self._db.execute("INSERT OR REPLACE INTO judged VALUES (?, ?, ?)", (key, rules, msgspec.msgpack.encode(judged)))

    def accepted(self) -> frozenset[bytes]:
        """The captures that were published, or found to be nothing to publish. Some 100 bytes each."""
        keys = frozenset(row[0] for row in self._db.execute("SELECT key FROM accepted"))
        return keys or frozenset(map(key_of_record, self._records()))

    def published(self) -> Mapping[str, Line]:
        """The lines of the corpus files by id; none where a file is not the one that was written."""
        if self._meta("stamps") != self._stamps():
            return {}
        return {row[0]: Line(*row) for row in self._db.execute("SELECT * FROM published")}

    def versions(self) -> Mapping[str, int]:
        """The published version by id. A damaged file counts as none: it is derived, and about to be replaced."""
        lines = self.published()
        return {line.id: line.version for line in lines.values()} or {record.id: record.version for record in self._records()}

    @property
    def aside(self) -> str:
        """Digest of what was published beside the articles."""
        return self._meta("aside")

    def take_over(self, lines: Iterable[Line], accepted: Iterable[bytes], *, aside: str, rules: str) -> None:
        """Note what has been published just now; what other rules said is forgotten."""
        with self._db:
            self._db.execute("DELETE FROM published")
            self._db.executemany("INSERT INTO published VALUES (?, ?, ?, ?, ?, ?, ?)", lines)
            self._accept(accepted)
            self._db.execute("DELETE FROM judged WHERE rules <> ?", (rules,))
            meta = {"stamps": self._stamps(), "aside": aside}
            self._db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", meta.items())

    def accept(self, keys: Iterable[bytes]) -> None:
        """Note captures that were published, though no file had to change."""
        with self._db:
            self._accept(keys)

    def commit(self) -> None:
        """Keep what was remembered."""
        self._db.commit()

    def _accept(self, keys: Iterable[bytes]) -> None:
        self._db.executemany("INSERT OR IGNORE INTO accepted VALUES (?)", ((key,) for key in keys))

    def _records(self) -> Iterator[Record]:
        with suppress(FileNotFoundError, CorpusError):
            yield from read_items(self._folder / self._files[0], Record)

    def _meta(self, name: str) -> str:
        row = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def _stamps(self) -> str:
        """What changes when somebody else writes, restores or removes a file."""
        return "; ".join(_stamp(self._folder / name) for name in self._files)


def _stamp(path: Path) -> str:
    try:
        found = path.stat()
    except FileNotFoundError:
        return f"{path.name} missing"
    return f"{path.name} {found.st_size} {found.st_mtime_ns}"


def _copy(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(":memory:")
    try:
        with closing(open_to_read(path)) as source:
            source.backup(db)
        return _prepared(db)
    except sqlite3.DatabaseError:  # not there, or damaged
        db.close()
        return _prepared(sqlite3.connect(":memory:"))


def _open(path: Path) -> sqlite3.Connection:
    try:
        return _prepared(sqlite3.connect(path))
    except sqlite3.OperationalError:  # no space, no permission
        raise
    except sqlite3.DatabaseError:
        for name in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
            name.unlink(missing_ok=True)
        return _prepared(sqlite3.connect(path))


def _prepared(db: sqlite3.Connection) -> sqlite3.Connection:
    """The database with its tables, found sound: .2 s for 100,000 captures, against a run that ends in the middle."""
    try:
        db.executescript(_SCHEMA)
        if db.execute("PRAGMA user_version").fetchone()[0] not in (0, int(_VERSION)):
            raise sqlite3.DatabaseError("another version")
        if db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("damaged")
        db.execute(f"PRAGMA user_version = {_VERSION}")
    except sqlite3.DatabaseError:
        db.close()
        raise
    return db
