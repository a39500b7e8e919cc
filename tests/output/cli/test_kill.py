"""SIGKILL at any moment, above all before, within and after each write, sync, rename and commit: nothing is lost.

``FANGTAN_KILLS`` kills are chosen by a printed seed (``FANGTAN_SEED`` repeats them); ``make test-kill`` asks for more of
them, of a larger series.
"""

import os
import random
import shutil
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
import pytest

from cleaners.article import Record
from crawler.lock import series_folder
from crawler.portal import load_portal
from crawler.replica import Replica, Site, build_site, serve
from crawler.state import State
from output.corpus import read_items
from output.validate import validate_corpus
from tests.output.cli.conftest import Ran
from tests.output.cli.portals import FIXED, SERIES, crawl, warm, write_profile

KILLS = int(os.environ.get("FANGTAN_KILLS", "20"))
ARTICLES = int(os.environ.get("FANGTAN_KILL_ARTICLES", "12"))
SEED = int(os.environ.get("FANGTAN_SEED") or time.time())
# Three list pages of new articles, as a portal has after a week without a run.
NEW = max(6, ARTICLES * 60 // 400)
PER_PAGE = NEW // 3

KILLER = """
import os, signal, sqlite3, stat
left = [{at}]
def step():
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
def around(function):
    def stepped(*args, **options):
        step()
        result = function(*args, **options)
        step()
        return result
    return stepped
def torn(write):
    def stepped(fd, data):
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            return write(fd, data)
        step()
        if left[0] == 1:
            write(fd, bytes(data)[: len(data) // 2])
        step()
        return write(fd, data)
    return stepped
class Stepping(sqlite3.Connection):
    commit = around(sqlite3.Connection.commit)
    def __exit__(self, *args):
        step()
        try:
            return super().__exit__(*args)
        finally:
            step()
connect = sqlite3.connect
sqlite3.connect = lambda *args, **options: connect(*args, factory=Stepping, **options)
os.write = torn(os.write)
for name in ("fsync", "rename", "replace", "unlink", "ftruncate"):
    setattr(os, name, around(getattr(os, name)))
exit_ = os._exit
def tell(code):
    with open("steps", "w") as file:
        file.write(str({at} - left[0]))
    exit_(code)
os._exit = tell
"""
NEVER = 10**9
# A fresh series takes longest, and its steps are the same again and again.
WHERE = ("unpublished", "fresh", *("unpublished", "known") * 7)


@pytest.fixture(scope="module")
def sites() -> tuple[Site, Site]:
    return build_site(articles=ARTICLES, per_page=PER_PAGE), build_site(articles=ARTICLES + NEW, per_page=PER_PAGE)


@pytest.fixture(scope="module")
def chance() -> random.Random:
    print(f"\nFANGTAN_SEED={SEED}")
    return random.Random(SEED)


@pytest.fixture(scope="module")
def replica(sites: tuple[Site, Site]) -> Iterator[Replica]:
    with serve(sites[1]) as served:
        yield served


@pytest.fixture(scope="module")
def starts(sites: tuple[Site, Site], replica: Replica, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Where runs begin, by name: nothing known; all known but the new articles; all archived, the new ones not published."""
    folder = tmp_path_factory.mktemp("starts")
    folders = {name: folder / name for name in ("fresh", "known", "unpublished")}
    with pytest.MonkeyPatch.context() as patch:
        for name, path in folders.items():
            path.mkdir()
            patch.chdir(path)
            write_profile()
            if name != "fresh":
                replica.site = sites[0]
                assert crawl(replica) == (0, "", "")
                replica.site = sites[1]
        assert (
            crawl(
                replica, before="import output.runs\ndef publish(*a, **o): raise MemoryError\noutput.runs.publish = publish"
            ).code
            == 4
        )
    return folders


@pytest.fixture(scope="module")
def expected(
    starts: Mapping[str, Path], replica: Replica, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, list[Record]]:
    """What a run that nobody kills publishes, by where it begins."""
    return {name: run_to_the_end(path, tmp_path_factory.mktemp("never"), replica)[0] for name, path in starts.items()}


@pytest.fixture(scope="module")
def steps(starts: Mapping[str, Path], replica: Replica, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, int]:
    """How many steps such a run takes."""
    return {name: run_to_the_end(path, tmp_path_factory.mktemp("steps"), replica)[1] for name, path in starts.items()}


def run_to_the_end(start: Path, folder: Path, replica: Replica) -> tuple[list[Record], int]:
    shutil.copytree(start, folder, dirs_exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert killed(replica, NEVER) == (0, "", "")
        return corpus(), int(Path("steps").read_text())


def killed(replica: Replica, at: int, *, after: float = 0) -> Ran:
    """A run with SIGKILL at a step, or after some seconds."""
    return warm().run("crawl", *FIXED, "--proxy", replica.proxy_url, before=KILLER.format(at=at), kill_after=after)


def corpus() -> list[Record]:
    return [msgspec.structs.replace(record, fetched=None) for record in read_items(SERIES / "articles.jsonl", Record)]


def assert_whole(expected: list[Record], replica: Replica) -> None:
    """After one clean run: nothing lost, doubled or torn, nothing left lying about, and nothing more to do."""
    assert crawl(replica) == (0, "", "")
    assert corpus() == expected
    assert list(validate_corpus(SERIES)) == []
    left = [path.name for path in SERIES.rglob("*") if path.name.endswith((".open", ".part", ".new"))]
    assert left == []
    with State(SERIES / "state.sqlite") as state:
        before, wanting = list(state.dump()), list(state.wanting())
    assert wanting == []
    replica.forget()
    from crawler.store import repair

    repair(series_folder(Path("corpora"), load_portal("jl_ifeng.toml"), "anquan"), load_portal("jl_ifeng.toml"), "anquan")
    with State(SERIES / "state.sqlite") as state:
        assert list(state.dump()) == before


@pytest.mark.real
@pytest.mark.parametrize("kill", range(KILLS))
def test_one_kill(
    kill: int,
    starts: Mapping[str, Path],
    expected: Mapping[str, list[Record]],
    steps: Mapping[str, int],
    replica: Replica,
    chance: random.Random,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """At one step of the run, then a clean run. Where there are enough kills, every step has its own."""
    name = WHERE[kill % len(WHERE)]
    number = sum(WHERE[earlier % len(WHERE)] == name for earlier in range(kill))
    shutil.copytree(starts[name], tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    at = 1 + number % steps[name] if WHERE.count(name) * KILLS >= len(WHERE) * steps[name] else chance.randint(1, steps[name])
    print(f"{name}, step {at} of {steps[name]}")
    ran = killed(replica, at)
    assert ran.code == -9 or (ran.code == 0 and at > steps[name] - 8), ran  # runs differ by a step or two at their end
    assert_whole(expected[name], replica)


@pytest.mark.real
@pytest.mark.parametrize("name", ["fresh", "known"])
def test_one_kill_after_the_other(
    name: str,
    starts: Mapping[str, Path],
    expected: Mapping[str, list[Record]],
    replica: Replica,
    chance: random.Random,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """At random moments and steps, each run going on where the one before died."""
    shutil.copytree(starts[name], tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    for _ in range(KILLS // 4):
        if chance.random() < 0.5:
            killed(replica, chance.randint(1, 60))
        else:
            killed(replica, NEVER, after=chance.uniform(0.05, 1.0))
    assert_whole(expected[name], replica)
