"""What an operator has beside crawl: status, schedule, changes, reclean, repair, and runs that do not disturb each other."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from cleaners.article import Record
from crawler.archive import read_archive
from crawler.replica import Fault, Replica, Site, build_site, serve
from output.corpus import read_items
from tests.output.cli.portals import FIXED, LIST, RUN, SERIES, crawl, edited, fangtan, finish, later, runs, start, write_profile
from tests.output.cli.test_errors import in_a_namespace

CORPUS = ("articles.jsonl", "removed.jsonl", "quarantine.jsonl", "README.md")


@pytest.fixture(scope="module")
def site() -> Site:
    return build_site(articles=6)


@pytest.fixture(scope="module")
def crawled(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the series was crawled once."""
    folder = tmp_path_factory.mktemp("crawled")
    with pytest.MonkeyPatch.context() as patch, serve(site) as served:
        patch.chdir(folder)
        write_profile()
        assert crawl(served) == (0, "", "")
    return folder


@pytest.fixture
def replica(site: Site, crawled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Replica]:
    """The portal, crawled once."""
    shutil.copytree(crawled, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    with serve(site) as served:
        yield served


def corpus() -> dict[str, bytes]:
    return {name: (SERIES / name).read_bytes() for name in CORPUS}


def records() -> dict[str, Record]:
    return {record.url or "": record for record in read_items(SERIES / "articles.jsonl", Record)}


def test_nothing_new_costs_two_requests_and_no_byte(replica: Replica) -> None:
    before = {name: (SERIES / name).stat().st_mtime_ns for name in CORPUS}
    assert crawl(replica) == (0, "", "")
    assert [request.url for request in replica.requests] == ["http://jl.ifeng.com/robots.txt", LIST]
    assert {name: (SERIES / name).stat().st_mtime_ns for name in CORPUS} == before


def test_an_edit_a_new_chrome_and_a_deletion(replica: Replica, site: Site) -> None:
    kept, changed, gone = (truth.url for truth in site.truths[1:4])
    word = site.truths[2].paragraphs[3][8:14]
    replica.site = edited(site, [changed], word, "改过的字句")
    replica.site = edited(replica.site, [kept], "登录", "登入").replacing({gone: site.missing})
    before = records()
    assert crawl(replica, days=1) == (0, "", "")
    after = records()
    assert after[kept] == before[kept]
    assert (after[changed].version, "改过的字句" in after[changed].text) == (2, True)
    assert after[gone].gone
    assert msgspec.structs.replace(after[gone], gone=None) == before[gone]
    shown = fangtan("changes", "--since", after[gone].gone)
    kinds = [line.split()[0] for line in shown.out.splitlines() if line and not line.startswith(" ")]
    assert sorted(kinds) == ["changed", "gone"]
    lines = [line.strip() for line in shown.out.splitlines() if line.startswith("    ")]
    assert any(line.startswith("- ") and word in line for line in lines)
    assert any(line.startswith("+ ") and "改过的字句" in line for line in lines)
    assert fangtan("changes", "--since", "2999-01-01") == (0, "", "")
    as_json = fangtan("changes", "--since", after[gone].gone, "--format", "jsonl")
    assert {json.loads(line)["kind"] for line in as_json.out.splitlines()} == {"changed", "gone"}


def test_a_soft_404_is_gone_not_an_edit(replica: Replica, site: Site) -> None:
    url = site.truths[1].url
    before = records()[url]
    missing = site.missing
    replica.site = site.replacing({url: type(missing)(200, missing.body, missing.headers)})
    assert crawl(replica, days=1) == (0, "", "")
    after = records()[url]
    assert (after.text, after.version, after.gone is not None) == (before.text, 1, True)
    replica.site = site
    assert crawl(replica, days=3) == (0, "", "")
    assert records()[url] == before


def test_status_says_who_must_look(replica: Replica, site: Site) -> None:
    fine = fangtan("status")
    assert (fine.code, fine.err) == (0, "")
    assert re.search(r"^last run +\d{4}-.*Z, exit 0: fine$", fine.out, re.MULTILINE)
    assert re.search(r"^newest article +2018-11-2\d, \d+ days ago$", fine.out, re.MULTILINE)
    replica.site = build_site(articles=7)
    url = next(truth.url for truth in replica.site.truths[6:])
    for twin in (url.replace("https:", "http:"), url.replace("http:", "https:")):
        replica.fail(twin, Fault("reset", forever=True))
    assert crawl(replica).code == 3
    bad = fangtan("status")
    assert (bad.code, bad.err) == (1, "")
    assert re.search(r"^failing +1 articles, 0 more wait to be fetched$", bad.out, re.MULTILINE)
    assert f"{url}: " in bad.out
    assert finish(start("status", "--data", "corpora", "--format", "jsonl")).code == 1
    assert finish(start("status", "--data", "nowhere")) == (0, "", "")
    assert finish(start("status", "jl_ifeng/nosuch", "--data", "nowhere")).code == 2
    assert finish(start("status", "jl_ifeng/anquan", "--data", "nowhere")).code == 1


@pytest.mark.real
@pytest.mark.parametrize("command", [("status",), ("changes", "--since", "2018-01-01")], ids=["status", "changes"])
def test_who_may_only_read_is_answered(replica: Replica, command: tuple[str, ...]) -> None:
    script = 'mount --bind corpora corpora && mount -o remount,bind,ro corpora && "$@"'
    ran = in_a_namespace(Path.cwd(), script, sys.executable, "-c", RUN, command[0], *FIXED, *command[1:])
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.count("\n") >= 6


def test_the_crontab_line_works_as_printed(replica: Replica) -> None:
    printed = fangtan("schedule", "--proxy", replica.proxy_url, FANGTAN_CONTACT="100%@example.org")
    assert (printed.code, printed.err, printed.out.count("\n")) == (0, "", 1)
    found = re.fullmatch(r"(\d+) (\d+) \* \* \* (.*)\n", printed.out)
    assert found
    assert int(found[1]) < 60
    assert 1 <= int(found[2]) <= 4
    assert r"100\%@example.org" in found[3]
    command = found[3].replace(r"\%", "%")  # as cron hands it to the shell
    ran = subprocess.run(
        ["/bin/sh", "-c", command], cwd="/", env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert [run.exit for run in runs()] == [0, 0]
    assert replica.requests[0].headers["user-agent"].endswith("(+100%@example.org)")
    assert fangtan("schedule", FANGTAN_CONTACT="").code == 2
    assert fangtan("schedule", FANGTAN_CONTACT="100%@example.org", FANGTAN_PROXY=replica.proxy_url).out == printed.out


def test_repair_gives_the_same_again(replica: Replica) -> None:
    before, index = corpus(), (SERIES / "archive/index.cdxj").read_bytes()
    for name in ("state.sqlite", "state.sqlite-wal", "state.sqlite-shm", "archive/index.cdxj"):
        (SERIES / name).unlink(missing_ok=True)
    (SERIES / "state.sqlite").write_bytes(b"SQLite format 3\0" + b"no such thing" * 99)
    damaged = crawl(replica)
    assert (damaged.code, damaged.out) == (6, "")
    assert damaged.err.endswith("run fangtan repair, which makes it anew from the archive\n")
    assert fangtan("repair") == (0, "", "")
    assert (SERIES / "archive/index.cdxj").read_bytes() == index
    replica.forget()
    assert crawl(replica) == (0, "", "")
    assert (corpus(), len(replica.requests)) == (before, 2)
    assert finish(start("repair", "jl_ifeng/anquan", "--data", "nowhere")).code == 2


@pytest.mark.parametrize("index", [True, False], ids=["index", "no-index"])
def test_a_damaged_archive_is_repaired_and_what_is_lost_asked_for_again(replica: Replica, index: bool) -> None:
    before = records()
    (archive,) = (SERIES / "archive").glob("*.warc.gz")
    last = list(read_archive(SERIES / "archive"))[-1]
    data = bytearray(archive.read_bytes())
    data[last.place.offset + 2000] ^= 0xFF
    archive.write_bytes(data)
    if not index:
        (SERIES / "archive/index.cdxj").unlink()
    (SERIES / "cleaned.sqlite").unlink()
    damaged = crawl(replica)
    assert (damaged.code, damaged.out) == (6, "")
    assert "run fangtan repair" in damaged.err
    assert records() == before
    repaired = fangtan("repair")
    assert (repaired.code, repaired.err) == (1, f"damaged: {archive}.damaged; its whole records were kept\n")
    replica.forget()
    assert crawl(replica) == (0, "", "")
    assert last.url in {request.url for request in replica.requests}
    after = records()
    assert after == {**before, last.url: msgspec.structs.replace(before[last.url], fetched=after[last.url].fetched)}


def test_reclean_shows_before_it_publishes(replica: Replica) -> None:
    before = corpus()
    assert fangtan("reclean", "--diff") == (0, "0 of 6 articles would change (0.0 %)\n", "")
    assert fangtan("reclean", "--jobs", 2) == (0, "", "")
    assert corpus() == before
    write_profile(remove='remove = ["#main_content p:nth-last-child(2)"]')
    shown = fangtan("reclean", "--diff")
    assert shown.code == 0
    assert re.search(r"^ +- .*[。！？]$", shown.out, re.MULTILINE)
    assert re.fullmatch(r"\d of 6 articles would change \(\d+\.\d %\)", shown.out.splitlines()[-1])
    refused = fangtan("reclean", "--fail-over", 1)
    assert (refused.code, refused.out) == (1, "")
    assert "more than --fail-over 1; nothing was published; see --diff" in refused.err
    assert corpus() == before
    assert fangtan("reclean", "--fail-over", 100) == (0, "", "")
    assert corpus() != before
    write_profile()
    assert fangtan("reclean") == (0, "", "")
    assert corpus() == before
    assert replica.requests == ()


def test_of_twenty_starts_one_runs(replica: Replica) -> None:
    replica.fail("http://jl.ifeng.com/robots.txt", Fault("slow", seconds=40))
    fixed = ("jl_ifeng/anquan", "--portal", "jl_ifeng.toml", "--data", "corpora", "--proxy", replica.proxy_url)
    ended = [finish(process) for process in [start("crawl", *fixed) for _ in range(20)]]
    assert sorted(ran.code for ran in ended) == [0, *[5] * 19]
    assert [run.exit for run in runs()] == [0, 0]


def test_sigterm_while_publishing_ends_with_143(replica: Replica) -> None:
    """The signal comes when the crawl is over: the corpus stays, the run is told, the next one goes on."""
    before = corpus()
    signal_itself = """
import os, signal, output.runs
def publish(*args, **options):
    os.kill(os.getpid(), signal.SIGTERM)
output.runs.publish = publish
"""
    ran = crawl(replica, before=signal_itself)
    assert ran == (143, "", "interrupted by SIGTERM; run the command again to go on\n")
    assert (corpus(), [run.exit for run in runs()]) == (before, [0, 143])
    assert crawl(replica) == (0, "", "")


def test_a_signal_does_not_wait_for_a_crawl_delay(replica: Replica, site: Site) -> None:
    robots = type(site.missing)(200, b"User-agent: *\nCrawl-delay: 600\n", (("Content-Type", "text/plain"),))
    replica.site = site.replacing({"http://jl.ifeng.com/robots.txt": robots})
    fixed = ("jl_ifeng/anquan", "--portal", "jl_ifeng.toml", "--data", "corpora", "--proxy", replica.proxy_url)
    process = start("crawl", *fixed, before=later(1))
    while not replica.requests and process.poll() is None:
        time.sleep(0.05)
    time.sleep(0.5)
    started = time.monotonic()
    process.terminate()
    ran = finish(process)
    assert (ran.code, time.monotonic() - started < 10) == (143, True)


ON_A_DISK = """
mkdir disk && mount -t tmpfs -o size=8m none disk && cp -rp corpora jl_ifeng.toml disk/ && cd disk
{trouble}
"$@"; code=$?
sha256sum corpora/jl_ifeng/anquan/*.jsonl >&2
{relief}
"$@" || exit 99
exit $code
"""


FULL = ("head -c 20m /dev/zero > fill; truncate -s -{} fill", "rm fill")
READ_ONLY = ("mount -o remount,ro .", "mount -o remount,rw .")


@pytest.mark.real
@pytest.mark.parametrize(
    ("trouble", "relief", "free"),
    [(*FULL, "1"), (*FULL, "20k"), (*FULL, "60k"), (*FULL, "150k"), (*READ_ONLY, "")],
    ids=["full", "20k", "60k", "150k", "read-only"],
)
def test_a_disk_that_takes_no_more_is_code_7_and_the_corpus_stays(replica: Replica, trouble: str, relief: str, free: str) -> None:
    replica.site = build_site(articles=9)
    command = [sys.executable, "-c", RUN, "crawl", *FIXED, "--proxy", replica.proxy_url]
    script = ON_A_DISK.format(trouble=trouble.format(free), relief=relief)
    ran = in_a_namespace(Path.cwd(), script, *command)
    assert ran.returncode == 7, ran.stderr
    assert re.search(r"(No space left on device|Read-only file system); ", ran.stderr)
    assert "Traceback" not in ran.stderr
    old = hashlib.sha256((SERIES / "articles.jsonl").read_bytes()).hexdigest()
    assert f"{old}  corpora/jl_ifeng/anquan/articles.jsonl" in ran.stderr
