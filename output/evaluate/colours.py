"""A page block by block: what was kept, removed, leaked and lost, as an HTML page."""

from collections.abc import Iterator, Sequence
from functools import cache

import jinja2
import msgspec

from cleaners.article import Article
from output.evaluate.gold import Gold
from output.evaluate.readings import read_ours
from output.evaluate.results import Asked, Result
from output.evaluate.texts import missing_lines
from output.evaluate.tokens import tokens
from output.explain import explain_blocks


class Shown(msgspec.Struct, frozen=True):
    """One block as it is shown."""

    kind: str
    """``kept``, ``removed``, ``leaked`` (kept, not in the gold), ``lost`` (removed, in the gold and not in the text)."""

    text: str
    rule: str | None
    """Rule that removed it; None: kept."""

    evidence: str | None


class ShownPage(msgspec.Struct, frozen=True):
    """One page as it is shown."""

    result: Result
    failed: str | None
    """Reason id for which the page was refused."""

    blocks: tuple[Shown, ...]


def show_page(result: Result, asked: Asked) -> ShownPage:
    """The sample of this result, cleaned again, block by block."""
    reading = read_ours(result.sample, asked.profiles)
    blocks = show_blocks(reading.article, result.sample.gold) if reading.article else ()
    return ShownPage(result, reading.failed, tuple(blocks))


def show_blocks(article: Article, gold: Gold) -> Iterator[Shown]:
    """Each block of the article with what became of it; without a gold text nothing is leaked or lost."""
    printed = article.record.original.text if article.record.original else article.record.text
    kept_words, gold_words = tokens(printed), tokens(gold.text or "")
    paragraphs = iter(printed.split("\n"))
    for block in explain_blocks(article):
        text = next(paragraphs) if block.rule is None else block.text
        yield Shown(_kind(text, block.rule, kept_words, gold_words), text, block.rule, block.evidence)


def render_pages(pages: Sequence[ShownPage]) -> str:
    """The pages as one HTML document; whatever they say is text in it."""
    return _environment().get_template("evaluate.html").render(pages=pages)


def _kind(text: str, rule: str | None, kept: Sequence[str], gold: Sequence[str]) -> str:
    if not gold:
        return "removed" if rule else "kept"
    in_gold = bool(tokens(text)) and not _missing(text, gold)
    if rule:
        return "lost" if in_gold and len(tokens(text)) >= 6 and _missing(text, kept) else "removed"
    return "kept" if in_gold or not tokens(text) else "leaked"


def _missing(text: str, words: Sequence[str]) -> bool:
    return bool(missing_lines([text], words))


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(loader=jinja2.PackageLoader("output"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
