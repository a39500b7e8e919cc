"""Exit codes, and which error is which: the one place where errors become a number and a sentence."""

import errno
import signal
import sqlite3
from collections.abc import Iterator, Mapping
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from crawler.capture import ArchiveError
from crawler.lock import LockedError
from crawler.manners import MannersError
from crawler.portal import ProfileError
from crawler.state import StateError
from output.corpus import CorpusError
from output.ledger import LEDGER
from output.publish import LostArticlesError, NothingToPublishError
from output.takedown import TakedownError

FINE, FINDINGS, USAGE, SOME_FAILED, NOTHING, LOCKED, DAMAGED, NO_SPACE, DRIFTED = range(9)
INTERRUPTED, READER_GONE, TERMINATED = 130, 141, 143

EXIT_CODES: Mapping[int, str] = {
    FINE: "fine",
    FINDINGS: "findings, or a limit passed",
    USAGE: "wrong use, or a profile that cannot be used",
    SOME_FAILED: "done, but some pages failed: each has a line on stderr",
    NOTHING: "nothing could be published; what was published stays",
    LOCKED: "another run of this series is at work",
    DAMAGED: "archive or corpus damaged: the message says how to repair it",
    NO_SPACE: "no space, or no permission to write",
    DRIFTED: "the portal has drifted from its profile: the selector is named, nothing doubtful published",
    INTERRUPTED: "interrupted by Ctrl-C, state saved",
    READER_GONE: "whoever read stdout went away",
    TERMINATED: "ended by SIGTERM, state saved",
}

_CODES: tuple[tuple[type[BaseException], int], ...] = (
    (ProfileError, USAGE),
    (TakedownError, USAGE),
    (MannersError, USAGE),
    (NothingToPublishError, NOTHING),
    (LockedError, LOCKED),
    (CorpusError, DAMAGED),
    (StateError, DAMAGED),
    (LostArticlesError, DAMAGED),
)
_NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM})


class Terminated(BaseException):
    """SIGTERM came; no page's trouble, so no handler of pages may swallow it."""


@contextmanager
def raising_on_sigterm() -> Iterator[None]:
    """Let SIGTERM end the work as Ctrl-C does, with what is open closed."""

    def stop(*_: object) -> None:
        raise Terminated

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class CommandError(Exception):
    """A command ends with ``code``; the message says what is wrong and what to do."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


def exit_table() -> str:
    """The exit codes as a Markdown table."""
    rows = "\n".join(f"| {code} | {meaning} |" for code, meaning in EXIT_CODES.items())
    return f"| exit code | meaning |\n|---|---|\n{rows}\n"


def told(error: BaseException) -> tuple[int, str] | None:
    """The exit code of an error and what the user is told of it; None for a bug."""
    if isinstance(error, CommandError):
        return error.code, str(error)
    if isinstance(error, ArchiveError) and not isinstance(error, StateError):
        return DAMAGED, f"{error}; run fangtan repair, then crawl again: it asks for what is lost"
    for kind, code in _CODES:
        if isinstance(error, kind):
            return code, str(error)
    if isinstance(error, OSError):
        return _told_os(error)
    if isinstance(error, sqlite3.OperationalError):
        return NO_SPACE, f"{LEDGER}: {error}; free space or change permissions, then run the command again"
    if isinstance(error, MemoryError | BrokenProcessPool):
        return NOTHING, "out of memory, or a worker process was ended; try --jobs 1 and fewer files"
    return None


def _told_os(error: OSError) -> tuple[int, str]:
    where = f"{error.filename}: " if error.filename else ""
    what = error.strerror or str(error)
    if error.errno == errno.EIO:
        return NO_SPACE, f"{where}{what}; see to the disk, then run the command again"
    if error.errno in _NO_SPACE:
        return NO_SPACE, f"{where}{what}; free space or change permissions, then run the command again"
    return USAGE, f"{where}{what}"
