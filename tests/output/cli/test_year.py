"""A year of daily runs, a process each, against a portal that lives: ``FANGTAN_DAYS`` of it (30), all in ``make test-year``.

Articles come, are edited, go; the lists get longer and shift; there are days of 503; the clock is set back by a day once;
and then the template changes. No published record changes without the portal having changed it.
"""

import os
import random
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from cleaners.article import Record
from crawler.replica import Fault, Replica, Response, Site, build_site, serve
from output.corpus import read_items
from output.validate import validate_corpus
from tests.output.cli.conftest import Ran
from tests.output.cli.portals import FIXED, LIST, SERIES, edited, fangtan, runs, warm, write_profile

DAYS = int(os.environ.get("FANGTAN_DAYS", "30"))
TEMPLATE_DAY = DAYS * 200 // 365
CLOCK_BACK_DAY = DAYS // 3
START = datetime(2027, 1, 1, 4, 17, tzinfo=UTC)
FIRST = 16
CLOCK = """
from datetime import datetime, timedelta
from crawler import clock
clock.now = lambda: datetime.fromisoformat({moment!r})
"""


class Portal:
    """The portal on each day: what its editors did is kept."""

    def __init__(self) -> None:
        self.chance = random.Random(20270101)
        self.articles = FIRST
        self.changes: dict[str, Response] = {}
        self.edits: dict[str, int] = {}
        """How often each URL was edited."""
        self.gone: set[str] = set()
        self.new_template = False

    def live_a_day(self) -> Site:
        """A new article on two days of three; now and then an edit, a new chrome, a deletion."""
        self.articles += self.chance.random() < 0.67
        site = build_site(articles=self.articles)
        urls = [truth.urls[0] for truth in site.truths[1:] if len(truth.urls) == 1 and "/a/" in truth.urls[0]]
        if self.chance.random() < 0.7:
            self._edit(site, self.chance.choice(urls[-10:]))
        if self.chance.random() < 0.1:
            url = self.chance.choice(urls[-6:])
            self.gone.add(url)
            self.changes[url] = site.missing
        return self.serve(site)

    def serve(self, site: Site) -> Site:
        """The site with all that was done to it; from the day of the template on new articles have another body."""
        site = site.replacing(self.changes)
        if self.new_template:
            new = [url for truth in site.truths[self.before :] for url in truth.urls]
            site = edited(site, new, 'id="main_content"', 'id="content_2027"')
        return site

    def change_template(self) -> None:
        """Three articles of this day have it."""
        self.before, self.new_template, self.articles = self.articles, True, self.articles + 3

    def _edit(self, site: Site, url: str) -> None:
        if url in self.gone:
            return
        self.edits[url] = self.edits.get(url, 0) + 1
        base = site.replacing({url: self.changes[url]}) if url in self.changes else site
        number = self.edits[url]
        self.changes[url] = edited(base, [url], "。</p>", f"，第{number}次更正。</p>").responses[url]


@pytest.fixture
def replica(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Replica]:
    monkeypatch.chdir(tmp_path)
    write_profile()
    with serve(build_site(articles=FIRST)) as served:
        yield served


def run_on(day: int, replica: Replica) -> Ran:
    moment = START + timedelta(days=day - 2 if day == CLOCK_BACK_DAY else day)
    return warm().run("crawl", *FIXED, "--proxy", replica.proxy_url, before=CLOCK.format(moment=moment.isoformat()))


def corpus() -> Mapping[str, Record]:
    return {record.url or "": record for record in read_items(SERIES / "articles.jsonl", Record)}


def storm(replica: Replica, site: Site) -> None:
    """Each page of today answers 503, for three requests or for good."""
    for url in site.responses:
        if "/a/" in url or "/c/" in url:
            replica.fail(url, *[Fault("status", status=503)] * 2)


def assert_no_silent_change(before: Mapping[str, Record], after: Mapping[str, Record], portal: Portal) -> None:
    """Nothing leaves; what differs was edited, and another text is another version, or went, and says since when."""
    assert before.keys() <= after.keys()
    for url, old in before.items():
        new = after[url]
        if url not in portal.edits:
            assert msgspec.structs.replace(new, gone=old.gone) == old
        if new.text != old.text:
            assert new.version > old.version
        if new.gone != old.gone:
            assert url in portal.gone


@pytest.mark.real
def test_a_year(replica: Replica) -> None:
    portal = Portal()
    published: Mapping[str, Record] = {}
    for day in range(DAYS):
        if day == TEMPLATE_DAY:
            portal.change_template()
        replica.site = portal.live_a_day()
        stormy = portal.chance.random() < 0.05 and day
        if stormy:
            storm(replica, replica.site)
        ran = run_on(day, replica)
        assert ran.out == ""
        drifted = day >= TEMPLATE_DAY
        assert ran.code == (8 if drifted else 0), (day, ran)
        if drifted:
            assert "drift: template[0].body '#main_content'" in ran.err, day
        after = corpus()
        assert_no_silent_change(published, after, portal)
        published = after
    assert_the_year_is_whole(portal, replica, published)


def assert_the_year_is_whole(portal: Portal, replica: Replica, published: Mapping[str, Record]) -> None:
    """All that the portal had is there but what the new template hides, until the profile knows it."""
    assert list(validate_corpus(SERIES)) == []
    assert len(runs()) == DAYS
    write_profile(body='body = "#main_content, #content_2027"')
    assert fangtan("reclean").code == 0
    site = replica.site
    urls = {truth.urls[0].partition("://")[2] for truth in site.truths} - {url.partition("://")[2] for url in portal.gone}
    assert urls <= {url.partition("://")[2] for url in corpus()}
    assert corpus().keys() >= published.keys()
    edited_often = [url for url in portal.edits if url in published and portal.edits[url]]
    assert any(published[url].version > 1 for url in edited_often)
    replica.fail(LIST)
