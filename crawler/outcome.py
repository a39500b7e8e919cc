"""What became of one URL of a crawl."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal[
    "list", "fetched", "unchanged", "gone", "disallowed", "foreign-redirect", "not-article", "too-large", "failed"
]


@dataclass(frozen=True)
class Outcome:
    """What became of one URL. A dataclass, so that Scrapy's feeds can write it."""

    url: str
    """The URL as listed, before any redirect."""

    kind: Kind
    """``list``: a list page, read. ``fetched``: a page of an article. ``unchanged``: one that is as it was the
    last time. ``gone``: 404, 410, or a page that says so.
    ``disallowed``: by robots.txt. ``foreign-redirect``: to a host that the profile does not list, not followed.
    ``not-article``: listed, but no article's URL, or redirected to none. ``too-large``: over ``max_page_bytes``,
    archived where it came whole. ``failed``: not to be had after all retries."""

    reason: str = ""
    """What was found, in words, e.g. ``503 Service Unavailable``."""
