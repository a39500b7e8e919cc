"""What the archive says of each article: its captures cleaned, those in doubt put aside."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import partial
from typing import IO, NamedTuple

import msgspec

from cleaners.article import Article
from cleaners.rules import rules_digest
from crawler.capture import ArchiveError, Capture, Place
from crawler.portal import Portal
from crawler.urls import ArticleUrl, article_url, group_pages, is_article
from output.corpus import encode_line
from output.drift import Drift, find_drift, has_no_article
from output.judged import Judged, judge, key_of
from output.ledger import Ledger
from output.parallel import map_ordered
from output.versions import Heard, History, collect_histories, id_of

_GONE = (404, 410)
_REMEDIES = {
    False: "page {} of the article could not be fetched; the next crawl asks for it again",
    True: "article.next of the profile does not find the link to page {} of the article; mend it, then run the crawl again",
}
_DRIFTED = "mend the profile, then run fangtan reclean; with --accept-drift if the page is as it should be"
_GONE_PAGE = "page {} of the article is gone from the portal; the last whole version stays"
_COMMIT_EVERY = 200  # captures cleaned: what a killed run cleaned is not cleaned again


class Collected(NamedTuple):
    """What the archive says of each article."""

    histories: Mapping[str, History]
    """By article id."""

    gone: Mapping[str, str]
    """Date since when, by id."""

    taken_down: int
    fresh: Sequence[Heard]
    """Captures never published before."""

    held: frozenset[bytes]
    """Those of them that are in doubt, or wait for others to be judged with."""

    drift: tuple[Drift, ...]


def collect(
    captures: Iterable[Capture], portal: Portal, takedowns: Set[str], cleaner: "Cleaner", *, trusting: bool = False
) -> Collected:
    """What the captures say of each article, in order of fetching; what is in doubt counts as not to be cleaned.

    With ``trusting`` nothing is in doubt: somebody has looked.
    """
    found = tuple((id_of(capture.url, portal), capture) for capture in captures if is_article(capture.url, portal))
    pages = (capture for id_, capture in found if capture.is_page and id_ not in takedowns)
    dead = _dead_pages((capture for _, capture in found), portal)
    heard = list(_whole(cleaner.hear(group_pages(pages, lambda _: portal)), dead, portal))
    accepted = cleaner.ledger.accepted()
    fresh = [each for each in heard if each.key not in accepted]
    drift = () if trusting else find_drift(fresh, [each for each in heard if each.key in accepted and _tells(each)], portal)
    doubts = {each.key: str(found) for found in drift for each in found.missing}
    histories = collect_histories(_doubted(each, doubts.get(each.key)) for each in heard)
    soft = {capture.place for each in heard if _is_gone(each) for capture in each.group}
    gone = _gone_since(found, soft, portal)
    taken_down = len({id_ for id_, _ in found} & takedowns)
    held = frozenset(doubts) if trusting else frozenset(doubts) | _waiting(fresh)
    return Collected(histories, gone, taken_down, fresh, held, drift)


class Cleaner:
    """Cleans captures, those that it has not seen, all if ``afresh``; their texts wait in ``spool`` until they are asked for."""

    def __init__(self, portal: Portal, ledger: Ledger, spool: IO[bytes], *, jobs: int = 1, afresh: bool = False) -> None:
        self.ledger = ledger
        self.afresh = afresh
        self.rules = rules_digest(portal)
        self._portal, self._spool, self._jobs = portal, spool, jobs
        self._places: dict[bytes, int] = {}

    def hear(self, groups: Iterable[tuple[Capture, ...]]) -> Iterator[Heard]:
        """What cleaning says of each capture of an article, in order."""
        keyed = [(key_of(group), group) for group in groups]
        seen = ((key, self.ledger.judged(key, self.rules)) for key, _ in keyed if not self.afresh)
        known = {key: said for key, said in seen if said}
        unknown = {key: group for key, group in keyed if key not in known}
        for number, (key, (said, article)) in enumerate(zip(unknown, self._clean(unknown.values()), strict=True), 1):
            known[key] = said
            self._keep(key, said, article)
            if number % _COMMIT_EVERY == 0:
                self.ledger.commit()
        self.ledger.commit()
        return (Heard(id_of(group[0].url, self._portal), group, key, known[key]) for key, group in keyed)

    def article(self, heard: Heard) -> Article:
        """The article, cleaned again where it does not wait in the spool."""
        place = self._places.get(heard.key)
        if place is not None:
            self._spool.seek(place)
            return msgspec.json.decode(self._spool.readline(), type=Article)
        article = judge(heard.group, self._portal)[1]
        if article is None:
            first = heard.group[0]
            raise ArchiveError(f"{first.place.path}: {first.url} is no longer what it was")
        return article

    def _clean(self, groups: Iterable[tuple[Capture, ...]]) -> Iterator[tuple[Judged, Article | None]]:
        return map_ordered(partial(judge, portal=self._portal), groups, jobs=self._jobs)

    def _keep(self, key: bytes, said: Judged, article: Article | None) -> None:
        if not said.is_passing:
            self.ledger.remember(key, self.rules, said)
        if article is not None:
            self._places[key] = self._spool.seek(0, 2)
            self._spool.write(encode_line(article))


def _tells(heard: Heard) -> bool:
    """Whether the capture says what is usual: that it was cleaned, or that there is no article on it."""
    return heard.said.problem is None or has_no_article(heard)


def _waiting(fresh: Iterable[Heard]) -> frozenset[bytes]:
    """New captures without an article, until a new one with an article comes: one a day is chance, many in a row are drift."""
    without = frozenset(each.key for each in fresh if has_no_article(each))
    return frozenset() if any(each.said.problem is None for each in fresh) else without


def _whole(heard: Iterable[Heard], dead: Set[ArticleUrl], portal: Portal) -> Iterator[Heard]:
    """The captures in order; those are marked that lack a page to which their pages lead."""
    had = set[ArticleUrl]()
    for each in heard:
        own = {article_url(capture.url, portal) for capture in each.group}
        problem = _lack(each.said, own, dead, had)
        if problem is None and each.said.problem is None:
            had |= {url for url in own if url.page}
        yield _without(each, *problem) if problem else each


def _lack(said: Judged, own: Set[ArticleUrl], dead: Set[ArticleUrl], had: Set[ArticleUrl]) -> tuple[str, str] | None:
    """Why a capture is not the whole article; a page that is gone is lacking where a capture before ``had`` it."""
    canonical = next(iter(own)).canonical
    there = {url.page for url in own} - {*said.dead}
    lacking = [ArticleUrl(canonical, number) for number in sorted({*said.others, *said.unlinked, *said.dead} - there)]
    for url in lacking:
        if url not in dead and url.page not in said.dead:
            return "incomplete", _REMEDIES[url.page in said.unlinked].format(url.page + 1)
    return next((("page-gone", _GONE_PAGE.format(url.page + 1)) for url in lacking if url in had), None)


def _doubted(heard: Heard, doubt: str | None) -> Heard:
    return _without(heard, "drift", f"{doubt}; {_DRIFTED}") if doubt else heard


def _without(heard: Heard, reason: str, remedy: str) -> Heard:
    if heard.said.problem:
        return heard
    return msgspec.structs.replace(heard, said=msgspec.structs.replace(heard.said, problem=(reason, remedy)))


def _dead_pages(captures: Iterable[Capture], portal: Portal) -> Set[ArticleUrl]:
    """The pages that answered 404 or 410 the last time."""
    dead = set[ArticleUrl]()
    for capture in captures:
        (dead.add if capture.status in _GONE else dead.discard)(article_url(capture.url, portal))
    return dead


def _is_gone(heard: Heard) -> bool:
    return heard.said.problem is not None and heard.said.problem[0] == "gone"


def _gone_since(found: Iterable[tuple[str, Capture]], soft: Set[Place], portal: Portal) -> Mapping[str, str]:
    """The date since when the first page of an article answers 404, 410 or, in these places, a soft 404, by id."""
    since: dict[str, str] = {}
    for id_, capture in found:
        is_gone = capture.status in _GONE or capture.place in soft
        if is_gone and article_url(capture.url, portal).page == 0:
            since.setdefault(id_, _date(capture.fetched))
        elif capture.is_page and not is_gone:
            since.pop(id_, None)
    return since


def _date(fetched: str | None) -> str:
    return (fetched or "")[:10]
