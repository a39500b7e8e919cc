"""The lines of the corpus files that cleaning does not make: what failed, and what each run did."""

from collections.abc import Mapping
from typing import Annotated

import msgspec

from cleaners.article import Count, Digest, Fetched, Share


class Quarantined(msgspec.Struct, frozen=True, kw_only=True):
    """One article that could not be cleaned: one line of ``quarantine.jsonl``."""

    url: str | None
    """URL as fetched; null for a bare file."""

    path: str | None = None
    """Where the page was read, ``-`` for stdin; null for one out of an archive."""

    reason: str
    """Stable reason id, e.g. ``no-article``, ``not-html``, ``mojibake``; README lists them."""

    remedy: str
    """What the reader can do."""

    fetched: Fetched | None = None
    """When the response came, UTC; null for a bare file."""

    sha256: Digest | None = None
    """Hex digest of the payload as sent; the archive's CDXJ index says where it lies. Null where nothing could be read."""


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """The numbers of a corpus."""

    articles: Count = 0
    """Articles."""

    added: Count = 0
    """Articles that the corpus did not hold before."""

    changed: Count = 0
    """Articles of which it held another version."""

    paragraphs: Count = 0
    """Paragraphs kept."""

    characters: Count = 0
    """Characters of text kept."""

    turns: Count = 0
    """Speaker turns."""

    removed: Mapping[str, Count] = {}
    """Removed blocks by rule id, most frequent first."""

    dates: tuple[str, str] | None = None
    """First and last date of publication, ``YYYY-MM-DD``; null where no article gives one."""


class Fresh(msgspec.Struct, frozen=True, kw_only=True):
    """The captures of articles that a run saw for the first time, for runs to be compared by."""

    articles: Count
    """How many were cleaned."""

    paragraphs: float
    """Paragraphs kept of one, on average."""

    removed: Share
    """Share of the blocks that were removed."""

    fields: Mapping[str, Share]
    """Share of them that give a field, by its name."""


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One run of ``fangtan crawl``: one line of ``runs.jsonl``."""

    started: Fetched
    """When the run began, UTC."""

    seconds: Annotated[float, msgspec.Meta(ge=0)]
    """How long it took, to the millisecond."""

    exit: Count
    """Exit code, as ``fangtan crawl --help`` lists them."""

    version: str
    """Version of fangtan, e.g. ``0.1.0``."""

    requests: Count = 0
    """Requests sent, robots.txt and retries included."""

    outcomes: Mapping[str, Count] = {}
    """URLs by what became of them, e.g. ``fetched``, ``gone``, ``disallowed``, ``failed``."""

    corpus: Counts | None = None
    """The corpus after the run; null where nothing was published."""

    quarantined: Mapping[str, Count] = {}
    """Articles that could not be cleaned, by reason id."""

    taken_down: Count = 0
    """Articles that ``takedown.txt`` keeps out."""

    complete: bool = False
    """Whether all there is was read: nothing failed, no limit, no drift."""

    listed: Annotated[float, msgspec.Meta(ge=0)] | None = None
    """Items on a list page, on average; null where none was read."""

    fresh: Fresh | None = None
    """What was seen for the first time; null where nothing was."""

    drift: tuple[str, ...] = ()
    """Selectors of the profile that stopped matching, one line each with the pages."""

    causes: tuple[str, ...] = ()
    """Why the run did not exit 0, one line each."""
