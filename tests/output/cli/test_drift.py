"""A portal that changes its template: the run says which selector, on which pages, and publishes nothing doubtful."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cleaners.article import Record
from crawler.replica import Replica, Response, Site, build_site, serve
from output.corpus import read_items
from tests.output.cli.portals import LIST, SERIES, crawl, edited, fangtan, runs, write_profile

OLD, NEW = 24, 30


@pytest.fixture(scope="module")
def sites() -> tuple[Site, Site]:
    return build_site(articles=OLD), build_site(articles=NEW)


@pytest.fixture
def replica(sites: tuple[Site, Site], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Replica]:
    """The portal, crawled once; then it has six more articles."""
    monkeypatch.chdir(tmp_path)
    write_profile()
    with serve(sites[0]) as served:
        assert crawl(served) == (0, "", "")
        served.site = sites[1]
        yield served


def new_urls(site: Site) -> list[str]:
    return [url for truth in site.truths[OLD:] for url in truth.urls]


def legacy_urls(site: Site) -> set[str]:
    return {truth.urls[0] for truth in site.truths[OLD:] if "/a/" in truth.urls[0]}


def published() -> set[str]:
    return {record.url or "" for record in read_items(SERIES / "articles.jsonl", Record)}


@pytest.mark.parametrize(
    ("key", "old", "new"),
    [
        ("template[0].body '#main_content'", 'id="main_content"', 'id="content_2026"'),
        ("template[0].source '#artical_sth .ss03'", 'class="ss03', 'class="ly03'),
        ("template[0].title '#artical_topic'", 'id="artical_topic"', 'id="headline"'),
    ],
    ids=["body", "source", "title"],
)
def test_the_selector_that_stopped_matching_is_named_and_its_pages_are_held_back(
    replica: Replica, key: str, old: str, new: str
) -> None:
    site = replica.site
    before = published()
    replica.site = edited(site, new_urls(site), old, new)
    ran = crawl(replica)
    drifts = [line for line in ran.err.splitlines() if line.startswith("drift: ")]
    assert (ran.code, ran.out, len(drifts)) == (8, "", 1)
    assert drifts[0].startswith(f"drift: {key} finds something on 0 of ")
    assert any(url in drifts[0] for url in legacy_urls(site))
    assert before <= published()
    assert not published() & legacy_urls(site)
    assert fangtan("status").code == 1
    assert crawl(replica).code == 8, "what is in doubt stays so until somebody looks"
    assert not published() & legacy_urls(site)


def test_a_mended_profile_publishes_what_was_held_back(replica: Replica) -> None:
    site = replica.site
    replica.site = edited(site, new_urls(site), 'id="main_content"', 'id="content_2026"')
    assert crawl(replica).code == 8
    write_profile(body='body = "#main_content, #content_2026"')
    shown = fangtan("reclean", "--diff")
    assert (shown.code, shown.err) == (0, "")
    assert all(url in shown.out for url in legacy_urls(site))
    assert fangtan("reclean") == (0, "", "")
    assert legacy_urls(site) <= published()
    assert crawl(replica) == (0, "", "")
    assert fangtan("status").code == 0


def test_list_items_that_change_are_named(replica: Replica) -> None:
    before = (SERIES / "articles.jsonl").read_bytes()
    replica.site = edited(replica.site, [LIST], 'class="box650"', 'class="box2026"')
    ran = crawl(replica)
    selector = "'div.box650 > div[data-url]'"
    assert ran == (8, "", f"drift: list.item {selector} finds nothing on {LIST}, where earlier runs found something\n")
    assert (SERIES / "articles.jsonl").read_bytes() == before
    assert runs()[-1].drift == (ran.err.rstrip("\n"),)


def test_articles_under_other_urls_are_named(replica: Replica) -> None:
    site = replica.site
    urls = [url.partition("://")[2].partition("/")[2] for url in new_urls(site)]
    for path in urls:
        site = edited(site, [LIST], path, f"n/{path.replace('.', '-')}.php")
    replica.site = site
    ran = crawl(replica)
    assert (ran.code, ran.err.count("\n")) == (8, 1)
    assert ran.err.startswith("drift: article.url '")
    told = f"' matches none of the newest items on {LIST}; if they are meant to be no articles, run once with --full\n"
    assert ran.err.endswith(told)
    assert crawl(replica).code == 8
    assert crawl(replica, "--full") == (0, "", "")
    assert crawl(replica) == (0, "", "")


SHELL = b"<html><body><div id='app'></div><script src='/app.js'></script></body></html>"


def test_bodies_that_stay_empty_are_named(replica: Replica) -> None:
    site = replica.site
    for url in new_urls(site):
        body = re.sub(rb'<div([^>]*id="main_content"[^>]*)>', rb'<div\1></div><div id="content_2026">', site.responses[url].body)
        site = site.replacing({url: Response(200, body, site.responses[url].headers[:1])})
    replica.site = site
    ran = crawl(replica)
    assert ran.code == 8
    assert ran.err.startswith("drift: template[0].body '#main_content' finds an element without an article in it on ")


def test_one_page_a_day_without_an_article_is_drift_on_the_third(replica: Replica, sites: tuple[Site, Site]) -> None:
    codes = []
    for articles in range(OLD + 1, OLD + 5):
        site = build_site(articles=articles)
        new = {url: Response(200, SHELL, (("Content-Type", "text/html"),)) for url in new_urls(site)}
        replica.site = site.replacing(new)
        codes.append(crawl(replica).code)
    assert codes == [0, 0, 8, 8]
    replica.site = sites[1]
    assert fangtan("reclean", "--accept-drift") == (0, "", "")
    assert fangtan("status").code == 1, "until a run has looked"
    assert crawl(replica) == (0, "", "")


def test_what_somebody_accepted_is_published_and_no_drift_any_more(replica: Replica) -> None:
    site = replica.site
    replica.site = edited(site, new_urls(site), 'class="ss03', 'class="ly03')
    assert crawl(replica).code == 8
    assert not published() & legacy_urls(site)
    shown = fangtan("reclean", "--accept-drift", "--diff")
    assert (shown.code, shown.out.count("added ")) == (0, len(legacy_urls(site)))
    assert fangtan("reclean", "--accept-drift") == (0, "", "")
    assert legacy_urls(site) <= published()
    assert crawl(replica) == (0, "", "")


def test_a_day_of_short_articles_is_no_drift(replica: Replica, sites: tuple[Site, Site]) -> None:
    """All new articles on legacy pages are cut to three paragraphs."""
    site = sites[1]
    for url in new_urls(site):
        response = site.responses[url]
        body = re.sub(rb"(?s)(mainContent begin-->(?:.*?</p>){3}).*?(?=<!--mainContent end)", rb"\1", response.body)
        site = site.replacing({url: Response(200, body, (("Content-Type", response.headers[0][1]),))})
    replica.site = site
    ran = crawl(replica)
    assert (ran.code, ran.err) == (0, "")
    fresh = runs()[-1].fresh
    assert fresh
    assert fresh.articles == NEW - OLD
    first = runs()[0].fresh
    assert first
    assert fresh.paragraphs < first.paragraphs * 0.7, "the modern pages among them are as they were"


def test_one_odd_page_without_a_source_is_no_drift(replica: Replica) -> None:
    site = replica.site
    replica.site = edited(site, [sorted(legacy_urls(site))[0]], 'class="ss03', 'class="ly03')
    assert crawl(replica) == (0, "", "")
