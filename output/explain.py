"""One article, block by block: what was kept, what was removed, by which rule and on what evidence."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from cleaners.article import Article, Record, Removed
from crawler.urls import article_id, article_url
from output.corpus import read_items
from output.pages import Profiles


class Explained(msgspec.Struct, frozen=True):
    """One block of an article, and what became of it."""

    page: int
    """Number of the response, from 0."""

    block: int
    """Number of the block on its page, from 0."""

    text: str
    """The paragraph, or what was removed."""

    rule: str | None
    """Rule that removed it; null: kept."""

    evidence: str | None
    """What the rule found; null: kept."""

    xpath: str | None
    """Where a removed block stands on the page; null: kept."""


def explain_blocks(article: Article) -> tuple[Explained, ...]:
    """All blocks of the article, kept and removed, in page order."""
    record = article.record
    kept = (
        Explained(page, block, text, None, None, None)
        for (page, block), text in zip(record.blocks, record.text.split("\n"), strict=False)
    )
    removed = (Explained(line.page, line.block, line.text, line.rule, line.evidence, line.xpath) for line in article.removed)
    return tuple(sorted((*kept, *removed), key=lambda block: (block.page, block.block)))


def find_article(what: str, corpora: Iterable[Path], profiles: Profiles) -> Article | None:
    """The article of that id or URL in the first corpus (``articles.jsonl``) that has it, with its removed blocks.

    A URL is that of any page or twin of the article. Cost: one read of the corpora.

    :raises ValueError: no parser takes the URL.
    """
    ids = _ids(what, profiles)
    for path in corpora:
        for record in read_items(path, Record):
            if record.id in ids or record.url == what:
                return Article(record, tuple(_removed(path.with_name("removed.jsonl"), record.id)))
    return None


def _ids(what: str, profiles: Profiles) -> Sequence[str]:
    if "/" not in what:
        return (what.lower(),)
    url = what if "//" in what else f"http://{what}"
    return (article_id(article_url(url, profiles.of_url(url)).canonical), article_id(article_url(url).canonical))


def _removed(path: Path, id_: str) -> Iterator[Removed]:
    return (line for line in read_items(path, Removed) if line.id == id_)
