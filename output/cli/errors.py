"""What a user is told when a command ends: one line on stderr, and the exit code."""

import os
import sys

import click

from output import exits


class ReaderGoneError(Exception):
    """Whoever read stdout went away, as ``head`` does."""


def exit_help(*codes: int) -> str:
    """The exit codes of one command as a paragraph of its help that click does not wrap."""
    return "\b\nExit codes:\n" + "\n".join(f"  {code:>3}  {exits.EXIT_CODES[code]}" for code in codes)


def report(error: BaseException) -> int:
    """Say on stderr what went wrong, and return the exit code.

    :raises BaseException: ``error`` itself, where it is a bug: its traceback is what we need.
    """
    match error:
        case ReaderGoneError():
            _forget_stdout()
            return exits.READER_GONE
        case click.exceptions.NoArgsIsHelpError():
            error.show()
            return exits.USAGE
        case click.Abort() | KeyboardInterrupt():
            click.echo("interrupted", err=True)
            return exits.INTERRUPTED
        case exits.Terminated():
            click.echo("terminated", err=True)
            return exits.TERMINATED
    known = _told_click(error) if isinstance(error, click.ClickException) else exits.told(error)
    if known is None:
        raise error
    click.echo(f"fangtan: {printable(known[1])}", err=True)
    return known[0]


def printable(text: str) -> str:
    """The text on one line without control characters: names and pages are hostile, a terminal obeys escapes.

    >>> printable("a\\x1b[2J\\nb")
    'a [2J b'
    """
    return "".join(char if char.isprintable() else " " for char in text)


def _told_click(error: click.ClickException) -> tuple[int, str]:
    command = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "fangtan"
    said = error.format_message().rstrip(".")
    return exits.USAGE, f"{said} See {command} --help" if said.endswith("?") else f"{said}; see {command} --help"


def _forget_stdout() -> None:
    """Let the interpreter's last flush go nowhere instead of into the closed pipe."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
