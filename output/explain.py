"""One article, block by block: what was kept, what was removed, by which rule and on what evidence."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import msgspec

from cleaners.article import Article, Record, Removed
from output.corpus import read_items


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


def find_article(what: str, ids: Collection[str], corpora: Iterable[Path]) -> Article | None:
    """The article whose URL is ``what`` or whose id is one of ``ids``, in the first of the corpora that has it.

    A corpus is an ``articles.jsonl``, the removed blocks beside it. Cost: one read of the corpora.
    """
    for path in corpora:
        for record in read_items(path, Record):
            if record.id in ids or record.url == what:
                return Article(record, tuple(_removed(path.with_name("removed.jsonl"), record.id)))
    return None


def _removed(path: Path, id_: str) -> Iterator[Removed]:
    return (line for line in read_items(path, Removed) if line.id == id_)
