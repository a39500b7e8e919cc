"""A whole portal: what each of its URLs answers, and what a crawl of it should bring home."""

import hashlib
import string
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from functools import partial
from typing import overload

import msgspec

from crawler.replica.chrome import HOST, Chrome, chrome_of
from crawler.replica.layouts import Layout, layout_of, legacy, modern
from crawler.replica.lists import LIST_URL, Entry, Item, Outcome, list_pages, render_list
from crawler.replica.pages import content_type, page_fields, render_article, template
from crawler.replica.seed_page import SEED_LAYOUT, SEED_URL, seed_story
from crawler.replica.texts import SERIES, Story, moment_of, news_of, phrase, story_of
from crawler.replica.truth import Truth, truth_of

FOREIGN_URL = "http://www.elsewhere.example/news/1.html"
FORBIDDEN = "/a/20180401/"
ROBOTS = f"User-agent: *\nDisallow: {FORBIDDEN}\nDisallow: /search/\n"

_CHINA = timezone(timedelta(hours=8))
_PINNED = 4
_TWIN_DISTANCE = 18
_FIRST_ID = 7_030_000
_ID_STEP = 37

# What the lists hold beside the series' articles: outcome, URL, and the article that it stands before.
_STRAYS: tuple[tuple[Outcome, str, int], ...] = (
    ("other", f"http://{HOST}/a/20181119/7029801_0.shtml", 1),
    ("gone", f"http://{HOST}/a/20181118/7029655_0.shtml", 3),
    ("forbidden", f"http://{HOST}{FORBIDDEN}6469021_0.shtml", 5),
    ("no-article", f"http://{HOST}/a/20181117/7029417_0.shtml", 6),
    ("other", f"http://{HOST}/a/20181116/7029122_0.shtml", 8),
    ("foreign", f"http://{HOST}/a/20181116/7028990_0.shtml", 9),
    ("soft-gone", f"http://{HOST}/a/20181115/7028731_0.shtml", 10),
    ("other", f"https://{HOST}/c/7h0ther0001", 11),
)


class Response(msgspec.Struct, frozen=True):
    """What one URL answers."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


class Responses(Mapping[str, Response]):
    """The answers by absolute URL, scheme included; each is made anew when it is asked for."""

    def __init__(self, makers: Mapping[str, Callable[[], Response]]) -> None:
        self._makers = makers

    def __getitem__(self, url: str) -> Response:
        return self._makers[url]()

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)

    def replacing(self, changes: Mapping[str, Response]) -> "Responses":
        """The same answers but for some URLs."""
        return Responses({**self._makers, **{url: partial(_same, response) for url, response in changes.items()}})


class Truths(Sequence[Truth]):
    """The truths by article number; each is made anew when it is asked for."""

    def __init__(self, seed: int, numbers: range) -> None:
        self._seed, self._numbers = seed, numbers

    @overload
    def __getitem__(self, at: int) -> Truth: ...
    @overload
    def __getitem__(self, at: slice) -> "Truths": ...
    def __getitem__(self, at: int | slice) -> "Truth | Truths":
        if isinstance(at, slice):
            return Truths(self._seed, self._numbers[at])
        return _article(self._seed, self._numbers[at]).truth()

    def __len__(self) -> int:
        return len(self._numbers)


@dataclass(frozen=True)
class Site:
    """A portal at one moment. Bodies are made when they are asked for, so ten thousand articles need no memory."""

    responses: Responses
    """What is not here answers :attr:`missing`."""

    truths: Truths
    """What a crawl should publish, the oldest first."""

    outcomes: Mapping[str, Outcome]
    """What the listed URLs lead to that yield no record of the series."""

    missing: Response
    """The 404 page."""

    hosts: frozenset[str] = frozenset({HOST})
    """Whom the replica speaks for."""

    def replacing(self, changes: Mapping[str, Response]) -> "Site":
        """The same site but for some URLs: edits, deletions (``site.missing``), another robots.txt."""
        return replace(self, responses=self.responses.replacing(changes))


def build_site(*, seed: int = 20181113, articles: int = 44, per_page: int = 15, robots: str = ROBOTS) -> Site:
    """The portal with ``articles`` interviews, the real one among them, and some items that are none.

    An article depends on ``seed`` and its number alone: a site with more articles has the same ones and newer ones
    before them in its lists.
    """
    chrome = chrome_of(seed)
    entries = _entries(seed, articles)
    makers: dict[str, Callable[[], Response]] = {}
    for number in range(articles):
        article = _article(seed, number)
        for page, url in enumerate(article.urls):
            makers |= _both_schemes(url, partial(_article_page, chrome, number, page))
    makers |= _stray_makers(chrome)
    makers |= _list_makers(chrome, entries, per_page, pinned=min(_PINNED, articles - 1))
    makers |= _both_schemes(f"http://{HOST}/robots.txt", partial(_same, _text(robots)))
    outcomes = {url: outcome for outcome, url, _ in _STRAYS}
    return Site(Responses(makers), Truths(seed, range(articles)), outcomes, _missing(chrome, status=404))


class _Article(msgspec.Struct, frozen=True):
    """An article before anybody has asked for its text."""

    seed: int
    number: int
    layout: Layout
    urls: tuple[str, ...]

    def story(self) -> Story:
        return story_of(self.seed, self.number, self.layout.traits) if self.number else seed_story()

    def truth(self) -> Truth:
        truth = truth_of(self.story(), self.layout, self.urls)
        return truth if self.number else msgspec.structs.replace(truth, cases=(*truth.cases, "seed"))


def _article(seed: int, number: int) -> _Article:
    """Article ``number``; the oldest is the real one."""
    if number == 0:
        return _Article(seed, 0, SEED_LAYOUT, (SEED_URL,))
    layout = layout_of(number)
    if layout.template == "modern":
        words = phrase(seed, number, "url")
        name = "7" + "".join(words.rng.choices(string.digits + string.ascii_letters, k=10))
        return _Article(seed, number, layout, (f"https://{HOST}/c/{name}",))
    day, article_id = moment_of(number).strftime("%Y%m%d"), _FIRST_ID + _ID_STEP * number + number * number % 11
    return _Article(
        seed, number, layout, tuple(f"http://{HOST}/a/{day}/{article_id}_{page}.shtml" for page in range(layout.pages))
    )


def _entries(seed: int, articles: int) -> tuple[Entry, ...]:
    """All items in list order: the newest article first, strays at their places, the second of twins further down."""
    before: dict[int, list[Entry]] = {}
    for at, (outcome, url, place) in enumerate(_STRAYS, 1):
        before.setdefault(min(place, articles - 1), []).append(Entry(url, -at, outcome))
    for number in range(articles):
        article = _article(seed, number)
        if article.layout.twin:
            before.setdefault(max(number - _TWIN_DISTANCE, 0), []).append(Entry(_other_scheme(article.urls[0]), number))
    entries: list[Entry] = []
    for number in reversed(range(articles)):
        entries += [*before.get(number, ()), Entry(_article(seed, number).urls[0], number)]
    return tuple(entries)


def _list_makers(chrome: Chrome, entries: Sequence[Entry], per_page: int, *, pinned: int) -> Mapping[str, Callable[[], Response]]:
    pages = list_pages(entries, per_page=per_page)
    first = next(entry for entry in entries if entry.number == pinned)
    makers: dict[str, Callable[[], Response]] = {}
    for number, page in enumerate(pages, 1):
        makers |= _both_schemes(LIST_URL.format(page=number), partial(_list_page, chrome, page, first, number, len(pages)))
    return makers


def _list_page(chrome: Chrome, entries: Sequence[Entry], pinned: Entry, number: int, pages: int) -> Response:
    items = [msgspec.structs.replace(_item(chrome.seed, pinned), pinned=True), *(_item(chrome.seed, entry) for entry in entries)]
    newest = max(moment_of(entry.number) for entry in (pinned, *entries))
    text = render_list(items, chrome, number=number, pages=pages)
    return _page(text.encode(), content_type("utf-8"), newest)


def _item(seed: int, entry: Entry) -> Item:
    story = _article(seed, entry.number).story() if entry.number >= 0 else _stray_story(seed, entry.number, entry.outcome)
    return Item(story.title, entry.url, story.summary, story.moment.strftime("%Y-%m-%d %H:%M"), story.source)


def _article_page(chrome: Chrome, number: int, page: int) -> Response:
    article = _article(chrome.seed, number)
    story = article.story()
    document = render_article(story, article.layout, chrome, article.urls)[page]
    return _page(document.body, document.content_type, story.moment)


def _stray_makers(chrome: Chrome) -> Mapping[str, Callable[[], Response]]:
    makers: dict[str, Callable[[], Response]] = {}
    for at, (outcome, url, _) in enumerate(_STRAYS, 1):
        makers |= _both_schemes(url, partial(_stray, chrome, outcome, url, -at))
    return makers


def _stray(chrome: Chrome, outcome: Outcome, url: str, number: int) -> Response:
    if outcome in ("gone", "soft-gone"):
        return _missing(chrome, status=404 if outcome == "gone" else 200)
    if outcome == "foreign":
        return Response(302, b"", (("Location", FOREIGN_URL),))
    story = _stray_story(chrome.seed, number, outcome)
    if outcome == "no-article":
        text = template("notice.html").render({**page_fields(chrome, url), "title": story.title})
        return _page(text.encode(), content_type("utf-8"), story.moment)
    layout = modern() if "/c/" in url else legacy(lead="none")
    document = render_article(story, layout, chrome, (url,))[0]
    return _page(document.body, document.content_type, story.moment)


def _stray_story(seed: int, number: int, outcome: Outcome) -> Story:
    if outcome == "other":
        return news_of(seed, number)
    story = story_of(seed, number, ("no-episode",))
    if outcome != "no-article":
        return story
    return msgspec.structs.replace(story, title=f"{SERIES}系列访谈：往期回顾", summary="往期回顾")


def _missing(chrome: Chrome, *, status: int) -> Response:
    text = template("missing.html").render(page_fields(chrome, "missing"))
    return Response(status, text.encode(), (("Content-Type", content_type("utf-8")),))


def _page(body: bytes, kind: str, moment: datetime) -> Response:
    """A page with the validators that an incremental crawl asks by."""
    modified = format_datetime(moment.replace(tzinfo=_CHINA).astimezone(UTC), usegmt=True)
    tag = hashlib.sha256(body).hexdigest()[:16]
    return Response(200, body, (("Content-Type", kind), ("ETag", f'"{tag}"'), ("Last-Modified", modified)))


def _text(text: str) -> Response:
    return Response(200, text.encode(), (("Content-Type", "text/plain"),))


def _same(response: Response) -> Response:
    return response


def _both_schemes(url: str, maker: Callable[[], Response]) -> dict[str, Callable[[], Response]]:
    """The portal answers alike by http and https."""
    return {url: maker, _other_scheme(url): maker}


def _other_scheme(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"{'http' if scheme == 'https' else 'https'}://{rest}"
