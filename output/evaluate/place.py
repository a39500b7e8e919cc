"""Where words stand on a page: the page's letters as one sequence, in which gold and our own turns are both found."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from cleaners.article import Article
from cleaners.script import fold
from output.explain import explain_blocks

# A shorter line may well stand elsewhere on the page, too: it is looked for between the longer ones around it.
_SURE_LETTERS = 8

Span = tuple[int, int]
"""[start, end) in letters of the page."""


class Letters(NamedTuple):
    """All text of a page, kept and removed, folded: width, script, punctuation and space do not matter."""

    text: str

    starts: tuple[int, ...]
    """Where each block begins, and the length of the text."""

    paragraphs: tuple["Paragraph", ...]
    """The paragraphs of the record's text."""


class Paragraph(NamedTuple):
    """One paragraph of the record's text."""

    offset: int
    """Where it begins in the text, in code points."""

    start: int
    """Where it begins on the page, in letters."""

    text: str


def page_letters(article: Article) -> Letters:
    """The letters of the article's pages, in page order."""
    blocks = explain_blocks(article)
    folded = [fold(block.text) for block in blocks]
    starts = tuple(accumulate(map(len, folded), initial=0))
    kept = [(start, block.text) for start, block in zip(starts, blocks, strict=False) if block.rule is None]
    offsets = accumulate((len(text) + 1 for _, text in kept), initial=0)
    paragraphs = (Paragraph(offset, *place) for offset, place in zip(offsets, kept, strict=False))
    return Letters("".join(folded), starts, tuple(paragraphs))


def place_span(span: Span, letters: Letters) -> Iterator[Span]:
    """Offsets into the record's text as letters of the page: one span for each paragraph that it touches."""
    begin, end = span
    at = max(0, bisect_right(letters.paragraphs, begin, key=lambda paragraph: paragraph.offset) - 1)
    while at < len(letters.paragraphs) and letters.paragraphs[at].offset < end:
        offset, start, text = letters.paragraphs[at]
        yield start + len(fold(text[: max(0, begin - offset)])), start + len(fold(text[: end - offset]))
        at += 1


def place_lines(lines: Sequence[str], letters: Letters) -> list[Span | None]:
    """Beside each line of the gold where it stands, None where it is not found; lines come in page order. O(page) a line."""
    folded = [fold(line) for line in lines]
    found: list[Span | None] = [None] * len(lines)
    cursor = 0
    for number, line in enumerate(folded):
        if len(line) >= _SURE_LETTERS:
            found[number] = _find_sure(line, letters, cursor)
            cursor = (found[number] or (0, cursor))[1]
    for number, line in enumerate(folded):
        if 0 < len(line) < _SURE_LETTERS:
            found[number] = _find_short(line, letters, *_room(found, number, len(letters.text)))
    return found


def _find_sure(line: str, letters: Letters, cursor: int) -> Span | None:
    """The first place from ``cursor`` on; a paragraph that begins there is better than a summary that quotes it."""
    places = list(_occurrences(line, letters.text, cursor, len(letters.text)))
    if not places:
        return None
    best = next((place for place in places if _is_kept(place, letters)), places[0])
    return best, best + len(line)


def _find_short(line: str, letters: Letters, low: int, high: int) -> Span | None:
    """The first place between ``low`` and ``high`` that ends a block, else the first."""
    places = list(_occurrences(line, letters.text, low, high))
    if not places:
        return None
    ends = set(letters.starts)
    best = next((place for place in places if place + len(line) in ends), places[0])
    return best, best + len(line)


def _occurrences(line: str, text: str, low: int, high: int) -> Iterator[int]:
    at = text.find(line, low, high)
    while at >= 0:
        yield at
        at = text.find(line, at + 1, high)


def _room(found: Sequence[Span | None], number: int, end: int) -> Span:
    """From the end of the line before to the beginning of the next line that has been found."""
    before = next((span[1] for span in reversed(found[:number]) if span), 0)
    after = next((span[0] for span in found[number + 1 :] if span), end)
    return before, after


def _is_kept(place: int, letters: Letters) -> bool:
    """Whether the place is in a block that was kept."""
    start = letters.starts[bisect_right(letters.starts, place) - 1]
    at = bisect_right(letters.paragraphs, start, key=lambda paragraph: paragraph.start) - 1
    return at >= 0 and letters.paragraphs[at].start == start
