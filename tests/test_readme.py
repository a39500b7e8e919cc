"""README says what is so: its tables are the generated ones, its commands print what it shows."""

import doctest
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cleaners.article import Record
from output.exits import exit_table
from output.reasons import reason_table
from output.schema import field_table

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def between(begin: str) -> str:
    """What stands between a comment that begins so and the next ``<!-- end -->``."""
    return README.split(f"<!-- {begin}", 1)[1].split("-->\n", 1)[1].split("<!-- end -->", 1)[0]


def examples() -> list[tuple[str, str]]:
    """Command and printed text of each ``$`` line; those of make are the work of ``make`` itself."""
    blocks = re.findall(r"^```console\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    found = re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", "".join(blocks), re.MULTILINE)
    return [(command, printed) for command, printed in found if not command.startswith("make")]


def test_the_fields_are_those_of_the_type() -> None:
    assert between("fields") == field_table(Record)


def test_the_exit_codes_are_those_of_the_commands() -> None:
    assert between("exit codes") == exit_table()


def test_the_reasons_are_those_of_the_code() -> None:
    assert between("reasons") == reason_table()


def test_the_commands_print_what_readme_shows(tmp_path: Path) -> None:
    for name in ("crawler", "output"):
        (tmp_path / name).symlink_to(ROOT / name)
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "COLUMNS": "120"}
    for command, printed in examples():
        ran = subprocess.run(
            ["bash", "-c", command],
            cwd=tmp_path,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            text=True,
        )
        assert doctest.OutputChecker().check_output(printed, ran.stdout, doctest.ELLIPSIS), (command, ran)


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_the_two_commands_are_targets_of_make() -> None:
    for target in ("demo", "test"):
        assert f"`make {target}`" in README
        assert subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, check=False).returncode == 0
