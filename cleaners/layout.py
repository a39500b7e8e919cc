"""Where the article stands on a page that no profile describes: weights over block facts, container, run of blocks."""

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from cleaners.article import Block, Verdict
from cleaners.blocks import Element
from cleaners.document import Document
from cleaners.speech import is_speech
from cleaners.witnesses import justext_keeps, trafilatura_keeps

_PAUSE = re.compile(r"[，,、；;：:“”「」]")
_STOP = re.compile(r"[。！？!?…；;]")
_SENTENCE_END = re.compile(r"[。！？!?…；;：:.][”’」』）)\]】\"']*$")
_BAD_CLASS = re.compile(
    r"comment|foot|nav|menu|side|share|relat|hot|rank|recom|copyright|advert|(?:^|[\s_-])ads?(?:$|[\s\d_-])|banner|crumb|tool|login"
    r"|search|links?(?:$|[\s_-])|tags?(?:$|[\s_-])|pager?(?:$|[\s_-])|qr|discuss|reply|bottom|toolbar|widget|related|xiangguan|tuijian"
    r"|pinglun|daohang|fenxiang|popup|dialog|disclaimer|legal|subscribe|keyword",
    re.IGNORECASE,
)
_GOOD_CLASS = re.compile(
    r"TRS_Editor|UCAP|artibody|endText|rwb_zw|main_?content|article|content|(?:^|[\s_-])(?:art|text|txt|zw|zhengwen|body|post|entry|story|detail)"
    r"|js_content|contentbody|news_?(?:text|txt|body)|post_body|contText|neirong",
    re.IGNORECASE,
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_LISTS = frozenset(("li", "option", "dt", "select", "button", "form", "menu", "nav", "footer"))
# Lines after which an article seldom goes on.
_ENDS = frozenset("chrome/comments chrome/recommend chrome/copyright chrome/disclaimer field/editor".split())
_SENTENCE_CHARS = 20
_SWITCH = 1.5
LOW = -0.6
JT = 0.5


class Facts(NamedTuple):
    """What is known of a block without looking at its neighbours."""

    weight: float
    """Above 0 speaks for article text."""

    is_sentence: bool
    reasons: str


def block_facts(block: Block) -> Facts:
    """The facts of one block and their weights, summed."""
    chars, links = block.chars, block.link_chars / block.chars
    pauses, stops = len(_PAUSE.findall(block.text)), len(_STOP.findall(block.text))
    ends = _SENTENCE_END.search(block.text) is not None
    is_sentence = chars >= _SENTENCE_CHARS and (pauses + stops > 0) and links < 0.3
    found = [
        ("length", -1.5 if chars < 8 else -0.75 if chars < 16 else 0.25 if chars < 40 else 1.25 if chars < 80 else 2.25),
        ("punctuation", min(1.5, 0.35 * pauses + 0.5 * stops) if chars >= 8 else 0.0),
        ("sentence end", 1.0 if ends and chars >= 6 else 0.0),
        ("links", -3.0 if links > 0.6 else -1.5 if links > 0.25 and stops < 2 else 0.0),
        ("tag", 0.75 if block.tag == "p" else -4.0 if block.tag == "option" else -0.75 if block.tag in _LISTS else 0.0),
        ("heading", -1.0 if block.tag in _HEADINGS and chars < 25 else 0.0),
        ("hidden", -1.5 if any(mark == "hidden:display:none" for mark in block.marks) else 0.0),
        ("speech", 2.0 if is_speech(block.text) else 0.0),
        ("verdict", -4.0 if block.verdict else 0.0),
        ("caption", -2.0 if "caption" in block.marks else 0.0),
    ]
    return Facts(sum(w for _, w in found), is_sentence, ", ".join(f"{n} {w:+g}" for n, w in found if w))


class _Tree(NamedTuple):
    """The ancestors of all blocks."""

    elements: list[Element]
    parents: list[int]
    """Index of the parent, -1 for a root; a parent always has the greater depth-first distance, see ``order``."""

    order: list[int]
    """Children before parents."""

    of_block: list[int]


def _tree(elements: Sequence[Element]) -> _Tree:
    """O(ancestors): each is met once."""
    known: dict[Element, int] = {}
    nodes: list[Element] = []
    parents: list[int] = []
    depths: list[int] = []
    for element in elements:
        path = []
        node: Element | None = element
        while node is not None and node not in known:
            path.append(node)
            node = node.getparent()
        for new in reversed(path):
            parent = known.get(node, -1) if node is not None else -1
            known[new] = len(nodes)
            nodes.append(new)
            parents.append(parent)
            depths.append(depths[parent] + 1 if parent >= 0 else 0)
            node = new
    return _Tree(nodes, parents, list(range(len(nodes) - 1, -1, -1)), [known[element] for element in elements])


def _sums(tree: _Tree, values: Sequence[float]) -> list[float]:
    sums = [0.0] * len(tree.elements)
    for node, value in zip(tree.of_block, values, strict=True):
        sums[node] += value
    for node in tree.order:
        if tree.parents[node] >= 0:
            sums[tree.parents[node]] += sums[node]
    return sums


def mark_layout(document: Document, blocks: Sequence[Block], headline: int | None) -> tuple[tuple[Block, ...], float | None]:
    """The blocks with a verdict on each that is not the article, and the agreement of the judges."""
    kept = choose(document, blocks, headline)
    judged = tuple(block if block.verdict else replace(block, verdict=_verdict(block, keep=keep)) for block, keep in zip(blocks, kept, strict=True))
    return judged, _confidence(document, judged)


def _confidence(document: Document, blocks: Sequence[Block]) -> float:
    """How far trafilatura and jusText's rules keep the same characters."""
    own = [block.verdict is None for block in blocks]
    judges = [justext_keeps(blocks)]
    if document.root is not None and (found := trafilatura_keeps(document.root, document.nodes, without=_prune(document, blocks))):
        judges.append(found)
    shares = [_agreement(blocks, own, other) for other in judges]
    return round(sum(shares) / 2, 3)


def _prune(document: Document, blocks: Sequence[Block]) -> list[Element]:
    """The topmost elements without a block that could be text."""
    tree = _tree([node.holder for node in document.nodes])
    alive = _sums(tree, [float(block_facts(block).weight > -0.5) for block in blocks])
    return [
        element
        for element, parent, count in zip(tree.elements, tree.parents, alive, strict=True)
        if not count and parent >= 0 and alive[parent]
    ]


def _agreement(blocks: Sequence[Block], one: Sequence[bool], other: Sequence[bool]) -> float:
    """Sørensen-Dice over the characters kept."""
    both = sum(block.chars for block, a, b in zip(blocks, one, other, strict=True) if a and b)
    total = sum(block.chars * (a + b) for block, a, b in zip(blocks, one, other, strict=True))
    return 2 * both / total if total else 0.0


def _verdict(block: Block, *, keep: bool) -> Verdict | None:
    if "caption" in block.marks:
        return Verdict("media/caption", block.text[:80])
    return None if keep else Verdict("layout/outside", block_facts(block).reasons)


def choose(document: Document, blocks: Sequence[Block], headline: int | None) -> list[bool]:
    if not blocks:
        return []
    facts = [block_facts(block) for block in blocks]
    tree = _tree([node.holder for node in document.nodes])
    mass = _sums(tree, [block.chars if fact.is_sentence else 0.0 for block, fact in zip(blocks, facts, strict=True)])
    hints = _hints(tree, mass)
    weights = [fact.weight + hints[node] for fact, node in zip(facts, tree.of_block, strict=True)]
    weights = [w + (JT if v else -JT) for w, v in zip(weights, justext_keeps(blocks), strict=True)]
    weights = _near_headline(weights, blocks, headline)
    inside, many = _inside(tree, blocks, weights)
    run = inside if many else _run(blocks, [w if i else min(w - 2.0, -0.5) for w, i in zip(weights, inside, strict=True)])
    final = [w if i and r else w - 2.0 - (2.0 if not i and not r else 0) for w, i, r in zip(weights, inside, run, strict=True)]
    kept = _viterbi(_smooth(final))
    kept = _fill(kept, document, blocks)
    if not any(kept) and any(f.is_sentence for f in facts):
        kept = [r and w > 0 for r, w in zip(run, weights, strict=True)]
    return kept


def _fill(kept: list[bool], document: Document, blocks: Sequence[Block]) -> list[bool]:
    """Short lines between kept ones, in the same kind of element, are the article's: subheads, verses, replies."""
    parents = {_parent(document, i) for i, keep in enumerate(kept) if keep}
    filled = list(kept)
    last = None
    for i, keep in enumerate(kept):
        if not keep:
            continue
        if last is not None and i - last <= 12:
            for j in range(last + 1, i):
                if blocks[j].link_chars == 0 and not blocks[j].marks and _parent(document, j) in parents:
                    filled[j] = True
        last = i
    return filled


def _parent(document: Document, index: int) -> Element | None:
    holder = document.nodes[index].holder
    while holder.tag in ("strong", "b", "span", "font", "a", "em", "i", "u", "p", "h2", "h3", "h4", "br"):
        parent = holder.getparent()
        if parent is None:
            break
        holder = parent
    return holder


def explain(document, blocks, headline):
    facts = [block_facts(block) for block in blocks]
    tree = _tree([node.holder for node in document.nodes])
    mass = _sums(tree, [block.chars if fact.is_sentence else 0.0 for block, fact in zip(blocks, facts, strict=True)])
    hints = _hints(tree, mass)
    weights = [fact.weight + hints[node] for fact, node in zip(facts, tree.of_block, strict=True)]
    near = _near_headline(weights, blocks, headline)
    inside, many = _inside(tree, blocks, near)
    run = _run(blocks, [w if i else min(w - 2.0, -0.5) for w, i in zip(near, inside, strict=True)])
    return [f"{w:.1f} {n:.1f} {'I' if i else '-'}{'R' if r else '-'}" for w, n, i, r in zip(weights, near, inside, run)]


def _run(blocks: Sequence[Block], weights: Sequence[float]) -> list[bool]:
    best = (0.0, 0, 0)
    total, start = 0.0, 0
    for i, (b, w) in enumerate(zip(blocks, weights, strict=True)):
        v = max(-3.0, min(3.0, w)) * math.sqrt(b.chars)
        if total <= 0:
            total, start = 0.0, i
        total += v
        if total > best[0]:
            best = (total, start, i + 1)
    return [best[1] <= i < best[2] for i in range(len(blocks))]


def _hints(tree: _Tree, mass: Sequence[float]) -> list[float]:
    total = max(mass, default=0.0) or 1.0
    hints = [0.0] * len(tree.elements)
    for node in range(len(tree.elements)):
        element, parent = tree.elements[node], tree.parents[node]
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        own = 0.0
        if names != " ":
            good = _GOOD_CLASS.search(names)
            if mass[node] < 0.25 * total and not good and _BAD_CLASS.search(names):
                own -= 1.25
            if good:
                own += 0.4
        if element.tag in ("nav", "footer", "aside", "header", "form") and mass[node] < 0.25 * total:
            own -= 1.25
        base = hints[parent] if parent >= 0 else 0.0
        hints[node] = max(-2.5, min(1.0, base + own))
    return hints


def _near_headline(weights: Sequence[float], blocks: Sequence[Block], headline: int | None) -> list[float]:
    """Sentences lose weight with every link and list line between the headline and them."""
    if headline is None:
        return list(weights)
    near, gap = [], 0.0
    is_h1 = blocks[headline].tag == "h1"
    for block, weight in zip(blocks, weights, strict=True):
        if block.index <= headline:
            near.append(weight - 2.0)
            continue
        if block.link_chars * 2 > block.chars:
            gap += 1
        if block.verdict and block.verdict.rule in _ENDS:
            gap += 6
        if is_h1 and block.tag == "h1" and block.chars >= 8:
            gap += 200
        near.append(weight * (max(0.2, 1 / (1 + gap / 12)) if gap < 200 else 0.02) if weight > 0 else weight)
    return near


def _inside(tree: _Tree, blocks: Sequence[Block], weights: Sequence[float]) -> tuple[list[bool], bool]:
    sums = _sums(tree, [max(LOW, min(3.0, w)) * math.sqrt(b.chars) for w, b in zip(weights, blocks, strict=True)])
    best = max(range(len(sums)), key=lambda node: (sums[node], node))
    name = _signature(tree.elements[best])
    chosen = {best}
    if name:
        chosen |= {node for node in range(len(sums)) if sums[node] > 5.0 and _signature(tree.elements[node]) == name}
    inside = [False] * len(sums)
    for node in range(len(sums)):
        inside[node] = node in chosen or (tree.parents[node] >= 0 and inside[tree.parents[node]])
    return [inside[node] for node in tree.of_block], len(chosen) > 1


def _signature(element: Element) -> str:
    names = element.get("class") or ""
    return f"{element.tag}.{names}" if names and element.tag not in ("p", "span", "font", "strong", "b") else ""


def _smooth(weights: Sequence[float]) -> list[float]:
    clipped = [max(-2.0, min(2.0, w)) for w in weights]
    padded = [-2.0, -2.0, *clipped, -2.0, -2.0]
    return [
        weights[i - 2] + 0.25 * (padded[i - 1] + padded[i + 1]) + 0.1 * (padded[i - 2] + padded[i + 2])
        for i in range(2, len(padded) - 2)
    ]


def _viterbi(weights: Sequence[float]) -> list[bool]:
    out, inn = 0.0, -_SWITCH
    back: list[tuple[bool, bool]] = []
    for weight in weights:
        from_out, from_in = inn - _SWITCH > out, inn >= out - _SWITCH
        out, inn = max(out, inn - _SWITCH), max(inn, out - _SWITCH) + weight
        back.append((from_out, from_in))
    state = inn - _SWITCH > out if False else inn > out
    states = []
    for came_out, came_in in reversed(back):
        states.append(state)
        state = came_in if state else came_out
    return states[::-1]
