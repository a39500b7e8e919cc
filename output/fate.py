"""What became of an article that no corpus holds: taken down, quarantined, gone, or never fetched."""

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from crawler.outcome import Kind
from crawler.portal import Portal
from crawler.state import PageOutcome, State
from crawler.store import STATE
from crawler.urls import article_id
from output.corpus import read_items
from output.lines import Quarantined
from output.profiles import Profiles, article_ids
from output.takedown import read_takedowns

_MEANINGS: Mapping[Kind | None, str] = {
    None: "was listed and waits to be fetched; the next crawl asks for it",
    "gone": "is gone from the portal",
    "disallowed": "is disallowed, so it was not fetched",
    "foreign-redirect": "redirects, and was not followed",
    "not-article": "is or leads to a URL that the profile's article.url does not match",
    "too-large": "is larger than max_page_bytes of the profile",
    "failed": "could not be fetched; the next crawl asks again",
}


def find_fate(ids: Collection[str], folders: Iterable[Path], profiles: Profiles) -> str | None:
    """What the first folder that knows an article of these ids says of it: a clause that follows its name."""
    fates = (_fate(ids, folder, profiles) for folder in folders)
    return next((fate for fate in fates if fate), None)


def find_quarantined(ids: Collection[str], folders: Iterable[Path], profiles: Profiles) -> Quarantined | None:
    """The first line of the folders' ``quarantine.jsonl`` about an article of these ids."""
    paths = (folder / "quarantine.jsonl" for folder in folders)
    lines = (line for path in paths if path.exists() for line in read_items(path, Quarantined))
    return next((line for line in lines if line.url and not article_ids(line.url, profiles).isdisjoint(ids)), None)


def _fate(ids: Collection[str], folder: Path, profiles: Profiles) -> str | None:
    portal = _portal_of(folder, profiles)
    taken_down = read_takedowns(folder / "takedown.txt", portal) if portal else {}
    if reason := next((taken_down[id_] for id_ in ids if id_ in taken_down), None):
        return f"is taken down: {reason} ({folder / 'takedown.txt'})"
    if line := find_quarantined(ids, (folder,), profiles):
        return f"is quarantined: {line.reason}: {line.remedy} ({folder / 'quarantine.jsonl'})"
    return _known_outcome(ids, folder / STATE)


def _portal_of(folder: Path, profiles: Profiles) -> Portal | None:
    """The profile that the folder is named after: ``data/<portal>/<series>``."""
    named = (portal for portal in profiles.portal_by_host.values() if portal.name == folder.parent.name)
    return profiles.forced or next(named, None)


def _known_outcome(ids: Collection[str], path: Path) -> str | None:
    if not path.exists():
        return None
    with suppress(OSError), State(path) as state:  # a folder that may not be written to cannot be asked
        return next((_clause(page) for page in state.outcomes() if article_id(page.article) in ids), None)
    return None


def _clause(page: PageOutcome) -> str:
    """What happened, since when, and what was found.

    >>> _clause(PageOutcome("news.example.com/1.html", "gone", "404 Not Found", "2026-11-20T04:05:06Z"))
    'is gone from the portal since 2026-11-20 (404 Not Found)'
    """
    since = f"since {page.gone[:10]}" if page.gone else ""
    meaning = _MEANINGS.get(page.outcome, f"was last {page.outcome}")
    return " ".join(filter(None, (meaning, since, page.reason and f"({page.reason})")))
