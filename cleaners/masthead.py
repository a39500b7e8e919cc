"""What stands between headline and text: its elements, which say by their names what they hold."""

from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from cleaners.article import Block
from cleaners.blocks import INVISIBLE_TAGS, Element
from cleaners.document import Document

_ABOVE = 3
_MAX_ELEMENTS = 400


def elements_below_headline(document: Document, blocks: Sequence[Block]) -> Iterator[Element]:
    """The elements from the headline on, in reading order, up to the first paragraph that is kept; none without a headline."""
    top = next((block.index for block in blocks if block.verdict and block.verdict.rule == "field/title"), None)
    end = next((block.index for block in blocks if block.verdict is None and (top is None or block.index > top)), None)
    if top is None or end is None:
        return
    first, last = document.nodes[top].holder, document.nodes[end].holder
    if first.getroottree().getroot() is not last.getroottree().getroot():
        return
    for element in islice(takewhile(lambda one: one is not last, _following(first)), _MAX_ELEMENTS):
        if element.tag not in INVISIBLE_TAGS:
            yield element


def elements_above_headline(document: Document, blocks: Sequence[Block]) -> Iterator[Element]:
    """The elements of the lines right before the headline, in reading order."""
    top = next((block.index for block in blocks if block.verdict and block.verdict.rule == "field/title"), None)
    if not top:
        return
    first, last = document.nodes[max(0, top - _ABOVE)].holder, document.nodes[top].holder
    if first.getroottree().getroot() is last.getroottree().getroot():
        yield first
        yield from takewhile(lambda one: one is not last, _following(first))


def _following(element: Element) -> Iterator[Element]:
    """The elements that begin behind an element's begin, in document order."""
    yield from element.iterdescendants()
    at: Element | None = element
    while at is not None:
        for sibling in at.itersiblings():
            yield from sibling.iter()
        at = at.getparent()
