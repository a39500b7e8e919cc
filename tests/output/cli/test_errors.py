"""Every error becomes one line and a code of the table."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from crawler.capture import ArchiveError
from crawler.portal import ProfileError
from crawler.state import StateError
from output import exits
from output.cli import errors
from output.corpus import CorpusError
from output.publish import LostArticlesError, NothingToPublishError
from output.takedown import TakedownError
from tests.output.saved import interview, save


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (exits.CommandError(exits.FINDINGS, "no article"), 1, "fangtan: no article\n"),
        (ProfileError("no portal 'x'"), 2, "fangtan: no portal 'x'\n"),
        (TakedownError("takedown.txt:1: no reason"), 2, "fangtan: takedown.txt:1: no reason\n"),
        (FileNotFoundError(errno.ENOENT, "No such file", "a\nb"), 2, "fangtan: a b: No such file\n"),
        (NothingToPublishError("no article"), 4, "fangtan: no article\n"),
        (MemoryError(), 4, "fangtan: out of memory, or a worker process was ended; try --jobs 1 and fewer files\n"),
        (CorpusError("a.jsonl:1: cut off"), 6, "fangtan: a.jsonl:1: cut off\n"),
        (LostArticlesError("lost 1"), 6, "fangtan: lost 1\n"),
        (StateError("state: run fangtan repair"), 6, "fangtan: state: run fangtan repair\n"),
        (ArchiveError("cut off"), 6, "fangtan: cut off; run fangtan repair, then crawl again: it asks for what is lost\n"),
        (OSError(errno.EIO, "why", "a"), 7, "fangtan: a: why; see to the disk, then run the command again\n"),
        *(
            (OSError(number, "why", "a"), 7, "fangtan: a: why; free space or change permissions, then run the command again\n")
            for number in (errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EDQUOT, errno.EPERM)
        ),
        (click.Abort(), 130, "interrupted\n"),
        (KeyboardInterrupt(), 130, "interrupted\n"),
        (exits.Terminated(), 143, "terminated\n"),
    ],
)
def test_an_error_is_a_line_and_a_code(error: BaseException, code: int, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert errors.report(error) == code
    assert capsys.readouterr() == ("", said)
    assert code in exits.EXIT_CODES


def test_a_bug_is_shown_whole() -> None:
    with pytest.raises(ZeroDivisionError):
        errors.report(ZeroDivisionError())


@pytest.mark.real
def test_a_full_disk_is_code_7_and_loses_nothing(tmp_path: Path) -> None:
    page = save(tmp_path, "page.html", interview())
    (tmp_path / "mnt").mkdir()
    run = f"{sys.executable} -c 'import sys; from output.cli import main; sys.exit(main())'"
    script = f"""
        mount -t tmpfs -o size=8k none mnt; cd mnt; echo old > r.jsonl; head -c 9000 /dev/zero > fill
        {run} clean {page} --removed r.jsonl; code=$?; cat r.jsonl >&2; exit $code
    """
    ran = in_a_namespace(tmp_path, script)
    assert (ran.returncode, ran.stderr.splitlines()[-1]) == (7, "old")
    assert "No space left on device; free space or change permissions, then run the command again" in ran.stderr


def in_a_namespace(folder: Path, script: str, *args: str) -> "subprocess.CompletedProcess[str]":
    """The script as root of its own mount namespace."""
    probe = subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False)
    if probe.returncode:
        assert "CI" not in os.environ, "needs unshare -rm"
        pytest.skip("needs unshare -rm")
    return subprocess.run(
        ["unshare", "-rm", "bash", "-c", script, "-", *args], cwd=folder, capture_output=True, text=True, check=False
    )
