"""What is known of each URL of a series, in SQLite. All of it is derived from the archive, record by record.

The archive is synced before a transaction that tells of it, so that the state may lag behind but never be ahead:
:mod:`crawler.store` brings it up at each start. For the same reason commits need no sync of their own.
"""

import errno
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, Self

import msgspec

from crawler.capture import ArchiveError
from crawler.outcome import Kind
from crawler.portal import Revisit
from crawler.records import Original
from crawler.urls import ArticleUrl

LIST = -1
"""The page number of list pages, whose article is their URL."""

_VERSION = "1"
_SCHEMA = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS pages (
    article TEXT NOT NULL, page INTEGER NOT NULL, url TEXT NOT NULL, place TEXT NOT NULL DEFAULT '',
    outcome TEXT, reason TEXT NOT NULL DEFAULT '', etag TEXT NOT NULL DEFAULT '', modified TEXT NOT NULL DEFAULT '',
    sha256 TEXT NOT NULL DEFAULT '', version INTEGER NOT NULL DEFAULT 0, first_seen TEXT, last_seen TEXT, checked TEXT,
    failures INTEGER NOT NULL DEFAULT 0, gone TEXT, wanted TEXT NOT NULL DEFAULT '', PRIMARY KEY (article, page)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS wanting ON pages (article) WHERE outcome IS NULL OR failures > 0 OR wanted > place;
CREATE TABLE IF NOT EXISTS listed (
    origin TEXT NOT NULL, article TEXT NOT NULL, place TEXT NOT NULL, PRIMARY KEY (origin, article)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS payloads (
    sha256 TEXT PRIMARY KEY, url TEXT NOT NULL, fetched TEXT NOT NULL, filename TEXT NOT NULL, offset INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_UPSERT = """
INSERT INTO pages (article, page, url, place, outcome, reason, etag, modified, sha256, version,
                   first_seen, last_seen, checked, failures, gone)
VALUES (:article, :page, :url, :place, :outcome, :reason, :etag, :modified, :sha256, :sha256 <> '',
        :fetched, iif(:seen, :fetched, NULL), :fetched, :outcome = 'failed', iif(:outcome = 'gone', :fetched, NULL))
ON CONFLICT (article, page) DO UPDATE SET
    place = excluded.place, outcome = excluded.outcome, reason = excluded.reason,
    etag = iif(excluded.sha256 IN ('', sha256) AND excluded.etag || excluded.modified = '', etag, excluded.etag),
    modified = iif(excluded.sha256 IN ('', sha256) AND excluded.etag || excluded.modified = '', modified, excluded.modified),
    sha256 = iif(excluded.sha256 = '', sha256, excluded.sha256),
    version = version + (excluded.sha256 NOT IN ('', sha256)),
    first_seen = coalesce(first_seen, excluded.first_seen),
    last_seen = coalesce(excluded.last_seen, last_seen),
    checked = excluded.checked,
    failures = iif(excluded.failures, failures + 1, 0),
    gone = CASE WHEN :seen THEN NULL ELSE coalesce(gone, excluded.gone) END
WHERE excluded.place > place
"""
# A page of an article is asked for each time that the page before it was: the two must be of one version.
_WANT = """
INSERT INTO pages (article, page, url, wanted) VALUES (?, ?, ?, ?)
ON CONFLICT (article, page) DO UPDATE SET wanted = max(wanted, excluded.wanted)
"""
# Both dates as days, so that a daily run that is a minute early finds what is due.
_DUE = """
WITH aged AS (
    SELECT url, checked, julianday(:today) - julianday(substr(first_seen, 1, 10)) AS age,
           julianday(substr(checked, 1, 10)) - julianday(substr(first_seen, 1, 10)) AS asked
    FROM pages WHERE page = 0 AND outcome IS NOT NULL AND failures = 0
)
SELECT url FROM aged WHERE {due} OR age - asked >= :last OR asked > age + 1 ORDER BY checked, url LIMIT :most
"""
_WANTING = """
SELECT url, min(page) FROM pages WHERE page >= 0 AND article IN (
    SELECT article FROM pages WHERE outcome IS NULL OR failures > 0 OR wanted > place
) GROUP BY article ORDER BY article
"""
_KINDS_WITH_CONTENT = ("list", "fetched", "not-article")


class StateError(ArchiveError):
    """The state is damaged; the message says how to repair it."""


class Event(msgspec.Struct, frozen=True):
    """What one record of the archive says of one URL."""

    key: ArticleUrl
    """Article and page; of a list page its URL and :data:`LIST`."""

    url: str
    place: str
    """Where the record stands, as :func:`place_key` writes it; an event is applied once, and none after a later one."""

    fetched: str
    outcome: Kind
    reason: str = ""
    sha256: str = ""
    etag: str = ""
    modified: str = ""
    origin: str = ""
    """Of a list page: the first one of its chain."""

    listed: tuple[str, ...] = ()
    """Of a list page: the articles on it, pinned ones too."""

    wanted: tuple[tuple[ArticleUrl, str], ...] = ()
    """Pages that it leads to and that must be asked for, with their URLs."""


class Known(NamedTuple):
    """What is known of a URL whose page was fetched."""

    sha256: str
    etag: str
    modified: str


class PageOutcome(NamedTuple):
    """What became of an article's first page the last time that it was asked for."""

    article: str
    """Canonical URL."""

    outcome: Kind | None
    """None where it was never asked for."""

    reason: str
    gone: str | None
    """When it was first seen gone, UTC."""


class Counts(NamedTuple):
    """How many articles there are, by what is known of them."""

    articles: int
    gone: int
    failing: int
    """Of which a page could not be fetched the last time."""

    waiting: int
    """Of which a page was never asked for."""


def place_key(filename: str, offset: int) -> str:
    """A place in the archive as text that sorts in order of writing.

    >>> place_key("000001-20261123T040506Z.warc.gz", 512)
    '000001-20261123T040506Z.warc.gz 000000000512'
    """
    return f"{filename} {offset:012d}"


def open_to_read(path: Path) -> sqlite3.Connection:
    """The database at ``path`` for reading alone: its folder need not be writable, as SQLite's write-ahead log asks for."""
    is_alone = not path.with_name(f"{path.name}-wal").exists()
    return sqlite3.connect(f"{path.resolve().as_uri()}?{'immutable=1' if is_alone else 'mode=ro'}", uri=True)


class State:
    """The state of one series. One writer at a time; :meth:`commit` ends a transaction."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self._path = path
        with self._errors():
            self._db = open_to_read(path) if read_only else sqlite3.connect(path)
            if not read_only:
                self._db.executescript(_SCHEMA)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        with suppress(sqlite3.Error):
            self._db.close()

    @property
    def end(self) -> tuple[str, int]:
        """File and byte up to which the archive has been applied."""
        return self._meta("file"), int(self._meta("offset") or 0)

    @property
    def profile(self) -> str:
        """Digest of the profile by which the archive was read; empty for a new state."""
        return self._meta("profile").removeprefix(f"{_VERSION} ")

    def apply(self, event: Event) -> None:
        """Take over what a record says; twice is once."""
        row = {**msgspec.structs.asdict(event), "article": event.key.canonical, "page": event.key.page}
        row = {name: value for name, value in row.items() if name not in ("key", "listed", "wanted", "origin")}
        seen = event.outcome in _KINDS_WITH_CONTENT
        with self._errors():
            self._db.execute(_UPSERT, {**row, "seen": seen, "sha256": event.sha256 if seen else ""})
            listed = ((event.origin, article, event.place) for article in event.listed)
            self._db.executemany("INSERT OR IGNORE INTO listed VALUES (?, ?, ?)", listed)
            after = {True: event.place, False: ""}
            wanted = ((key.canonical, key.page, url, after[0 <= event.key.page < key.page]) for key, url in event.wanted)
            self._db.executemany(_WANT, wanted)

    def mark(self, place: str) -> None:
        """A run ended that read all there was: what was listed before ``place`` is known."""
        self._set(mark=max(place, self._meta("mark")))

    def hold(self, original: Original) -> None:
        """Remember the record of a payload; the first one stays."""
        with self._errors():
            values = msgspec.structs.astuple(original)
            self._db.execute("INSERT OR IGNORE INTO payloads VALUES (?, ?, ?, ?, ?)", values)

    def commit(self, file: str, offset: int) -> None:
        """End the transaction; the archive up to ``offset`` of ``file`` has been applied."""
        self._set(file=file, offset=str(offset))
        with self._errors():
            self._db.commit()

    def begin_anew(self, profile: str) -> None:
        """Forget everything; the archive will be read by ``profile``."""
        with self._errors():
            for table in ("pages", "listed", "payloads", "meta"):
                self._db.execute(f"DELETE FROM {table}")  # noqa: S608 -- names of ours
        self._set(profile=f"{_VERSION} {profile}")
        self.commit("", 0)

    def original(self, sha256: str) -> Original | None:
        """The record that holds a payload."""
        found = self._rows("SELECT * FROM payloads WHERE sha256 = ?", (sha256,))
        return next((Original(*row) for row in found), None)

    def known(self, key: ArticleUrl) -> Known | None:
        """What was fetched of a page the last time it was there."""
        rows = self._rows("SELECT sha256, etag, modified FROM pages WHERE article = ? AND page = ? AND sha256 <> ''", key)
        return next((Known(*row) for row in rows), None)

    def is_settled(self, article: str) -> bool:
        """Whether something is known of every page of the article, and none failed the last time."""
        sql = "SELECT outcome IS NOT NULL AND failures = 0 AND wanted <= place FROM pages WHERE article = ?"
        rows = self._rows(sql, (article,))
        settled = [bool(row[0]) for row in rows]
        return bool(settled) and all(settled)

    def was_listed(self, origin: str, article: str) -> bool:
        """Whether the lists that begin with ``origin`` had the article when the last completed run ended."""
        rows = self._rows("SELECT place FROM listed WHERE origin = ? AND article = ?", (origin, article))
        return any(row[0] < self._meta("mark") for row in rows)

    def has_mark(self) -> bool:
        """Whether a run ever completed."""
        return bool(self._meta("mark"))

    def has_listed(self, origin: str) -> bool:
        """Whether these lists ever had an item."""
        return any(True for _ in self._rows("SELECT 1 FROM listed WHERE origin = ? LIMIT 1", (origin,)))

    def wanting(self) -> Iterator[str]:
        """The first pages of articles of which a page failed, or was not asked for after the page before it."""
        return (row[0] for row in self._rows(_WANTING, ()))

    def due(self, today: date, policy: Revisit) -> tuple[str, ...]:
        """The first pages of articles that are due for a revisit."""
        if not policy.ages:
            return ()
        due = " OR ".join(f"(asked < {age:d} AND {age:d} <= age)" for age in policy.ages)
        values = {"today": today.isoformat(), "last": policy.ages[-1], "most": policy.most}
        return tuple(row[0] for row in self._rows(_DUE.format(due=due), values))

    def counts(self) -> Counts:
        """The numbers of articles."""
        sql = """
            SELECT count(*), sum(gone), sum(failing), sum(waiting) FROM (
                SELECT max(page = 0 AND gone IS NOT NULL AND version > 0) AS gone, max(failures > 0) AS failing,
                       max(outcome IS NULL) AS waiting
                FROM pages WHERE page >= 0 GROUP BY article)
        """
        return next(Counts(*(value or 0 for value in row)) for row in self._rows(sql, ()))

    def outcomes(self) -> Iterator[PageOutcome]:
        """What became of the first page of each article."""
        rows = self._rows("SELECT article, outcome, reason, gone FROM pages WHERE page = 0 ORDER BY article", ())
        return (PageOutcome(*row) for row in rows)

    def failing(self) -> Iterator[tuple[str, str, int]]:
        """URL, reason and number of failures of each page that failed the last time, lists too."""
        sql = "SELECT url, reason, failures FROM pages WHERE failures > 0 ORDER BY failures DESC, url"
        return ((url, reason, failures) for url, reason, failures in self._rows(sql, ()))

    def dump(self) -> Iterator[str]:
        """Everything, as SQL, in a fixed order."""
        return (line for line in self._db.iterdump() if line.startswith("INSERT"))

    def _meta(self, name: str) -> str:
        return next((str(row[0]) for row in self._rows("SELECT value FROM meta WHERE name = ?", (name,))), "")

    def _set(self, **values: str) -> None:
        with self._errors():
            self._db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())

    def _rows(self, sql: str, values: Sequence[object] | Mapping[str, object]) -> Iterator[tuple[Any, ...]]:
        with self._errors():
            yield from self._db.execute(sql, values)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """SQLite's errors as the system's, where the system is at fault."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            number = _ERRNO.get((getattr(error, "sqlite_errorcode", None) or 0) & 0xFF)
            if number is not None:
                raise OSError(number, os.strerror(number), str(self._path)) from error
            raise StateError(f"{self._path}: {error}; run fangtan repair, which makes it anew from the archive") from error


_ERRNO = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.ENOSPC,  # a memory-mapped -shm on a full disk; what else fails, the disk must be seen to
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_PERM: errno.EACCES,
}
