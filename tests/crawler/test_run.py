"""Whole crawls of the replica by the shipped profile: complete, killed, stopped, locked out, without space."""

import gzip
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.archive import Capture, load_page, read_archive
from crawler.lock import lock_series
from crawler.portal import load_portal
from crawler.replica import Replica, Site, build_site, serve
from crawler.urls import article_url, group_pages, is_article
from tests.crawler.loopback import crawl, environment, finish, portal_on, start_crawl, write_profile

PORTAL = load_portal("jl_ifeng")


@pytest.fixture(scope="module")
def site() -> Site:
    return build_site(articles=12)


@pytest.fixture
def replica(site: Site) -> Iterator[Replica]:
    with serve(site) as running:
        yield running


def fetched(data: Path) -> dict[str, tuple[str, ...]]:
    """The payloads of the newest version of each article by its canonical URL, in the order of its pages."""
    captures = read_archive(data / "jl_ifeng/anquan/archive")
    pages = [capture for capture in captures if capture.is_page and is_article(capture.url, PORTAL)]
    groups: Iterator[tuple[Capture, ...]] = group_pages(pages, lambda _: PORTAL)
    return {article_url(group[0].url, PORTAL).canonical: tuple(page.sha256 for page in group) for group in groups}


@pytest.fixture(scope="module")
def whole(site: Site, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, ...]]:
    """What a crawl that nobody disturbed fetches."""
    data = tmp_path_factory.mktemp("whole")
    with serve(site) as replica:
        done = crawl("jl_ifeng", data, series="anquan", proxy=replica.proxy_url)
    assert (done.code, done.stderr, done.summary["reason"], done.summary["complete"]) == (0, "", "finished", True)
    return fetched(data)


def test_every_interview_comes_home_once(replica: Replica, site: Site, tmp_path: Path) -> None:
    proxy = replica.proxy_url.replace("//", "//me:secret@")
    done = crawl("jl_ifeng", tmp_path, series="anquan", proxy=proxy)
    articles = fetched(tmp_path)
    for truth in site.truths:
        pages = {article_url(url, PORTAL).canonical for url in truth.urls}
        assert pages <= set(articles), truth.urls
    assert {"gone", "foreign-redirect", "disallowed"} <= set(done.kinds)
    assert "failed" not in done.kinds
    counts = Counter(request.url.partition("://")[2] for request in replica.requests if not request.url.endswith("robots.txt"))
    assert set(counts.values()) == {1}, "twins, pinned and shifted items are asked for once"
    assert {"proxy-authorization" in request.headers for request in replica.requests if request.url.startswith("http:")} == {True}
    (archive,) = (tmp_path / "jl_ifeng/anquan/archive").glob("*.warc.gz")
    assert b"Authorization" not in gzip.decompress(archive.read_bytes())
    assert not [request.url for request in replica.requests if "elsewhere" in request.url]
    assert {request.url for request in replica.requests if request.url.endswith("robots.txt")} <= {
        "http://jl.ifeng.com/robots.txt",
        "https://jl.ifeng.com/robots.txt",
    }


def test_a_second_run_adds_revisits_not_payloads(replica: Replica, tmp_path: Path, whole: dict[str, tuple[str, ...]]) -> None:
    archive = tmp_path / "jl_ifeng/anquan/archive"
    sizes = []
    for _ in range(2):
        assert crawl("jl_ifeng", tmp_path, series="anquan", proxy=replica.proxy_url).code == 0
        sizes.append(sum(path.stat().st_size for path in archive.glob("*.warc.gz")))
    assert sizes[1] < sizes[0] * 1.2
    assert fetched(tmp_path) == whole
    assert all(load_page(capture).body for capture in read_archive(archive) if capture.is_page)


@pytest.mark.real
@pytest.mark.parametrize("seed", range(3))
def test_a_crawl_killed_at_any_moment_is_made_good_by_the_next(
    replica: Replica, tmp_path: Path, whole: dict[str, tuple[str, ...]], seed: int
) -> None:
    chance = random.Random(seed)
    with start_crawl("jl_ifeng", tmp_path, series="anquan", proxy=replica.proxy_url, progress=True) as process:
        assert process.stderr
        for _ in range(chance.randrange(0, 16)):
            process.stderr.readline()
        process.kill()
    done = crawl("jl_ifeng", tmp_path, series="anquan", proxy=replica.proxy_url)
    assert (done.code, done.stderr) == (0, "")
    assert fetched(tmp_path) == whole
    assert not list(tmp_path.rglob("*.open"))
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.real
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_finishes_the_page_at_hand_and_says_so(replica: Replica, tmp_path: Path, number: signal.Signals) -> None:
    with start_crawl("jl_ifeng", tmp_path, series="anquan", proxy=replica.proxy_url, progress=True) as process:
        assert process.stderr
        for _ in range(5):
            process.stderr.readline()
        process.send_signal(number)
        stopped = finish(process)
    assert (stopped.code, stopped.summary["reason"], stopped.summary["signal"]) == (0, number.name, number)
    assert not stopped.summary["complete"]
    assert 0 < len(fetched(tmp_path)) < 12
    assert not list(tmp_path.rglob("*.open"))


SIGNAL_AT_START = """
import os, signal
from scrapy import signals
from scrapy.crawler import Crawler
create = Crawler._create_engine
def create_and_signal(self):
    os.kill(os.getpid(), signal.SIGTERM)
    return create(self)
Crawler._create_engine = create_and_signal
"""


@pytest.mark.real
def test_a_signal_before_the_first_request_is_not_lost(replica: Replica, tmp_path: Path) -> None:
    stopped = crawl("jl_ifeng", tmp_path, series="anquan", proxy=replica.proxy_url, before=SIGNAL_AT_START)
    assert (stopped.code, stopped.summary["reason"], stopped.summary["complete"]) == (0, "SIGTERM", False)
    assert "fetched" not in stopped.kinds


@pytest.mark.real
def test_a_second_crawl_is_locked_out_and_the_lock_dies_with_the_first(replica: Replica, tmp_path: Path) -> None:
    with start_crawl("jl_ifeng", tmp_path, series="anquan", proxy=replica.proxy_url, delay=0.2, progress=True) as process:
        assert process.stderr
        process.stderr.readline()
        second = crawl("jl_ifeng", tmp_path, series="anquan", proxy=replica.proxy_url)
        assert (second.code, second.stderr) == (
            1,
            f"LockedError: another run works on {tmp_path}/jl_ifeng/anquan; wait for it to end\n",
        )
        process.kill()
    assert crawl("jl_ifeng", tmp_path, series="anquan", proxy=replica.proxy_url, limit=1).code == 0


CRAWL_AND_PRINT_THE_ERROR = """
import sys
from pathlib import Path
from crawler.lock import lock_series
from crawler.portal import load_portal
from crawler.run import StorageError, crawl_series
try:
    crawl_series(load_portal("jl_ifeng"), "anquan", Path(sys.argv[1]), proxy=sys.argv[2], delay=0)
except StorageError as error:
    print(error)
"""


def crawl_on_disk(options: str, replica: Replica, folder: Path) -> str:
    """What a crawl prints whose data lie on a disk mounted with ``options``; ``folder`` gets a copy of them."""
    disk = folder / "disk"
    disk.mkdir()
    (folder / "crawl.py").write_text(CRAWL_AND_PRINT_THE_ERROR)
    script = 'mount -t tmpfs -o "$1" none "$2" && "$3" "$4" "$2" "$5"; cp -r "$2" "$6"'
    ran = subprocess.run(
        [
            "unshare",
            "-rm",
            "sh",
            "-c",
            script,
            "-",
            options,
            disk,
            sys.executable,
            folder / "crawl.py",
            replica.proxy_url,
            folder / "copy",
        ],
        capture_output=True,
        text=True,
        check=False,
        env=environment(PYTHONPATH=str(Path.cwd())),
    )
    if "unshare" in ran.stderr or "mount" in ran.stderr:
        pytest.skip("no user namespaces here")
    return ran.stdout.replace(str(disk), "DISK") or ran.stderr


@pytest.mark.real
@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("size=40k", "DISK/jl_ifeng/anquan/state.sqlite: No space left on device"),
        ("size=100k", "DISK/jl_ifeng/anquan: No space left on device"),
        ("ro", "DISK/jl_ifeng: Read-only file system"),
    ],
)
def test_a_disk_that_takes_no_more_ends_the_run_and_leaves_a_readable_archive(
    replica: Replica, tmp_path: Path, options: str, said: str
) -> None:
    assert crawl_on_disk(options, replica, tmp_path) == f"{said}; make room or give permission, then run it again\n"
    known = len(fetched(tmp_path / "copy"))
    assert crawl("jl_ifeng", tmp_path / "copy", series="anquan", proxy=replica.proxy_url, limit=1).code == 0
    assert len(fetched(tmp_path / "copy")) >= max(known, 1)


def scrapy_crawl(data: Path, *args: str) -> "subprocess.CompletedProcess[str]":
    """``scrapy crawl series`` with these arguments to the spider, as whoever knows Scrapy types it."""
    command = [sys.executable, "-m", "scrapy", "crawl", "series", *args]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment(FANGTAN_DATA=str(data)))


def test_scrapy_crawl_archives_too(tmp_path: Path) -> None:
    with portal_on() as portal:
        portal.list("/a/1.shtml")
        portal.serve("/a/1.shtml", "<p>")
        profile = write_profile(tmp_path, f"{portal.url}/list/1.shtml", extra="delay = 0")
        given = ("-a", f"portal={profile}", "-a", "series=pingan")
        ran = scrapy_crawl(tmp_path, *given, "-o", f"{tmp_path}/out.jsonl")
        assert ran.returncode == 0, ran.stderr
        assert [capture.url for capture in read_archive(tmp_path / "loop/pingan/archive")][-1] == f"{portal.url}/a/1.shtml"
        portal.list("/a/2.shtml")
        assert scrapy_crawl(tmp_path, *given).returncode == 0, "404 is an outcome"
        portal.pages.pop("/list/1.shtml")
        assert scrapy_crawl(tmp_path, *given).returncode == 3
        with lock_series(tmp_path / "loop/pingan"):
            ran = scrapy_crawl(tmp_path, *given)
        said = f"scrapy: another run works on {tmp_path}/loop/pingan; wait for it to end\n"
        assert (ran.returncode, ran.stdout, ran.stderr) == (5, "", said)
    assert [line.partition('"kind": ')[2][:9] for line in (tmp_path / "out.jsonl").read_text().splitlines()] == [
        '"list", "',
        '"fetched"',
    ]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([], "no portal ''; known: "),
        (["portal=jl_ifeng", "series=nosuch"], "portal 'jl_ifeng' has no series 'nosuch'; known: anquan"),
        (["portal=jl_ifeng", "series=anquan"], "no contact for jl.ifeng.com: set FANGTAN_CONTACT to "),
        (["portal=jl_ifeng", "series=anquan", "limit=x"], "limit: 'x' is no number of articles"),
    ],
    ids=["portal", "series", "contact", "limit"],
)
def test_scrapy_crawl_says_in_one_line_what_is_wrong(tmp_path: Path, args: list[str], said: str) -> None:
    ran = scrapy_crawl(tmp_path / "data", *(word for arg in args for word in ("-a", arg)))
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (2, "", 1)
    assert ran.stderr.startswith(f"scrapy: {said}")
    assert not (tmp_path / "data").exists()
