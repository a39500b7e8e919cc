"""trafilatura as a witness of our choice: asked on a throw-away copy of the tree, answered block by block."""

import re
from collections.abc import Collection, Sequence
from copy import deepcopy

from trafilatura import bare_extraction

from cleaners.article import Block
from cleaners.blocks import Element, TextNode

# Marks appended to text nodes and read back from the output: CJK Extension B. Matched by text a third of trafilatura's
# lines equal no block; private-use characters and attributes do not survive it.
_EXTENSION_B = range(0x20000, 0x2A6D7)
_IN_EXTENSION_B = re.compile("[\U00020000-\U0002a6d6]")


def trafilatura_keeps(
    top: Element, nodes: Sequence[TextNode], *, without: Collection[Element] = (), unseen: Sequence[bool] = ()
) -> list[bool] | None:
    """Which of the text nodes trafilatura keeps, when it is handed ``top`` without the elements ``without``.

    ``unseen`` says beside each node whether it stands in one of those. None where trafilatura finds nothing, or the page
    has more nodes than there are marks. The tree is left as it was.
    """
    tree = deepcopy(top)
    tree.tail = None
    twins = dict(zip(top.iter(), tree.iter(), strict=True))
    used = _used(top)
    free = (mark for mark in map(chr, _EXTENSION_B) if mark not in used)
    marks = {}
    for index, node in enumerate(nodes):
        if unseen and unseen[index]:
            continue
        if (twin := twins.get(node.element)) is not None and not (node.is_tail and node.element is top):
            mark = next(free, None)
            if mark is None:
                return None
            marks[mark] = index
            _append(twin, node, mark)
    for element in without:
        if (twin := twins.get(element)) is not None:
            _drop(twin)
    found = bare_extraction(tree, fast=True, include_comments=False)
    if found is None or isinstance(found, dict):
        return None
    kept = {marks[mark] for mark in _IN_EXTENSION_B.findall(found.text or "") if mark in marks}
    return [index in kept for index in range(len(nodes))] if kept else None


def _used(top: Element) -> set[str]:
    return set(_IN_EXTENSION_B.findall("".join(map(str, top.itertext()))))


def _append(twin: Element, node: TextNode, mark: str) -> None:
    if node.is_tail:
        twin.tail = _writable(twin.tail) + mark
    else:
        twin.text = _writable(twin.text) + mark


def _writable(text: str | None) -> str:
    """lxml refuses to be given control characters that it has parsed itself (``&#11;``)."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text or "")


def _drop(element: Element) -> None:
    """Take an element out, its tail stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = _writable(parent.text) + _writable(element.tail)
        else:
            before.tail = _writable(before.tail) + _writable(element.tail)
    parent.remove(element)


def agreement(blocks: Sequence[Block], one: Sequence[bool], other: Sequence[bool]) -> float:
    """How far two judges keep the same characters: Sørensen-Dice, 0 to 1."""
    both = sum(block.chars for block, a, b in zip(blocks, one, other, strict=True) if a and b)
    total = sum(block.chars * (a + b) for block, a, b in zip(blocks, one, other, strict=True))
    return 2 * both / total if total else 0.0
