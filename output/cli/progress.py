"""Progress of a crawl on a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from crawler.run import Progress as Step
from output.cli.console import console
from output.cli.errors import printable


@contextmanager
def crawl_progress() -> Iterator[Callable[[Step], None] | None]:
    """What the crawl tells after each URL, drawn on stderr; None where that is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    columns = (TextColumn("{task.fields[lists]} lists"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    url = TextColumn("{task.description}", markup=False)
    with Progress(*columns, url, console=console(sys.stderr), transient=True) as bar:
        task = bar.add_task("", total=None, lists=0)

        def show(step: Step) -> None:
            bar.update(
                task,
                completed=step.done,
                total=max(step.found, step.done),
                lists=step.lists,
                description=printable(step.outcome.url),
            )

        yield show
