"""What is told of a series from its runs and its state, whatever became of them."""

from datetime import date
from pathlib import Path

import pytest

from output.corpus import encode_line
from output.lines import Counts, Run
from output.status import read_status, render_status

TODAY = date(2026, 11, 23)
COUNTS = Counts(
    articles=7, added=1, changed=0, paragraphs=9, characters=9, turns=0, removed={}, dates=("2018-11-13", "2026-11-20")
)


def run(day: int, *, code: int = 0, drift: tuple[str, ...] = ()) -> Run:
    return Run(started=f"2026-11-{day}T04:05:06Z", seconds=1, exit=code, version="0.1.0", corpus=COUNTS, drift=drift)


@pytest.mark.parametrize(
    ("lines", "started", "is_fine"),
    [
        ([], None, False),
        ([encode_line(run(21)), encode_line(run(22))], "2026-11-22T04:05:06Z", True),
        ([encode_line(run(21)), encode_line(run(22, code=3))], "2026-11-22T04:05:06Z", False),
        ([encode_line(run(21)), encode_line(run(22, drift=("drift: x",)))], "2026-11-22T04:05:06Z", False),
        ([b'{"started":"of another version"}\n', encode_line(run(22))], "2026-11-22T04:05:06Z", True),
        ([encode_line(run(21)), b"\xff\n", encode_line(run(22)), b'{"started":"2026-'], "2026-11-22T04:05:06Z", True),
    ],
    ids=["never", "fine", "failed", "drifted", "another-version", "damaged-lines"],
)
def test_the_last_run_that_can_be_read(tmp_path: Path, lines: list[bytes], started: str | None, is_fine: bool) -> None:
    (tmp_path / "runs.jsonl").write_bytes(b"".join(lines))
    status = read_status(tmp_path, TODAY)
    assert (status.run and status.run.started, status.is_fine) == (started, is_fine)
    assert (status.articles, status.newest_days) == ((7, 3) if started else (0, None))


def test_a_damaged_state_is_told_with_the_rest(tmp_path: Path) -> None:
    (tmp_path / "runs.jsonl").write_bytes(encode_line(run(22)))
    (tmp_path / "state.sqlite").write_bytes(b"no such thing" * 99)
    status = read_status(tmp_path, TODAY)
    rows = dict(render_status(status))
    assert (status.is_fine, rows["articles"]) == (False, "7, 0 of them gone from the portal")
    assert rows["damage"].endswith("run fangtan repair, which makes it anew from the archive")
