"""What commands print for people: tables that fit Chinese text, without colour where ``NO_COLOR`` or a pipe asks so."""

import os
from collections.abc import Iterable
from typing import IO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from output.cli.errors import printable

_PIPE_WIDTH = 120  # off a terminal a table has one width, so that its text can be compared


def console(file: IO[str]) -> Console:
    """A console on ``file`` that reads no markup: what a page says is never a command to it."""
    width = None if file.isatty() else int(os.environ.get("COLUMNS", _PIPE_WIDTH))
    return Console(file=file, width=width, markup=False, emoji=False, highlight=False, soft_wrap=True)


def table(*columns: str, wrapped: tuple[str, ...]) -> Table:
    """An open table; the columns ``wrapped`` share the room that is left, nothing is cut."""
    made = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        made.add_column(column, no_wrap=column not in wrapped, overflow="fold")
    return made


def add_rows(to: Table, rows: Iterable[Iterable[object]]) -> Table:
    """The table with the rows, every cell made harmless."""
    for row in rows:
        to.add_row(*(cell if isinstance(cell, Text) else Text(printable(str(cell))) for cell in row))
    return to


def show(out: Console, made: Table) -> None:
    """Print the table without the spaces that fill up its last column."""
    with out.capture() as printed:
        out.print(made, soft_wrap=False)
    out.file.write("".join(f"{line.rstrip()}\n" for line in printed.get().splitlines()))


def number_of(number: int, noun: str) -> str:
    """A count in words.

    >>> number_of(1, "article"), number_of(0, "removed block")
    ('1 article', '0 removed blocks')
    """
    return f"{number} {noun}" + ("" if number == 1 else "s")
