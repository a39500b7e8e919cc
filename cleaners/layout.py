"""Where the article stands on a page that no profile describes: its container, and the run of blocks in it.

Tried on 181 real pages and judged on 104 others: the container is the element whose blocks weigh most together, the run
the stretch that weighs most; two states with a low price for going from one to the other do the rest.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate, chain
from typing import NamedTuple

from msgspec.structs import replace

from cleaners.article import Block, Verdict
from cleaners.blocks import BLOCK_TAGS, Element
from cleaners.captions import mark_captions
from cleaners.document import Document
from cleaners.facts import Facts, block_facts, element_hints
from cleaners.nearness import near_headline
from cleaners.records import Records, find_records
from cleaners.speech import is_lone_label
from cleaners.stamps import is_stamp
from cleaners.threads import post_words
from cleaners.tree import Tree, ancestor_tree, around, below, sums
from cleaners.units import weigh_units
from cleaners.witnesses import agreement, trafilatura_keeps

# A weight counts in the container's sum between these, times the root of the characters: one long list is no veto.
_LEAST, _MOST = -0.6, 3.0

# What it costs the two-state pass to go into or out of the article; 2 to 4 kills articles of one paragraph.
_SWITCH = 1.5
_IN_RECORD = -3.0
_IN_COMMENTS = -6.0

# An element in which no block weighs more is not shown to trafilatura.
_HOPE = 0.5

_FILL = 12
_FILL_ROWS = 48
_OFTEN = 4
_NAME_CHARS = 12
_MIN_TWIN = 1.0
_ALIKE = 0.5
_MAX_AROUND = 6
_SIBLING = 1.0


class _Choice(NamedTuple):
    """What the layout says of each block."""

    inside: Sequence[bool]
    """In the container."""

    in_run: Sequence[bool]
    kept: Sequence[bool]
    in_record: Sequence[bool]
    """In a comment or a teaser."""


def mark_layout(
    document: Document, blocks: Sequence[Block], headline: int | None, without: frozenset[str] = frozenset()
) -> tuple[tuple[Block, ...], float]:
    """The blocks with a verdict on each that is not the article, and trafilatura's agreement, 0 to 1; 1 where it is not asked.

    ``blocks`` are the document's, some with a verdict already; ``headline`` is the index of the headline's block where
    it is certain; ``without`` are the judges (:data:`cleaners.judges.JUDGES`) that are not asked.
    """
    facts = [block_facts(block) for block in blocks]
    tree = ancestor_tree([node.holder for node in document.nodes])
    choice = _choose(tree, blocks, facts, None if "headline" in without else headline, without)
    judged = [
        block if block.verdict else replace(block, verdict=_verdict(block, fact, *where))
        for block, fact, where in zip(blocks, facts, zip(*choice, strict=True), strict=True)
    ]
    judged = mark_captions(judged)
    return tuple(judged), 1.0 if "trafilatura" in without else _confidence(document, tree, facts, judged)


def _choose(
    tree: Tree, blocks: Sequence[Block], facts: Sequence[Facts], headline: int | None, without: frozenset[str]
) -> _Choice:
    if not blocks:
        return _Choice((), (), (), ())
    records = Records((), ()) if "records" in without else find_records(tree, blocks, facts, headline)
    threads = (post_words(tree, blocks, facts, posts, headline) for posts in records.threads)
    if words := next((found for found in threads if any(found)), None):
        return _Choice(words, words, words, [False] * len(blocks))
    others = dict.fromkeys(chain.from_iterable(records.others), _IN_RECORD)
    others |= dict.fromkeys(chain.from_iterable(records.comments), _IN_COMMENTS)
    own = _weights(tree, blocks, facts, others, without)
    weights = near_headline(tree, own, blocks, facts, headline)
    twins = _containers(tree, blocks, weights)
    inside = below(tree, twins)
    in_run = inside if len(twins) > 1 else _run(blocks, weights, inside)
    if len(twins) == 1:
        siblings = _siblings(tree, blocks, facts, weights, in_run)
        weights = [alone if is_one else near for alone, near, is_one in zip(own, weights, siblings, strict=True)]
        in_run = [a or b for a, b in zip(in_run, siblings, strict=True)]
    place = [_place(weight, *where) for weight, *where in zip(weights, inside, in_run, strict=True)]
    kept = _two_states(place)
    kept = kept if "fill" in without else _fill(tree, blocks, inside, kept)
    if not any(kept):
        kept = [in_it and weight > 0 for in_it, weight in zip(in_run, weights, strict=True)]
    return _Choice(inside, in_run, kept, [block.index in others for block in blocks])


def _verdict(block: Block, fact: Facts, inside: bool, in_run: bool, kept: bool, in_record: bool) -> Verdict | None:
    if "caption" in block.marks:
        return Verdict("media/caption", block.text[:80])
    hidden = next((mark for mark in block.marks if mark.startswith("hidden:display")), None)
    if kept and (fact.is_sentence or not hidden):
        return None
    if hidden:
        return Verdict("hidden", hidden.removeprefix("hidden:"))
    if in_record:
        return Verdict("layout/record", fact.reasons)
    return Verdict("layout/outside" if not inside else "layout/run" if not in_run else "layout/weak", fact.reasons)


def _weights(
    tree: Tree, blocks: Sequence[Block], facts: Sequence[Facts], others: Mapping[int, float], without: frozenset[str]
) -> list[float]:
    """Each block's own facts, what its elements' names say, and that it is a comment or teaser."""
    chars = sums(tree, [block.chars * fact.is_sentence for block, fact in zip(blocks, facts, strict=True)])
    hints = [0.0] * len(tree.elements) if "hints" in without else element_hints(tree, chars)
    weights = [
        fact.weight + hints[node] + others.get(block.index, 0.0)
        for block, fact, node in zip(blocks, facts, tree.of_block, strict=True)
    ]
    return weights if "units" in without else weigh_units(tree, blocks, facts, weights, hints)


def _containers(tree: Tree, blocks: Sequence[Block], weights: Sequence[float]) -> set[int]:
    """The element whose blocks weigh most together; where it is one of several of a kind, the posts of a thread, all of them."""
    mass = [max(_LEAST, min(_MOST, weight)) * math.sqrt(block.chars) for weight, block in zip(weights, blocks, strict=True)]
    totals = sums(tree, mass)
    best = max(range(len(totals)), key=lambda node: (totals[node], node))
    return {best} | _twins(tree, totals, best)


def _twins(tree: Tree, totals: Sequence[float], best: int) -> set[int]:
    """The elements of the container's kind: its own, or that of an element around it that holds no more."""
    node = best
    for _ in range(_MAX_AROUND):
        if node < 0 or totals[node] < totals[best] - _ALIKE:
            break
        kind = _kind(tree.elements[node])
        twins = {other for other, total in enumerate(totals) if total > _MIN_TWIN and _kind(tree.elements[other]) == kind}
        if kind and len(twins) > 1:
            return twins
        node = tree.parents[node]
    return set()


def _kind(element: Element) -> str:
    names = element.get("class")
    return f"{element.tag}.{names}" if names and element.tag != "p" and element.tag in BLOCK_TAGS else ""


def _run(blocks: Sequence[Block], weights: Sequence[float], inside: Sequence[bool]) -> list[bool]:
    """The stretch of blocks that weighs most (Kadane); what stands outside the container weighs against it."""
    best, begin, end = 0.0, 0, 0
    total, start = 0.0, 0
    for index, (block, weight, is_in) in enumerate(zip(blocks, weights, inside, strict=True)):
        if total <= 0:
            total, start = 0.0, index
        total += max(-_MOST, min(_MOST, weight if is_in else min(weight - 2.0, -0.5))) * math.sqrt(block.chars)
        if total > best:
            best, begin, end = total, start, index + 1
    return [begin <= index < end for index in range(len(blocks))]


def _siblings(
    tree: Tree, blocks: Sequence[Block], facts: Sequence[Facts], weights: Sequence[float], in_run: Sequence[bool]
) -> list[bool]:
    """The sentences that stand beside those of the run in the same element: a hot list between them is no end."""
    kinds = [(around(tree, node), block.tag) for node, block in zip(tree.of_block, blocks, strict=True)]
    own = Counter(kind for kind, block, is_in in zip(kinds, blocks, in_run, strict=True) if is_in)
    most = max(own, key=lambda kind: own[kind]) if own else None
    near = _within(in_run, _FILL)
    return [
        kind == most and is_near and not is_in and _is_plain_sentence(block, fact, weight)
        for kind, is_near, is_in, block, fact, weight in zip(kinds, near, in_run, blocks, facts, weights, strict=True)
    ]


def _is_plain_sentence(block: Block, fact: Facts, weight: float) -> bool:
    return weight > _SIBLING and fact.is_sentence and not block.link_chars and not fact.notice


def _within(chosen: Sequence[bool], distance: int) -> list[bool]:
    """Beside each whether a chosen one stands at most that far before or behind it."""
    sums_to = list(accumulate(chosen, initial=0))
    last = len(chosen)
    return [sums_to[min(last, i + distance + 1)] > sums_to[max(0, i - distance)] for i in range(last)]


def _place(weight: float, inside: bool, in_run: bool) -> float:
    return weight if inside and in_run else weight - 2.0 if inside or in_run else weight - 4.0


def _two_states(weights: Sequence[float]) -> list[bool]:
    """The best sequence of in and out, where each change costs ``_SWITCH`` (Viterbi)."""
    outside, inside = 0.0, -_SWITCH
    came: list[tuple[bool, bool]] = []
    for weight in weights:
        came.append((inside - _SWITCH > outside, inside >= outside - _SWITCH))
        outside, inside = max(outside, inside - _SWITCH), max(inside, outside - _SWITCH) + weight
    state, states = inside > outside, []
    for from_inside in reversed(came):
        states.append(state)
        state = from_inside[state]
    return states[::-1]


def _fill(tree: Tree, blocks: Sequence[Block], inside: Sequence[bool], kept: Sequence[bool]) -> list[bool]:
    """Short lines of the container between kept ones are the article's too: subheads, verses, replies.

    They stand in an element with kept ones, or like them in rows of their own: 「就我。」 of a live report.
    """
    elements = [around(tree, node) for node in tree.of_block]
    rows = tree.slots
    texts = Counter(block.text for block in blocks)
    own = {element for element, keep in zip(elements, kept, strict=True) if keep}
    own_rows = {row for row, keep in zip(rows, kept, strict=True) if keep}
    filled, last = list(kept), -1
    for index, keep in enumerate(kept):
        if keep:
            if last >= 0 and index - last <= _FILL_ROWS:
                for between in range(last + 1, index):
                    block = blocks[between]
                    is_close = index - last <= _FILL and elements[between] in own
                    is_near = is_close or (rows[between] in own_rows and _may_be_reply(block, texts))
                    filled[between] |= inside[between] and not block.link_chars and not block.marks and is_near
            last = index
    names = sum(keep and _is_name(block, texts) for keep, block in zip(filled, blocks, strict=True))
    return _with_ends(blocks, inside, filled, rows, texts) if names >= _OFTEN else filled


def _with_ends(
    blocks: Sequence[Block], inside: Sequence[bool], kept: Sequence[bool], rows: Sequence[str], texts: Mapping[str, int]
) -> list[bool]:
    """The first and last rows of a chat whose rows are names and short replies: 「再见。」"""
    extended = list(kept)
    own = {row for row, keep in zip(rows, kept, strict=True) if keep}
    for order in (range(len(kept)), range(len(kept) - 1, -1, -1)):
        gap = len(kept)
        for index in order:
            block = blocks[index]
            gap = 0 if kept[index] else gap + 1
            is_row = inside[index] and rows[index] in own and not block.link_chars and not block.marks
            extended[index] |= gap <= _FILL and is_row and _may_be_reply(block, texts)
            if not extended[index] and not is_stamp(block):
                gap = len(kept)
    return extended


def _may_be_reply(block: Block, texts: Mapping[str, int]) -> bool:
    """No time, and no name of a field: 「回复单位：」; 「胖达：」 that stands there again and again is a speaker's."""
    return not is_stamp(block) and (not block.text.endswith(("：", ":")) or _is_name(block, texts))


def _is_name(block: Block, texts: Mapping[str, int]) -> bool:
    """Whether a line of its own says who speaks."""
    return is_lone_label(block.text) or (texts[block.text] >= _OFTEN and block.chars <= _NAME_CHARS)


def _confidence(document: Document, tree: Tree, facts: Sequence[Facts], blocks: Sequence[Block]) -> float:
    """How far trafilatura keeps the same characters. It has no vote in them: its word is its own."""
    if document.root is None:
        return 0.0
    hopeless = _hopeless(tree, facts)
    elements = [tree.elements[node] for node in hopeless]
    found = trafilatura_keeps(document.root, document.nodes, without=elements, unseen=below(tree, hopeless))
    own = [block.verdict is None for block in blocks]
    return round(agreement(blocks, own, found), 3) if found else 0.0


def _hopeless(tree: Tree, facts: Sequence[Facts]) -> set[int]:
    """The topmost elements in which no block could be text: without them trafilatura is faster and leaks less."""
    alive = sums(tree, [float(fact.weight > _HOPE) for fact in facts])
    known = zip(tree.parents, alive, strict=True)
    return {node for node, (parent, count) in enumerate(known) if not count and parent >= 0 and alive[parent]}
