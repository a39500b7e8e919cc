"""``fangtan crawl`` and ``fangtan demo``: a real crawl of the replica, in a process of its own."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cleaners.article import Record
from crawler.lock import lock_series
from crawler.portal import PROFILES, portal_names
from crawler.replica import Fault, Replica, Site, build_site, serve
from output.corpus import read_items
from output.lines import Run
from output.validate import validate_corpus
from tests.output.cli.conftest import Fangtan

LIST = "http://jl.ifeng.com/listpage/80001/1/list.shtml"
SERIES = Path("corpora/jl_ifeng/anquan")


@pytest.fixture(scope="module")
def site() -> Site:
    return build_site(articles=4)


@pytest.fixture
def replica(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Replica]:
    """The portal, and in the empty folder that commands run in its profile without the polite pause."""
    monkeypatch.chdir(tmp_path)
    profile = (PROFILES / "jl_ifeng.toml").read_text(encoding="utf-8")
    Path("jl_ifeng.toml").write_text(profile.replace("[series", "delay = 0\n[series", 1), encoding="utf-8")
    with serve(site) as served:
        yield served


def command(*args: object, **environment: str) -> "subprocess.Popen[str]":
    run = "import sys; from output.cli import main; sys.exit(main())"
    env = {**os.environ, "COLUMNS": "100", **environment}
    return subprocess.Popen(
        [sys.executable, "-c", run, *map(str, args)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env
    )


def crawl(replica: Replica, *args: object) -> tuple[int, str, str]:
    """Exit code and printed text of a crawl through the replica."""
    process = crawling(replica, *args)
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


def crawling(replica: Replica, *args: object) -> "subprocess.Popen[str]":
    fixed = ("--portal", "jl_ifeng.toml", "--data", "corpora", "--proxy", replica.proxy_url)
    return command("crawl", "jl_ifeng/anquan", *fixed, *args)


def runs() -> list[Run]:
    return list(read_items(SERIES / "runs.jsonl", Run))


def test_a_crawl_is_silent_and_complete(replica: Replica, site: Site) -> None:
    assert crawl(replica) == (0, "", "")
    records = {record.title: record for record in read_items(SERIES / "articles.jsonl", Record)}
    assert {title: record.text.split("\n") for title, record in records.items()} == {
        truth.title: list(truth.paragraphs) for truth in site.truths
    }
    assert list(validate_corpus(SERIES)) == []
    (run,) = runs()
    assert (run.exit, run.causes, run.corpus and run.corpus.articles) == (0, (), 4)


def test_the_second_run_keeps_the_bytes(replica: Replica) -> None:
    crawl(replica)
    before = {path.name: path.read_bytes() for path in SERIES.glob("*.jsonl") if path.name != "runs.jsonl"}
    code, out, err = crawl(replica, "-v")
    assert (code, err) == (0, "")
    assert "articles       4  0 new, 0 changed, published " in out
    assert {path.name: path.read_bytes() for path in SERIES.glob("*.jsonl") if path.name != "runs.jsonl"} == before
    assert [run.exit for run in runs()] == [0, 0]


@pytest.mark.parametrize("fault", [Fault("status", status=500, forever=True), Fault("reset", forever=True)], ids=["500", "reset"])
def test_a_page_that_fails_is_one_line_and_code_3(replica: Replica, site: Site, fault: Fault) -> None:
    url = site.truths[0].url
    for twin in (url, url.replace("http:", "https:")):
        replica.fail(twin, fault)
    code, out, err = crawl(replica)
    assert (code, out, err.count("\n")) == (3, "", 1)
    assert err.startswith(f"failed {url}: ")
    assert err.endswith("; the next run asks for it again\n")
    assert len(list(read_items(SERIES / "articles.jsonl", Record))) == 3
    assert runs()[-1].causes == (err.rstrip("\n"),)


def test_a_portal_that_is_down_publishes_nothing_and_loses_nothing(replica: Replica) -> None:
    crawl(replica)
    before = (SERIES / "articles.jsonl").read_bytes()
    replica.fail(LIST, Fault("status", status=500, forever=True))
    code, out, err = crawl(replica)
    assert (code, out) == (3, "")
    assert err.startswith(f"failed {LIST}: 500")
    assert (SERIES / "articles.jsonl").read_bytes() == before


def test_a_list_that_moved_to_another_host_is_said_to_be(replica: Replica, site: Site) -> None:
    crawl(replica)
    there = (("Location", "http://elsewhere.example.com/list.shtml"),)
    replica.site = site.replacing({LIST: type(site.missing)(301, b"", there)})
    told = "to elsewhere.example.com, which the profile does not list; a list that is not read hides what is new"
    assert crawl(replica) == (3, "", f"foreign-redirect {LIST}: {told}\n")


def test_nothing_at_all_is_code_4(replica: Replica) -> None:
    replica.fail(LIST, Fault("status", status=500, forever=True))
    code, _, err = crawl(replica)
    assert code == 4
    assert err.splitlines()[-1] == "no article could be read from the archive; what was published stays as it was"
    assert [run.exit for run in runs()] == [4]


def test_a_limit_is_code_1(replica: Replica) -> None:
    assert crawl(replica, "--limit", 2) == (1, "", "stopped at --limit: there may be more\n")
    assert len(list(read_items(SERIES / "articles.jsonl", Record))) <= 2


def test_a_dry_run_asks_for_the_lists_only(replica: Replica, site: Site) -> None:
    code, out, err = crawl(replica, "--dry-run")
    assert (code, err) == (0, "")
    assert {truth.urls[0] for truth in site.truths} <= set(out.splitlines())
    assert {request.url for request in replica.requests} == {"http://jl.ifeng.com/robots.txt", LIST}
    assert not (SERIES / "runs.jsonl").exists()
    assert not (SERIES / "articles.jsonl").exists()
    assert crawl(replica) == (0, "", "")
    assert len(list(read_items(SERIES / "articles.jsonl", Record))) == 4
    assert crawl(replica, "--dry-run") == (0, "", "")
    replica.fail(LIST, Fault("status", status=500, forever=True))
    code, out, err = crawl(replica, "--dry-run")
    assert (code, out, err.count("\n")) == (3, "", 1)


def test_a_second_run_at_the_same_time_is_code_5(replica: Replica) -> None:
    with lock_series(SERIES):
        assert crawl(replica) == (5, "", "fangtan: another run works on corpora/jl_ifeng/anquan; wait for it to end\n")
    assert not (SERIES / "runs.jsonl").exists()


def test_a_second_start_does_not_even_wait_for_scrapy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run = "import sys; from output.cli import main; print(main(), 'scrapy' in sys.modules)"
    with lock_series(SERIES):
        ran = subprocess.run(
            [sys.executable, "-c", run, "crawl", "jl_ifeng/anquan", "--data", "corpora"],
            capture_output=True,
            text=True,
            check=True,
        )
    assert ran.stdout == "5 False\n"


def test_an_archive_that_lost_what_was_published_is_code_6(replica: Replica, site: Site) -> None:
    crawl(replica)
    before = (SERIES / "articles.jsonl").read_bytes()
    for path in (SERIES / "archive").iterdir():
        path.unlink()
    url = site.truths[0].url
    for twin in (url, url.replace("http:", "https:")):
        replica.fail(twin, Fault("status", status=404, forever=True))
    code, out, err = crawl(replica)
    assert (code, out) == (6, "")
    assert err.startswith(f"fangtan: {SERIES / 'archive'} or the profile no longer gives 1 published articles, e.g. ")
    assert (SERIES / "articles.jsonl").read_bytes() == before
    assert [run.exit for run in runs()] == [0, 6]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_ends_it_with_all_saved(replica: Replica, number: signal.Signals, code: int) -> None:
    replica.fail("http://jl.ifeng.com/robots.txt", Fault("slow", seconds=2))
    process = crawling(replica)
    while not replica.requests and process.poll() is None:
        time.sleep(0.05)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (code, "", f"interrupted by {number.name}; run the command again to go on\n")
    assert crawl(replica) == (0, "", "")
    assert [run.exit for run in runs()] == [code, 0]


def test_a_second_signal_ends_it_at_once_with_nothing_lost(replica: Replica) -> None:
    replica.fail("http://jl.ifeng.com/robots.txt", Fault("slow", seconds=30))
    process = crawling(replica)
    while not replica.requests and process.poll() is None:
        time.sleep(0.05)
    process.terminate()
    time.sleep(0.5)
    process.terminate()
    assert process.wait(timeout=10) == -signal.SIGTERM
    replica.forget()
    assert crawl(replica) == (0, "", "")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["nosuch/anquan"], f"no portal 'nosuch'; known: {', '.join(portal_names())}"),
        (["jl_ifeng/nosuch"], "portal 'jl_ifeng' has no series 'nosuch'; known: anquan"),
        (["anquan"], "SERIES is <portal>/<series>, e.g. cnjiwang/anquan; see fangtan crawl --help"),
        (["x/y", "--portal", "jl_ifeng"], "--portal jl_ifeng is not the profile 'x'; see fangtan crawl --help"),
    ],
    ids=["portal", "series", "no-portal", "another-profile"],
)
def test_wrong_use_is_one_line(fangtan: Fangtan, args: list[str], said: str) -> None:
    assert fangtan("crawl", *args) == (2, "", f"fangtan: {said}\n")
    assert list(Path().iterdir()) == []


def test_no_contact_no_crawl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    process = command("crawl", "jl_ifeng/anquan", FANGTAN_CONTACT="")
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("fangtan: no contact for jl.ifeng.com: set FANGTAN_CONTACT to ")
    assert list(tmp_path.iterdir()) == []


def test_an_unclear_takedown_stops_it_before_a_request(replica: Replica) -> None:
    SERIES.mkdir(parents=True)
    (SERIES / "takedown.txt").write_text("3f0c1a9be27d4458\n", encoding="utf-8")
    code, out, err = crawl(replica)
    assert (code, out, replica.requests) == (2, "", ())
    assert err == f"fangtan: {SERIES}/takedown.txt:1: no reason; write '<id or URL> <reason>'\n"


def readme_demo() -> list[str]:
    """The lines that README shows of the demo, without the record, which it shows in part."""
    readme = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
    block = readme.split("$ make demo\n", 1)[1].split("```", 1)[0]
    return [*block.split("The first record", 1)[0].splitlines(), *block.split("\n...\n", 1)[1].splitlines()]


def masked(text: str) -> str:
    """The text with every number and id made one sign: they change with the rules of cleaning, the words do not."""
    return re.sub(r"\b[0-9a-f]{16}\b| *\d+", "#", text)


def test_the_demo_shows_what_readme_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    process = command("demo", NO_COLOR="1")
    out, err = process.communicate(timeout=120)
    assert (process.returncode, err) == (0, "")
    for line in readme_demo():
        assert masked(line) in masked(out), line
    shown = out.split("The first record, shortened:\n\n", 1)[1].split("\n\nThe files:", 1)[0]
    assert json.loads(shown)["portal"] == "jl_ifeng"
    assert list(validate_corpus(Path("data/demo/jl_ifeng/anquan"))) == []
