"""The spider over real HTTP: what it asks for, once, and what it says of it."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crawler.loopback import RESET, Answer, Portal, crawl, portal_on, write_profile


@pytest.fixture
def portal() -> Iterator[Portal]:
    with portal_on() as running:
        yield running


def test_lists_are_followed_to_their_end_and_each_article_is_taken_once(portal: Portal, tmp_path: Path) -> None:
    portal.list("/a/1_0.shtml", "/a/2_0.shtml", "/a/9.shtml", next="2.shtml")
    portal.list("/a/2_0.shtml", f"{portal.url}/a/1_0.shtml#top", "/about.html", path="/list/2.shtml", next="3.shtml")
    portal.list("/a/3.shtml", path="/list/3.shtml", next="javascript:void(0);")
    portal.pages["/list/3.shtml"] = Answer(body=portal.answer("/list/3.shtml").body + b"<li><a href='/a/4.shtml'>else</a>")
    portal.serve("/a/1_0.shtml", "<p>1")
    portal.serve("/a/2_0.shtml", "<div class=pages><a href='2_1.shtml'>2</a><a href='/a/1_0.shtml'>1</a></div>")
    portal.serve("/a/2_1.shtml", "<div class=pages><a href='2_0.shtml'>1</a><a href='2_2.shtml'>3</a></div>")
    portal.serve("/a/2_2.shtml", "<div class=pages><a href='2_1.shtml'>2</a><a href='javascript:;'>next</a></div>")
    portal.serve("/a/3.shtml", "<div class=tips404>没有找到</div>")
    portal.serve("/a/9.shtml", "gone", status=410)
    portal.asked.clear()
    done = crawl(write_profile(tmp_path, f"{portal.url}/list/1.shtml"), tmp_path / "data")
    paths = [
        "/robots.txt",
        *(f"/list/{n}.shtml" for n in (1, 2, 3)),
        *(f"/a/{n}.shtml" for n in ("1_0", "2_0", "2_1", "2_2", 3, 9)),
    ]
    assert portal.asked == Counter(paths)
    assert done.kinds == {"list": 3, "fetched": 4, "gone": 2, "not-article": 1}
    assert done.reason(f"{portal.url}/a/3.shtml") == ".tips404"
    assert done.reason(f"{portal.url}/a/9.shtml") == "410 Gone"
    assert done.reason(f"{portal.url}/about.html") == "listed, but article.url of the profile does not match"
    assert (done.code, done.stderr, done.summary["complete"], done.summary["articles"]) == (0, "", True, 4)


def test_failures_are_counted_after_their_retries_and_said_once_each(portal: Portal, tmp_path: Path) -> None:
    portal.list("/a/1.shtml", "/a/2.shtml", "/a/3.shtml", "/a/4.shtml", "/a/5.shtml")
    portal.serve("/a/1.shtml", status=500)
    portal.pages["/a/2.shtml"] = Answer(body=RESET)
    portal.pages["/a/3.shtml"] = [Answer(503), Answer(body=b"<p>at last")]
    portal.serve("/a/4.shtml", "x", Content_Encoding="gzip")
    portal.serve("/a/5.shtml", status=403)
    done = crawl(write_profile(tmp_path, f"{portal.url}/list/1.shtml"), tmp_path / "data")
    assert done.kinds == {"list": 1, "fetched": 1, "failed": 4}
    assert [portal.asked[f"/a/{number}.shtml"] for number in (1, 3, 4, 5)] == [3, 2, 3, 1]
    assert sorted(done.stderr.splitlines()) == [
        f"failed {portal.url}/a/1.shtml: 500 Internal Server Error",
        f"failed {portal.url}/a/2.shtml: {done.reason(f'{portal.url}/a/2.shtml')}",
        f"failed {portal.url}/a/4.shtml: gzip: the body is cut off",
        f"failed {portal.url}/a/5.shtml: 403 Forbidden",
    ]
    assert not done.summary["complete"]


def test_redirects(portal: Portal, tmp_path: Path) -> None:
    portal.list("/a/1.shtml", "/a/2.shtml", "/a/3.shtml", "/a/4.shtml")
    portal.serve("/a/1.shtml", status=302, Location="http://localhost:9/stolen")
    portal.serve("/a/2.shtml", status=301, Location="/")
    portal.serve("/", "<p>home")
    portal.serve("/a/3.shtml", status=301, Location="/a/30.shtml")
    portal.serve("/a/30.shtml", "<p>moved")
    portal.serve("/a/4.shtml", status=302, Location="/a/4.shtml")
    done = crawl(write_profile(tmp_path, f"{portal.url}/list/1.shtml"), tmp_path / "data")
    assert done.kinds == {"list": 1, "foreign-redirect": 1, "not-article": 1, "fetched": 1, "failed": 1}
    assert done.reason(f"{portal.url}/a/1.shtml") == "to localhost, which the profile does not list"
    assert done.reason(f"{portal.url}/a/2.shtml") == f"redirected to {portal.url}/"
    assert done.reason(f"{portal.url}/a/4.shtml") == "max redirections reached"


def test_lists_without_end_are_left(portal: Portal, tmp_path: Path) -> None:
    for number in range(1, 20):
        portal.list("/a/1.shtml", path=f"/list/{number}.shtml", next=f"{number + 1}.shtml")
    portal.serve("/a/1.shtml", "<p>1")
    done = crawl(write_profile(tmp_path, f"{portal.url}/list/1.shtml"), tmp_path / "data")
    assert sum(portal.asked[f"/list/{number}.shtml"] for number in range(1, 20)) == 4
    assert done.kinds == {"list": 4, "fetched": 1, "failed": 1}


@pytest.mark.parametrize(
    ("status", "said"),
    [(200, "no item on this list page; does list.item of the profile 'loop' still fit?"), (404, "404 Not Found")],
    ids=["template-changed", "moved"],
)
def test_a_first_list_without_items_is_a_failure(portal: Portal, tmp_path: Path, status: int, said: str) -> None:
    portal.serve("/list/1.shtml", "<p>维护中", status=status)
    done = crawl(write_profile(tmp_path, f"{portal.url}/list/1.shtml"), tmp_path / "data")
    assert (done.kinds, done.stderr) == ({"failed": 1}, f"failed {portal.url}/list/1.shtml: {said}\n")


def test_a_limit_takes_whole_articles_and_is_not_complete(portal: Portal, tmp_path: Path) -> None:
    portal.list("/a/1_0.shtml", "/a/2.shtml", "/a/3.shtml", next="2.shtml")
    portal.serve("/a/1_0.shtml", "<div class=pages><a href='1_1.shtml'>2</a></div>")
    portal.serve("/a/1_1.shtml", "<p>2")
    portal.serve("/a/2.shtml", "<p>")
    done = crawl(write_profile(tmp_path, f"{portal.url}/list/1.shtml"), tmp_path / "data", limit=2)
    assert (done.kinds, done.summary["complete"]) == ({"list": 1, "fetched": 3}, False)
    assert portal.asked["/list/2.shtml"] == 0
