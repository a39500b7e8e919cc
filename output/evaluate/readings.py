"""What a reader makes of a sample: ours and, beside it, trafilatura."""

from collections.abc import Mapping

import msgspec
import trafilatura
from trafilatura.metadata import extract_metadata

from cleaners import clean_without
from cleaners.article import Article, CleaningError
from cleaners.decode import decode
from crawler.page import Page
from crawler.portal import Portal, load_portal
from output.evaluate.gold import PRECISE_FIELDS, Sample, load_pages, profile_name
from output.profiles import Profiles


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One reader's answer to one sample, in the script of the page."""

    text: str = ""
    title: str | None = None
    published: str | None = None
    """Date of publication; its first ten characters are the day, ``YYYY-MM-DD``."""

    fields: Mapping[str, object] = {}
    """The other fields by name."""

    confidence: float | None = None
    """The record's own; None where it has none."""

    failed: str | None = None
    """Reason id for which the page was refused."""

    article: Article | None = None
    """The whole answer, where we are the reader and did not refuse."""

    is_ours: bool = False
    """Whether we are the reader, who also speaks of turns."""


def read_ours(sample: Sample, profiles: Profiles | None, without: frozenset[str] = frozenset()) -> Reading:
    """What ``clean`` makes of the sample, with the profile that reads it; ``profiles`` None: with no profile.

    ``without`` are the judges (:data:`cleaners.judges.JUDGES`) that are not asked.
    """
    pages = load_pages(sample)
    portal = _profile(sample, pages[0], profiles) if profiles else None
    try:
        return _reading(clean_without(without, pages, portal))
    except CleaningError as error:
        return Reading(failed=error.reason, is_ours=True)
    except Exception as error:  # as in a crawl: whatever a page breaks, the next one is read
        return Reading(failed=f"internal: {type(error).__name__}: {error}", is_ours=True)


def read_trafilatura(sample: Sample) -> Reading:
    """What ``trafilatura.extract`` with its defaults makes of the sample, its pages handed in correctly decoded."""
    texts = [text for page in load_pages(sample) if (text := _decoded(page)).strip()]
    if not texts:
        return Reading(failed="empty")
    found = extract_metadata(texts[0])
    return Reading(
        text="\n".join(trafilatura.extract(text) or "" for text in texts).strip(),
        title=found.title,
        published=found.date,
        fields={"author": found.author, "source": found.sitename},
    )


def _profile(sample: Sample, page: Page, profiles: Profiles) -> Portal | None:
    """The profile of ``--portal``, else the one that ``page.json`` names, else the one that knows the host."""
    named = profile_name(sample)
    return load_portal(named) if named and not profiles.forced else profiles.of_page(page)


def _reading(article: Article) -> Reading:
    record = article.record
    return Reading(
        text=record.original.text if record.original else record.text,
        title=record.original.title if record.original else record.title,
        published=record.published,
        fields={name: getattr(record, name) for name in PRECISE_FIELDS},
        confidence=record.confidence,
        article=article,
        is_ours=True,
    )


def _decoded(page: Page) -> str:
    try:
        return decode(page.body, page.content_type).text
    except CleaningError:
        return ""
