"""Which pages that a selector misses are news."""

from pathlib import Path

import pytest

from crawler.capture import Capture, Place
from crawler.portal import Portal, parse_portal
from output.drift import find_drift
from output.judged import Judged
from output.versions import Heard

PORTAL = """
title = "例网"
hosts = ["news.example.com"]
[article]
url = '/a/\\d+\\.html'
[[template]]
body = ".content"
title = "h1"
source = ".source"
"""
FITS = ("template[0].body", "template[0].title", "template[0].source")
NO_SOURCE = FITS[:2]
GIVEN = ("title", "published", "source")


@pytest.fixture(scope="module")
def portal() -> Portal:
    return parse_portal(PORTAL, source="example.toml", name="example")


def heard(
    number: int, fit: tuple[str, ...] | None, *, stray: int = 0, problem: str = "", fields: tuple[str, ...] = GIVEN
) -> Heard:
    place = Place(Path("a.warc.gz"), number)
    url = f"http://news.example.com/a/{number}.html"
    capture = Capture(url, "2026-11-01T04:05:06Z", 200, "text/html", "0" * 64, "verified", place, place)
    said = Judged(fit=fit, characters=500, stray=stray, problem=(problem, "") if problem else None, fields=fields)
    return Heard(f"{number:016x}", (capture,), bytes(16), said)


def some(count: int, fit: tuple[str, ...] | None = FITS, **more: int | str | tuple[str, ...]) -> list[Heard]:
    return [heard(number, fit, **more) for number in range(count)]  # type: ignore[arg-type]  # passed on


@pytest.mark.parametrize(
    ("fresh", "base", "keys"),
    [
        ([], some(50), []),
        (some(5), some(50), []),
        (some(1, ()), some(50), ["template[0].body"]),
        (some(1, ()), some(9), []),
        (some(1, ()), [*some(40), *some(10, ())], []),
        ([*some(9), *some(1, ())], some(200), []),
        ([*some(1), *some(9, ())], some(200), ["template[0].body"]),
        (some(2, (), problem="no-article"), some(200), []),
        (some(3, (), problem="no-article"), some(200), ["template[0].body"]),
        (some(1, NO_SOURCE), some(50), []),
        (some(3, NO_SOURCE), some(50), ["template[0].source"]),
        (some(3, NO_SOURCE), [*some(25), *some(25, NO_SOURCE)], []),
        (some(4, None), some(50), []),
        (some(3, stray=900), some(50), ["template[0].body"]),
        (some(3, stray=400), some(50), []),
        (some(3, problem="no-article"), some(50), ["template[0].body"]),
        (some(3, problem="no-article"), [*some(40), *some(10, problem="no-article")], []),
        (some(1, problem="no-article"), some(50), []),
        (some(3, fields=GIVEN[::2]), some(50), ["template[0].date"]),
        (some(3, fields=GIVEN[:2]), some(50), ["template[0].source"]),
        (some(3, NO_SOURCE, fields=GIVEN[:2]), some(50), ["template[0].source"]),
        (some(3, fields=GIVEN[:2]), [*some(25), *some(25, fields=GIVEN[:2])], []),
        (some(1, fields=()), some(50), []),
        (some(3, None, problem="no-article"), some(50, None), ["data"]),
        (some(3, None, fields=GIVEN[:2]), [*some(50, None), *some(50)], ["data"]),
        (some(12, None, fields=GIVEN[:2]), [*some(50, None, fields=GIVEN[:2]), *some(50)], []),
    ],
    ids=[
        *(
            "nothing-new",
            "all-fit",
            "one-without-body",
            "too-little-known",
            "body-was-never-sure",
            "one-odd-of-ten",
            "nine-of-ten",
        ),
        *("two-notices", "only-notices", "one-without-source", "three-without-source", "source-was-never-sure"),
        *("read-as-data", "article-elsewhere", "long-side-lines", "empty-bodies", "pictures-are-usual", "one-empty-body"),
        *("no-date-is-read", "source-is-empty", "no-source-told-once", "source-was-never-read", "one-without-fields"),
        *("data-without-article", "data-without-source", "data-never-had-it"),
    ],
)
def test_find_drift(portal: Portal, fresh: list[Heard], base: list[Heard], keys: list[str]) -> None:
    found = find_drift(fresh, base, portal)
    assert [drift.key for drift in found] == keys
    assert all(drift.missing for drift in found)


def test_a_body_without_an_article_is_told_as_such(portal: Portal) -> None:
    (drift,) = find_drift(some(3, problem="no-article"), some(50), portal)
    told = "finds an element without an article in it on 3 of 3 new pages, before on 50 of 50; held back:"
    assert str(drift).startswith(f"drift: template[0].body '.content' {told} http://news.example.com/a/0.html ")


def test_a_drift_is_told_in_one_line(portal: Portal) -> None:
    (drift,) = find_drift(some(5, NO_SOURCE), some(50), portal)
    told = "finds something on 0 of 5 new pages, before on 50 of 50; held back:"
    urls = " ".join(f"http://news.example.com/a/{number}.html" for number in range(3))
    assert str(drift) == f"drift: template[0].source '.source' {told} {urls} and 2 more"
