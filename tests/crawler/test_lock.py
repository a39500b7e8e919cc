"""One run at a time, in a folder that no name can leave."""

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from crawler.lock import lock_series, series_folder
from crawler.portal import ProfileError, find_series, load_portal
from tests.crawler.loopback import environment

LOCK = """
import sys
from pathlib import Path
from crawler.lock import LockedError, lock_series
try:
    with lock_series(Path(sys.argv[1])):
        print("held")
except LockedError as error:
    print(error)
"""


def try_lock(folder: Path) -> str:
    ran = subprocess.run([sys.executable, "-c", LOCK, str(folder)], capture_output=True, text=True, check=True, env=environment())
    return ran.stdout.strip()


def test_a_second_process_is_refused_until_the_first_lets_go(tmp_path: Path) -> None:
    with lock_series(tmp_path / "s"):
        assert try_lock(tmp_path / "s") == f"another run works on {tmp_path / 's'}; wait for it to end"
    assert try_lock(tmp_path / "s") == "held"


def test_an_unknown_series_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ProfileError, match=r"portal 'jl_ifeng' has no series 'nosuch'; known: anquan"):
        find_series(load_portal("jl_ifeng"), "nosuch")


@pytest.mark.parametrize("name", ["", "..", ".hidden", "a/b", "a\0b", "a b"])
def test_a_name_that_leaves_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ProfileError, match="cannot name a folder"):
        series_folder(tmp_path, load_portal("jl_ifeng"), name)
    with pytest.raises(ProfileError, match="cannot name a folder"):
        series_folder(tmp_path, msgspec.structs.replace(load_portal("jl_ifeng"), name=name), "anquan")


def test_the_folder_of_a_series(tmp_path: Path) -> None:
    assert series_folder(tmp_path, load_portal("jl_ifeng"), "平安-2.x") == tmp_path / "jl_ifeng" / "平安-2.x"
