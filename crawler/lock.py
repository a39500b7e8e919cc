"""The folder of a series, and one run at a time in it."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crawler.portal import Portal, ProfileError


class LockedError(RuntimeError):
    """Another run works on the series."""


def series_folder(data: Path, portal: Portal, series: str) -> Path:
    """Where everything of a series lies, ``data/<portal>/<series>``.

    :raises ProfileError: the names make no folder below ``data``.
    """
    for name in (portal.name, series):
        if not name or name.startswith(".") or not name.replace("-", "").replace("_", "").replace(".", "").isalnum():
            raise ProfileError(f"{name!r} cannot name a folder; use letters, digits, '-', '_' and '.'")
    return data / portal.name / series


@contextmanager
def lock_series(folder: Path) -> Iterator[None]:
    """Hold the lock of the series in ``folder``, which is made; the system frees it however the process ends.

    The lock is the process's own (``lockf``, not ``flock``): a worker that outlives a killed run does not hold it.

    :raises LockedError: another process holds it.
    :raises OSError: the folder cannot be made or written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("ab") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LockedError(f"another run works on {folder}; wait for it to end") from None
        yield
