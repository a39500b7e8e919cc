"""How a series is doing: what its last runs and its state say."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

import msgspec

from crawler.state import State, StateError
from crawler.store import STATE
from output.corpus import read_lines
from output.exits import EXIT_CODES, FINE
from output.lines import Run

_FAILING = 5  # URLs shown


class Failing(msgspec.Struct, frozen=True):
    """A URL that could not be fetched the last time."""

    url: str
    reason: str
    times: int
    """How often in a row."""


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """How a series is doing."""

    series: str
    """``<portal>/<series>``."""

    run: Run | None = None
    """The last run; null where there was none."""

    completed: str | None = None
    """When the last run began that read all there was."""

    articles: int = 0
    """Articles in the corpus after the last run that published."""

    newest: str | None = None
    """Date of publication of the newest article."""

    newest_days: int | None = None
    """Its age in days."""

    gone: int = 0
    """Articles that the portal no longer has."""

    failing: int = 0
    """Articles of which a page could not be fetched the last time."""

    waiting: int = 0
    """Articles that were listed but never fetched."""

    failures: tuple[Failing, ...] = ()
    """The worst of what fails."""

    drift: tuple[str, ...] = ()
    """What no longer fits, as the last run that looked found it."""

    damage: str | None = None
    """Why the state cannot be read, and what to do; null where it can."""

    @property
    def is_fine(self) -> bool:
        """Whether nobody needs to look."""
        return self.run is not None and self.run.exit == FINE and not self.drift and not self.damage


def read_status(folder: Path, today: date) -> Status:
    """The status of the series in ``folder``; a line of ``runs.jsonl`` that cannot be read is passed over."""
    runs = tuple(_runs(folder / "runs.jsonl"))
    published = next((run for run in reversed(runs) if run.corpus), None)
    newest = published.corpus.dates[1] if published and published.corpus and published.corpus.dates else None
    status = Status(
        series=f"{folder.parent.name}/{folder.name}",
        run=runs[-1] if runs else None,
        completed=next((run.started for run in reversed(runs) if run.complete), None),
        articles=published.corpus.articles if published and published.corpus else 0,
        newest=newest,
        newest_days=(today - date.fromisoformat(newest)).days if newest else None,
        drift=published.drift if published else (),
    )
    return _with_state(status, folder / STATE)


def render_status(status: Status) -> Iterator[tuple[str, str]]:
    """The status as rows of name and value."""
    yield "series", status.series
    if status.run is None:
        yield "last run", "none"
        return
    yield "last run", f"{status.run.started}, exit {status.run.exit}: {EXIT_CODES.get(status.run.exit, 'unknown')}"
    for cause in status.run.causes[:_FAILING]:
        yield "", cause
    yield "last complete", status.completed or "never"
    yield "articles", f"{status.articles}, {status.gone} of them gone from the portal"
    if status.newest:
        yield "newest article", f"{status.newest}, {status.newest_days} days ago"
    yield "failing", f"{status.failing} articles, {status.waiting} more wait to be fetched"
    for failure in status.failures:
        yield "", f"{failure.url}: {failure.reason} ({failure.times} times)"
    yield from (("drift", line) for line in status.drift or ("none",))
    if status.damage:
        yield "damage", status.damage


def series_folders(data: Path) -> Sequence[Path]:
    """The folders of all series below ``data`` that were ever run."""
    return sorted(path.parent for path in data.glob("*/*/runs.jsonl"))


def _runs(path: Path) -> Iterator[Run]:
    """The runs; a line of another version of the program must not hide those after it."""
    for _, line in read_lines(path) if path.exists() else ():
        with suppress(msgspec.MsgspecError, UnicodeDecodeError):
            yield msgspec.json.decode(line, type=Run)


def _with_state(status: Status, path: Path) -> Status:
    """The status with what the state says; one that is damaged must not hide how the other series are doing."""
    if not path.exists():
        return status
    try:
        with State(path, read_only=True) as state:
            counts, failing = state.counts(), [Failing(*row) for row in state.failing()]
    except StateError as error:
        return msgspec.structs.replace(status, damage=str(error))
    return msgspec.structs.replace(
        status, gone=counts.gone, failing=counts.failing, waiting=counts.waiting, failures=tuple(failing[:_FAILING])
    )
