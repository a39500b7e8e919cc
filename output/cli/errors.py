"""Exit codes, and what each error tells the user: the one place where errors become words and a number."""

import errno
import os
import sys
from collections.abc import Mapping
from concurrent.futures.process import BrokenProcessPool

import click

from crawler.portal import ProfileError
from output.corpus import CorpusError
from output.publish import LostArticlesError, NothingToPublishError
from output.takedown import TakedownError

FINE, FINDINGS, USAGE, SOME_FAILED, NOTHING, LOCKED, DAMAGED, NO_SPACE = range(8)
INTERRUPTED, BROKEN_PIPE, TERMINATED = 130, 141, 143

EXIT_CODES: Mapping[int, str] = {
    FINE: "fine",
    FINDINGS: "findings, or a limit passed",
    USAGE: "wrong use, or a profile that cannot be used",
    SOME_FAILED: "done, but some pages failed: each has a line on stderr",
    NOTHING: "nothing could be published; what was published stays",
    LOCKED: "another run of this series is at work",
    DAMAGED: "archive or corpus damaged: the message says how to repair it",
    NO_SPACE: "no space, or no permission to write",
    INTERRUPTED: "interrupted by Ctrl-C, state saved",
    BROKEN_PIPE: "whoever read stdout went away",
    TERMINATED: "ended by SIGTERM, state saved",
}

_NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM}


class CommandError(Exception):
    """A command ends with ``code``; the message says what is wrong and what to do."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


class ReaderGoneError(Exception):
    """Whoever read stdout went away, as ``head`` does."""


def exit_table() -> str:
    """The exit codes as a Markdown table."""
    rows = "\n".join(f"| {code} | {meaning} |" for code, meaning in EXIT_CODES.items())
    return f"| exit code | meaning |\n|---|---|\n{rows}\n"


def exit_help(*codes: int) -> str:
    """The exit codes of one command as a paragraph of its help that click does not wrap."""
    return "\b\nExit codes:\n" + "\n".join(f"  {code:>3}  {EXIT_CODES[code]}" for code in codes)


def report(error: BaseException) -> int:
    """Say on stderr what went wrong, and return the exit code."""
    if isinstance(error, ReaderGoneError):
        _forget_stdout()
        return BROKEN_PIPE
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return USAGE
    if isinstance(error, click.Abort | KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    code, message = _told(error)
    click.echo(f"fangtan: {printable(message)}", err=True)
    return code


def printable(text: str) -> str:
    """The text on one line without control characters: names and pages are hostile, a terminal obeys escapes.

    >>> printable("a\\x1b[2J\\nb")
    'a [2J b'
    """
    return "".join(char if char.isprintable() else " " for char in text)


def _told(error: BaseException) -> tuple[int, str]:
    match error:
        case CommandError(code=code):
            return code, str(error)
        case click.UsageError():
            command = error.ctx.command_path if error.ctx else "fangtan"
            return USAGE, f"{error.format_message().rstrip('.')}; see {command} --help"
        case click.ClickException():
            return USAGE, error.format_message()
        case ProfileError() | TakedownError():
            return USAGE, str(error)
        case NothingToPublishError():
            return NOTHING, str(error)
        case LostArticlesError():
            return DAMAGED, str(error)
        case CorpusError():
            return DAMAGED, str(error)
        case OSError():
            return _told_os(error)
        case MemoryError() | BrokenProcessPool():
            return NOTHING, "out of memory, or a worker process was ended; try --jobs 1 and fewer files"
    raise error


def _told_os(error: OSError) -> tuple[int, str]:
    where = f"{error.filename}: " if error.filename else ""
    what = error.strerror or str(error)
    if error.errno in _NO_SPACE:
        return NO_SPACE, f"{where}{what}; free space or change permissions, then run the command again"
    return USAGE, f"{where}{what}"


def _forget_stdout() -> None:
    """Let the interpreter's last flush go nowhere instead of into the closed pipe."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
