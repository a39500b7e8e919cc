"""Judgement where the profile or the page's own data say what the article is."""

from collections.abc import Sequence

from msgspec.structs import replace

from cleaners.article import Block, Verdict
from cleaners.document import Document
from cleaners.witnesses import trafilatura_keeps


def mark_profile(document: Document, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Mark what stands outside the body, what the profile removes, captions, hidden text, and lines of links.

    trafilatura is asked about the body: a block made of links stays where it keeps it.
    """
    top = document.root if document.body is None else document.body
    witness = trafilatura_keeps(top, document.nodes) if top is not None and document.embedded is None else None
    return tuple(_mark(block, document, witness) for block in blocks)


def _mark(block: Block, document: Document, witness: list[bool] | None) -> Block:
    verdict = block.verdict or _verdict(block, document, witness)
    return replace(block, verdict=verdict)


def _verdict(block: Block, document: Document, witness: list[bool] | None) -> Verdict | None:
    removal = next((mark for mark in block.marks if mark.startswith("remove:")), None)
    if removal:
        return Verdict("portal/remove", removal.removeprefix("remove:"))
    if "lead" in block.marks:
        return None
    if document.embedded is None and "body" not in block.marks:
        return Verdict("layout/outside", "not in the profile's body")
    if "caption" in block.marks:
        return Verdict("media/caption", block.text[:60])
    hidden = next((mark for mark in block.marks if mark == "hidden:display:none"), None)
    if hidden:
        return Verdict("hidden", hidden.removeprefix("hidden:"))
    if block.link_chars * 2 > block.chars and witness is not None and not witness[block.index]:
        return Verdict("layout/links", f"{block.link_chars} of {block.chars} characters are links; trafilatura drops it too")
    return None
