"""Between spider and wire: robots.txt counted at the server, delays, sizes, and what the archive holds."""

import gzip
import time
from collections.abc import Iterator
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path

import pytest

from crawler.archive import load_page, read_archive
from crawler.coding import TooLargeError
from tests.crawler.loopback import RESET, Answer, Portal, crawl, portal_on, write_profile

SIX = [f"/list/{number}.shtml" for number in range(6)]


@pytest.fixture
def portal() -> Iterator[Portal]:
    with portal_on() as running:
        yield running


@pytest.fixture
def hosts() -> Iterator[list[Portal]]:
    """Nine hosts of one portal, each with its own robots.txt."""
    with ExitStack() as stack:
        yield [stack.enter_context(portal_on(f"127.0.0.{number}")) for number in range(1, 10)]


def test_six_start_urls_against_disallow_reach_the_server_zero_times(portal: Portal, tmp_path: Path) -> None:
    portal.serve("/robots.txt", "User-agent: *\nDisallow: /\n")
    done = crawl(write_profile(tmp_path, *(portal.url + path for path in SIX)), tmp_path / "data")
    assert portal.asked == {"/robots.txt": 1}
    assert (done.kinds, done.stderr) == ({"disallowed": 6}, "")
    assert {problem["reason"] for problem in done.summary["problems"]} == {"by robots.txt"}


def test_what_a_robots_txt_that_is_not_there_allows(hosts: list[Portal], tmp_path: Path) -> None:
    """RFC 9309: 4xx opens the host, 5xx and silence close it; every host is asked once."""
    robots = {
        "2": (Answer(404), 1),
        "3": (Answer(410), 1),
        "4": (Answer(500), 0),
        "5": (Answer(body=RESET), 0),
        "6": (Answer(429), 0),
        "7": (Answer(302, headers={"Location": "http://localhost:9/robots.txt"}), 0),
        "8": (Answer(body=b"User-agent: *\nDisallow: /\n\nUser-agent: fangtan\nDisallow: /b\n"), 1),
        "9": (Answer(body=b"User-agent: *\nCrawl-delay: 86400\n"), 0),
    }
    for host in hosts[1:]:
        host.pages["/robots.txt"] = robots[host.address[-1]][0]
        host.serve("/a/1.shtml", "<p>")
        host.serve("/a/2.shtml", "<p>")
    hosts[0].list(*(f"{host.url}/a/{number}.shtml" for host in hosts[1:] for number in (1, 2)))
    profile = write_profile(tmp_path, f"{hosts[0].url}/list/1.shtml", hosts=[host.address for host in hosts])
    done = crawl(profile, tmp_path / "data")
    reached = {host.address[-1]: host.asked["/a/1.shtml"] for host in hosts[1:]}
    assert reached == {number: expected for number, (_, expected) in robots.items()}
    assert {host.asked["/a/2.shtml"] == host.asked["/a/1.shtml"] for host in hosts[1:]} == {True}
    assert [host.asked["/robots.txt"] for host in hosts] == [1, 1, 1, 3, 3, 3, 1, 1, 1]
    assert done.kinds == {"list": 1, "fetched": 6, "failed": 10}
    assert (
        done.reason(f"{hosts[3].url}/a/1.shtml") == f"{hosts[3].url}/robots.txt answered 500, so nothing is allowed in this run"
    )
    assert done.reason(f"{hosts[8].url}/a/1.shtml").endswith("asks for a Crawl-delay of 86400 s; at most 3600 can be kept")


def test_the_user_agent_has_the_contact_and_its_robots_group_is_found(portal: Portal, tmp_path: Path) -> None:
    portal.serve("/robots.txt", "User-agent: *\nDisallow: /\n\nUser-agent: fangtan\nDisallow: /a/2\n")
    portal.list("/a/1.shtml", "/a/2.shtml")
    portal.serve("/a/1.shtml", "<p>")
    done = crawl(write_profile(tmp_path, f"{portal.url}/list/1.shtml"), tmp_path / "data", contact="me@x.org")
    assert done.kinds == {"list": 1, "fetched": 1, "disallowed": 1}
    assert portal.agents == {f"fangtan/{version('fangtan')} (+me@x.org)"}


@pytest.mark.parametrize(("robots", "delay"), [("User-agent: *\nCrawl-delay: 0.4\n", 0), ("", 0.4)], ids=["crawl-delay", "delay"])
def test_delays_are_kept_in_full(portal: Portal, tmp_path: Path, robots: str, delay: float) -> None:
    portal.serve("/robots.txt", robots)
    portal.list("/a/1.shtml")
    portal.serve("/a/1.shtml", "<p>")
    started = time.monotonic()
    done = crawl(write_profile(tmp_path, f"{portal.url}/list/1.shtml"), tmp_path / "data", delay=delay)
    assert done.kinds == {"list": 1, "fetched": 1}
    assert done.summary["seconds"] >= 0.8
    assert time.monotonic() - started >= 0.8


def test_a_crawl_of_anything_but_loopback_without_a_contact_does_not_begin(tmp_path: Path) -> None:
    profile = write_profile(tmp_path, "http://portal.invalid/list/1.shtml", hosts=["portal.invalid"])
    done = crawl(profile, tmp_path / "data")
    assert done.stderr.startswith("MannersError: no contact for portal.invalid: set FANGTAN_CONTACT")
    assert not (tmp_path / "data").exists()


def test_every_response_is_archived_as_sent(portal: Portal, tmp_path: Path) -> None:
    packed = gzip.compress("<p>访谈".encode())
    portal.serve("/robots.txt", "User-agent: *\nDisallow: /b\n")
    portal.list("/a/1.shtml", "/a/2.shtml", "/a/3.shtml")
    portal.pages["/a/1.shtml"] = Answer(200, packed, {"Content-Type": "text/html", "Content-Encoding": "gzip"})
    portal.serve("/a/2.shtml", status=302, Location="/a/20.shtml")
    portal.serve("/a/20.shtml", "<p>moved")
    crawl(write_profile(tmp_path, f"{portal.url}/list/1.shtml"), tmp_path / "data")
    captures = list(read_archive(tmp_path / "data/loop/pingan/archive"))
    assert [(capture.url.removeprefix(portal.url), capture.status) for capture in captures] == [
        ("/robots.txt", 200),
        ("/list/1.shtml", 200),
        ("/a/1.shtml", 200),
        ("/a/2.shtml", 302),
        ("/a/20.shtml", 200),
        ("/a/3.shtml", 404),
    ]
    page = load_page(captures[2])
    assert page.body.decode() == "<p>访谈"
    (whole,) = (tmp_path / "data/loop/pingan/archive").glob("*.warc.gz")
    assert packed in b"".join(unzipped(whole))


def unzipped(whole: Path) -> Iterator[bytes]:
    with gzip.open(whole) as records:
        yield from records


def test_a_page_too_large_is_archived_and_said_to_be(portal: Portal, tmp_path: Path) -> None:
    portal.list("/a/1.shtml", "/a/2.shtml")
    portal.serve("/a/1.shtml", "<p>" + "长" * 400_000)
    portal.pages["/a/2.shtml"] = Answer(200, gzip.compress(b"\0" * 3_000_000), {"Content-Encoding": "gzip"})
    profile = write_profile(tmp_path, f"{portal.url}/list/1.shtml", extra="max_page_bytes = 1000000")
    done = crawl(profile, tmp_path / "data")
    assert done.kinds == {"list": 1, "too-large": 2}
    first, second = list(read_archive(tmp_path / "data/loop/pingan/archive"))[-2:]
    assert len(load_page(first).body) == 1_200_003
    with pytest.raises(TooLargeError):
        load_page(second, max_bytes=1_000_000)
