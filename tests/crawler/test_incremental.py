"""Runs after the first one: what is asked for again, and what must not be hidden."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import read_archive
from tests.crawler.loopback import RESET, Answer, Crawl, Portal, crawl, portal_on, write_profile

LONG = b"<ul>" + b" " * (8 * 2**20)
LATER = "from datetime import timedelta; from crawler import clock; now = clock.now; clock.now = lambda: now() + timedelta({})"


@pytest.fixture
def portal() -> Iterator[Portal]:
    with portal_on() as running:
        yield running


class Series:
    """The series on the portal, crawled again and again."""

    def __init__(self, portal: Portal, folder: Path) -> None:
        self.portal, self.data = portal, folder / "data"
        self.profile = write_profile(folder, f"{portal.url}/list/1.shtml")
        self.profile.write_text(self.profile.read_text().replace('next = "#next"', 'next = "#next"\npinned = ".top"'))

    def publish(self, *lists: Sequence[int]) -> None:
        """Lists with these articles, each a page that can be asked for by its tag."""
        for number, articles in enumerate(lists, 1):
            following = f"{number + 1}.shtml" if number < len(lists) else None
            self.portal.list(*(f"/a/{article}.shtml" for article in articles), path=f"/list/{number}.shtml", next=following)
            for article in articles:
                self.portal.serve(f"/a/{article}.shtml", f"<p>{article}", ETag=f'"{article}"')

    def crawl(self, *, days: float = 0, before: str = "", **options: Any) -> Crawl:
        """A run ``days`` from now; what was asked for before is forgotten."""
        self.portal.asked.clear()
        self.portal.answered.clear()
        return crawl(self.profile, self.data, before=LATER.format(days) + before, **options)

    @property
    def asked(self) -> list[str]:
        """The paths that were asked for, robots.txt left out, each as often as it was."""
        return sorted(path for path in self.portal.asked.elements() if path != "/robots.txt")


@pytest.fixture
def series(portal: Portal, tmp_path: Path) -> Series:
    return Series(portal, tmp_path)


def paths(lists: Sequence[int], articles: Sequence[int]) -> list[str]:
    return sorted([*(f"/list/{number}.shtml" for number in lists), *(f"/a/{number}.shtml" for number in articles)])


def test_nothing_new_costs_robots_txt_and_one_list_page(series: Series, portal: Portal) -> None:
    series.publish([6, 5], [4, 3], [2, 1])
    assert series.crawl().summary["complete"]
    assert series.asked == paths([1, 2, 3], [1, 2, 3, 4, 5, 6])
    second = series.crawl()
    assert portal.asked == {"/robots.txt": 1, "/list/1.shtml": 1}
    assert (second.code, second.kinds, second.summary["complete"]) == (0, {"list": 1}, True)


def test_a_list_that_is_not_modified_is_read_from_the_archive(series: Series, portal: Portal) -> None:
    series.publish([4, 3], [2, 1])
    for path in ("/list/1.shtml", "/list/2.shtml"):
        page = portal.pages[path]
        assert isinstance(page, Answer)
        portal.pages[path] = page._replace(headers={**page.headers, "ETag": f'"{path}"'})
    series.crawl(limit=1)
    done = series.crawl()
    assert portal.answered["/list/1.shtml", 304] == 1
    assert series.asked == paths([1, 2], [1, 2, 3])
    assert done.summary["complete"]


@pytest.mark.parametrize("trouble", ["killed", "limited", "failing", "too-large", "foreign-redirect"])
def test_a_run_that_did_not_complete_hides_nothing(series: Series, portal: Portal, trouble: str) -> None:
    """New articles on three pages of the list; the run takes the newest only, and then the list is full of those."""
    series.publish([2, 1])
    series.crawl()
    series.publish([8, 7], [6, 5], [4, 3], [2, 1])
    match trouble:
        case "killed":
            series.crawl(before=KILL_AT.format(4))
        case "limited":
            series.crawl(limit=2)
        case "failing":
            portal.pages["/list/2.shtml"] = Answer(500)
            series.crawl()
            series.publish([8, 7], [6, 5], [4, 3], [2, 1])
        case _:
            refused = Answer(302, headers={"Location": "http://localhost:9/"}) if "foreign" in trouble else Answer(body=LONG)
            portal.pages["/list/2.shtml"] = refused
            refusing = series.crawl()
            assert (refusing.kinds[trouble], refusing.summary["unread"]) == (1, [f"{portal.url}/list/2.shtml"])
            assert not refusing.summary["complete"]
            series.publish([8, 7], [6, 5], [4, 3], [2, 1])
    done = series.crawl()
    assert done.summary["complete"]
    assert {"/list/1.shtml", "/list/2.shtml", "/list/3.shtml", "/list/4.shtml"} <= set(series.asked)
    archived = {capture.url.rpartition("/")[2] for capture in read_archive(series.data / "loop/pingan/archive")}
    assert {f"{number}.shtml" for number in range(1, 9)} <= archived


KILL_AT = """
import os
from crawler.archive import ArchiveWriter
write, left = ArchiveWriter.write, [{}]
def write_and_die(self, *args, **options):
    written = write(self, *args, **options)
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), 9)
    return written
ArchiveWriter.write = write_and_die
"""


def test_pinned_items_do_not_count(series: Series, portal: Portal) -> None:
    series.publish([2, 1])
    series.crawl()
    series.publish([4, 3], [2, 1])
    pinned = "<li class=top><a href='/a/1.shtml'>平安访谈</a></li>" * 20
    portal.serve("/list/1.shtml", f"<ul>{pinned}</ul><a id=next href=2.shtml>x</a>")
    portal.list("/a/4.shtml", "/a/3.shtml", path="/list/2.shtml", next="3.shtml")
    portal.list("/a/2.shtml", "/a/1.shtml", path="/list/3.shtml", next="4.shtml")
    series.crawl()
    assert series.asked == paths([1, 2, 3], [3, 4])


def test_a_full_run_walks_to_the_end(series: Series) -> None:
    series.publish([4, 3], [2, 1])
    series.crawl()
    series.crawl(full=True)
    assert series.asked == paths([1, 2], [])


def test_known_articles_are_revisited_by_age_with_their_tags(series: Series, portal: Portal) -> None:
    series.publish([2, 1])
    series.crawl()
    portal.serve("/a/2.shtml", "<p>edited", ETag='"new"')
    portal.pages.pop("/a/1.shtml")
    done = series.crawl(days=1)
    assert done.kinds == {"list": 1, "fetched": 1, "gone": 1}
    series.publish([2, 1])
    assert series.crawl(days=3).kinds == {"list": 1, "fetched": 1, "unchanged": 1}
    assert portal.answered["/a/1.shtml", 304] == 1
    assert series.crawl(days=4).kinds == {"list": 1}


def test_a_page_that_failed_is_asked_for_again_with_its_article(series: Series, portal: Portal) -> None:
    portal.list("/a/1_0.shtml")
    portal.serve("/a/1_0.shtml", "<div class=pages><a href=1_1.shtml>2</a></div>", ETag='"0"')
    portal.pages["/a/1_1.shtml"] = Answer(body=RESET)
    assert not series.crawl().summary["complete"]
    portal.serve("/a/1_1.shtml", "<div class=pages><a href=1_0.shtml>1</a></div>", ETag='"1"')
    portal.list("/a/2.shtml")
    portal.serve("/a/2.shtml", "<p>2")
    done = series.crawl()
    assert done.kinds == {"list": 1, "unchanged": 1, "fetched": 2}
    assert portal.answered["/a/1_0.shtml", 304] == 1
    assert done.summary["complete"]


def test_a_list_that_lost_its_items_or_its_next_link_is_said_to_be_unfit(series: Series, portal: Portal) -> None:
    series.publish([4, 3], [2, 1])
    series.crawl()
    portal.serve("/list/1.shtml", "<div class=item><a href='/a/4.shtml'>平安访谈</a></div>")
    done = series.crawl()
    assert (done.summary["unfit"], done.kinds) == ({"list.item": f"{portal.url}/list/1.shtml"}, {"failed": 1})
    portal.serve("/list/1.shtml", "<li><b data-href='/a/4.shtml'>平安访谈</b></li>")
    assert series.crawl().summary["unfit"] == {"list.link": f"{portal.url}/list/1.shtml"}
    series.publish([6, 5])
    done = series.crawl()
    assert (done.summary["unfit"], done.summary["complete"]) == ({"list.next": f"{portal.url}/list/1.shtml"}, False)
    assert series.crawl(full=True).summary["complete"]
    assert series.crawl().summary["unfit"] == {}


def test_a_portal_in_trouble_is_left_alone(series: Series, portal: Portal) -> None:
    numbers = range(40)
    series.publish(numbers)
    for number in numbers:
        portal.pages[f"/a/{number}.shtml"] = Answer(503)
    done = series.crawl()
    assert done.summary["reason"] == "10 pages failed one after the other"
    assert 30 <= sum(path.startswith("/a/") for path in series.asked) <= 31, "one may be on its way"


def test_retry_after_is_obeyed_and_trouble_slows_the_crawl(series: Series, portal: Portal) -> None:
    series.publish([2, 1])
    page = portal.pages["/a/2.shtml"]
    portal.pages["/a/2.shtml"] = [Answer(503, headers={"Retry-After": "2"}), page]  # type: ignore[list-item]  # an Answer
    assert series.crawl().summary["seconds"] > 2
    portal.pages["/a/1.shtml"] = [Answer(503), Answer(429), Answer(body=b"<p>at last")]
    done = series.crawl(delay=0.2, days=1)
    assert (done.code, done.summary["complete"]) == (0, True)
    assert done.summary["seconds"] > 0.2 * 3 + 0.4 + 0.8


def test_a_portal_that_wants_to_be_left_alone_for_a_day_is(series: Series, portal: Portal) -> None:
    series.publish([2, 1])
    portal.pages["/a/2.shtml"] = Answer(429, headers={"Retry-After": "86400"})
    done = series.crawl()
    assert done.summary["reason"] == f"{portal.url}/a/2.shtml asks to be left alone for 86400 s"
    assert portal.asked["/a/2.shtml"] == 1
