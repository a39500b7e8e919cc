"""Pages to article: pure functions, no network, no files, no clock."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from cleaners.article import Article, Block, CleaningError, Original, Raw, Record, Removed, Verdict
from cleaners.chrome import chrome_verdict, mark_chrome
from cleaners.document import Document, read_document, with_scripted
from cleaners.fields import extract_fields, mark_fields
from cleaners.headline import Headline, find_headline
from cleaners.layout import mark_layout
from cleaners.notices import mark_notices
from cleaners.profile import mark_profile
from cleaners.repeats import cut_broken_tail, mark_repeats
from cleaners.rules import RULES, explain_rule, rules_digest
from cleaners.script import script_of, to_simplified
from cleaners.signature import keep_signature
from cleaners.speech import is_speech
from cleaners.text import normalize_paragraph
from cleaners.turns import Line, extract_turns
from cleaners.verse import mark_verse
from crawler.page import Page
from crawler.portal import Portal
from crawler.urls import article_id, article_url

_STOP = re.compile(r"[。！？!?；;…]|\.(?:\s|$)")

_MAX_TEASERS = 3

__all__ = ["RULES", "Article", "CleaningError", "clean", "explain_rule"]


def clean(pages: Sequence[Page], portal: Portal | None = None) -> Article:
    """The article that ``pages`` hold, the responses of one article in reading order, with every block they leave out.

    The same pages and rules give the same article, on any machine and in any order of calls.

    :raises CleaningError: with a reason id, see :class:`cleaners.article.CleaningError`.
    """
    return clean_without(frozenset(), pages, portal)


def clean_without(without: frozenset[str], pages: Sequence[Page], portal: Portal | None = None) -> Article:
    """The article as :func:`clean` finds it when some judges (:data:`cleaners.judges.JUDGES`) are not asked.

    For measuring what each is worth; nothing is published from it.
    """
    documents = [read_document(page, number, portal) for number, page in enumerate(pages)]
    judged = [_judge(document, portal, without) for document in documents]
    article = _article(judged, portal, without, may_be_verse=False)
    if article is None:
        scripted = [with_scripted(document) if _is_bare(document) else None for document in documents]
        if any(scripted):
            read = [_judge(new, portal, without) if new else old for new, old in zip(scripted, judged, strict=True)]
            article = _article(read, portal, without, may_be_verse=False)
    if article is None and portal is None:
        verse = [page._replace(blocks=mark_verse(page.document, page.headline, page.blocks)) for page in judged]
        article = _article(verse, None, without, may_be_verse=True)
    if article is None:
        raise CleaningError("no-article", "no sentence of an article stands on the page; is it a list or a notice?")
    return article


class _Judged(NamedTuple):
    """One page with its verdicts."""

    document: Document
    headline: Headline
    blocks: tuple[Block, ...]
    confidence: float | None
    """The agreement of the judges; None where profile or data name the article."""


def _is_bare(document: Document) -> bool:
    """Whether neither profile nor data name the article."""
    return document.body is None and document.embedded is None


def _article(pages: Sequence[_Judged], portal: Portal | None, without: frozenset[str], *, may_be_verse: bool) -> Article | None:
    """The article of these pages; None where no sentence of one is kept, nor anything where it may be verse."""
    blocks: Sequence[Block] = [block for page in pages for block in page.blocks]
    blocks = blocks if "repeats" in without else mark_repeats(blocks)
    if not (may_be_verse and any(block.verdict is None for block in blocks)) and not _is_article(blocks):
        return None
    documents = [page.document for page in pages]
    confidence = min((page.confidence for page in pages if page.confidence is not None), default=None)
    record = _record(documents, pages[0].headline, blocks, portal, confidence)
    return Article(record, tuple(_removed(record.id, documents, blocks)))


def _judge(document: Document, portal: Portal | None, without: frozenset[str]) -> _Judged:
    """The order of judgement on one page: what says itself what it is, then where the article stands."""
    headline = find_headline(document, portal.title_suffixes if portal else ())
    blocks = document.blocks if "chrome" in without else mark_chrome(document.blocks, portal.phrases if portal else ())
    blocks = mark_fields(blocks, headline)
    confidence = None
    if document.body is not None or document.embedded:
        blocks = mark_profile(document, blocks)
    else:
        blocks, confidence = mark_layout(document, blocks, headline.block if headline.is_certain else None, without)
    blocks = keep_signature(blocks if "notices" in without else mark_notices(blocks))
    return _Judged(document, headline, blocks, confidence)


def _is_article(blocks: Sequence[Block]) -> bool:
    """Whether a sentence is kept, and more is kept than the teasers of a list, each of which follows a linked headline."""
    kept = [index for index, block in enumerate(blocks) if block.verdict is None]
    teasers = [index for index in kept if index and _is_linked_headline(blocks[index - 1])]
    is_list = len(teasers) == len(kept) <= _MAX_TEASERS
    return any(_is_prose(blocks[index]) for index in kept) and not is_list


def _is_linked_headline(block: Block) -> bool:
    is_layout = block.verdict is not None and block.verdict.rule.startswith("layout/")
    return is_layout and block.chars >= 8 and block.link_chars * 10 >= block.chars * 9 and chrome_verdict(block.text) is None


def _is_prose(block: Block) -> bool:
    """A sentence outside links; a headline with a comma is none."""
    return block.link_chars * 2 <= block.chars and (
        is_speech(block.text) or (block.chars >= 12 and _STOP.search(block.text) is not None)
    )


def _record(
    documents: Sequence[Document], headline: Headline, blocks: Sequence[Block], portal: Portal | None, confidence: float | None
) -> Record:
    kept = [block for block in blocks if block.verdict is None]
    printed = [normalize_paragraph(block.text) for block in kept]
    title = normalize_paragraph(headline.text) if headline.text else None
    script = script_of("".join(printed) + (title or ""))
    convert = to_simplified if script == "Hant" else str
    paragraphs = [convert(text) for text in printed]
    fields = extract_fields(documents[0], [b for b in blocks if b.page == 0], title or "")
    lines = _lines(paragraphs, kept, documents)
    turns, speakers = extract_turns(lines, convert(title or ""))
    url = documents[0].page.url
    return Record(
        id=_id(documents, portal),
        url=url,
        portal=portal.name if portal else None,
        fetched=documents[0].page.fetched,
        title=convert(title) if title else None,
        subtitle=_converted(fields.subtitle, convert),
        column=_converted(fields.column, convert),
        episode=fields.episode,
        source=_converted(fields.source, convert),
        author=_converted(fields.author, convert),
        reporters=tuple(map(convert, fields.reporters)),
        correspondents=tuple(map(convert, fields.correspondents)),
        editor=_converted(fields.editor, convert),
        place=_converted(fields.place, convert),
        published=fields.published,
        script=script,
        lead=_converted(_lead(blocks), convert),
        text="\n".join(paragraphs),
        turns=turns,
        speakers=speakers,
        original=Original(title, "\n".join(printed)) if script == "Hant" else None,
        confidence=confidence,
        replacements=sum(document.decoded.replacements for document in documents),
        removed=len(blocks) - len(kept),
        blocks=tuple((block.page, block.index) for block in kept),
        raw=tuple(Raw(document.page.url, document.page.digest) for document in documents),
        rules=rules_digest(portal),
    )


def _lines(paragraphs: Sequence[str], blocks: Sequence[Block], documents: Sequence[Document]) -> list[Line]:
    kinds = [documents[block.page].kind(block.index) for block in blocks]
    tint = _common([block.tint for block in blocks], blocks)
    kind = _common(kinds, blocks)
    return [
        Line(
            text,
            block.strong_prefix,
            is_strong=block.strong_chars == block.chars,
            is_tinted=block.tint not in ("", tint),
            is_apart=own != kind,
            edges=block.edges,
        )
        for text, block, own in zip(paragraphs, blocks, kinds, strict=True)
    ]


def _common(values: Sequence[str], blocks: Sequence[Block]) -> str:
    """The value of most of the text."""
    chars: Counter[str] = Counter()
    for value, block in zip(values, blocks, strict=True):
        chars[value] += block.chars
    return chars.most_common(1)[0][0] if chars else ""


def _removed(article: str, documents: Sequence[Document], blocks: Sequence[Block]) -> list[Removed]:
    return [
        Removed(article, block.page, block.index, documents[block.page].xpath(block.index), block.text, *_reason(block.verdict))
        for block in blocks
        if block.verdict
    ]


def _reason(verdict: Verdict) -> tuple[str, str]:
    return verdict.rule, verdict.evidence


def _id(documents: Sequence[Document], portal: Portal | None) -> str:
    """From the canonical URL; without one, from the bytes."""
    first = documents[0].page
    if first.url:
        return article_id(article_url(first.url, portal).canonical)
    return hashlib.sha256(b"".join(document.page.body for document in documents)).hexdigest()[:16]


def _lead(blocks: Sequence[Block]) -> str | None:
    """The summary box that the profile names, or the one found by its repetition, broken tail cut off."""
    boxes = [block.text for block in blocks if "lead" in block.marks and block.page == 0]
    boxes = boxes or [block.text for block in blocks if block.verdict and block.verdict.rule == "repeat/lead"]
    return normalize_paragraph(cut_broken_tail("".join(boxes))) or None


def _converted(value: str | None, convert: Callable[[str], str]) -> str | None:
    return convert(normalize_paragraph(value)) if value else None
