"""A command run as a user would, in this process."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from output.cli import main


class Ran(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str


Fangtan = Callable[..., Ran]


@pytest.fixture
def fangtan(capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fangtan:
    """Runs a command in an empty folder; returns exit code and what it printed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("FANGTAN_DATA", raising=False)

    def run(*args: object) -> Ran:
        capfd.readouterr()
        code = main([str(arg) for arg in args])
        return Ran(code, *capfd.readouterr())

    return run
