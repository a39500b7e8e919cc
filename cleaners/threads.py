"""The words of a thread's posts: what stands in elements of the names in which most of the posts' sentences stand."""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import chain

from cleaners.article import Block
from cleaners.facts import Facts
from cleaners.stamps import is_stamp
from cleaners.tree import Tree

# Names of what stands around the words of a post.
_FURNITURE = re.compile(
    r"(?:^|[\W_]|post|user|reply)(?:sign|signature|quote?|quotation|(?:user|author|profile|member)[-_]?card|card_\w+|author|user|avatar|tail|rate|rating|form|pst[il]|edit|modify"
    r"|attach\w*|tools?|oper\w*|actions?|lzl\w*)(?:$|[\W_])",
    re.IGNORECASE,
)


def post_words(
    tree: Tree, blocks: Sequence[Block], facts: Sequence[Facts], posts: Sequence[range], headline: int | None
) -> list[bool]:
    """Beside each block whether it is words of a post; nowhere if more text behind the headline stands elsewhere."""
    inside = frozenset(chain.from_iterable(posts))
    found_by_slot = _slots(tree, blocks)
    most = max((_sentences([block for block in found if block.index in inside], facts) for found in found_by_slot), default=0)
    chosen = [found for found in found_by_slot if _is_chosen(found, facts, most)]
    after = 0 if headline is None else headline + 1
    text = sum(block.chars for block in blocks[after:] if facts[block.index].is_text)
    words = [False] * len(blocks)
    if sum(_sentences(found, facts) for found in chosen) * 2 >= text:
        for block in chain.from_iterable(chosen):
            words[block.index] = True
    return words


def _slots(tree: Tree, blocks: Sequence[Block]) -> list[Sequence[Block]]:
    """The blocks by the names of the elements that hold them; without stamps, links, and names of furniture."""
    by_slot = defaultdict(list)
    for block, slot in zip(blocks, tree.slots, strict=True):
        by_slot[slot].append(block)
    return [_own(found) for slot, found in by_slot.items() if not _FURNITURE.search(slot)]


def _own(blocks: Sequence[Block]) -> Sequence[Block]:
    own = [b for b in blocks if b.verdict is None and not b.marks and b.link_chars * 2 <= b.chars and not is_stamp(b)]
    return own if len(own) * 2 >= len(blocks) else ()


def _is_chosen(blocks: Sequence[Block], facts: Sequence[Facts], most: int) -> bool:
    sentences = _sentences(blocks, facts)
    return sentences * 10 >= most and sentences * 2 >= sum(block.chars for block in blocks)


def _sentences(blocks: Sequence[Block], facts: Sequence[Facts]) -> int:
    return sum(block.chars for block in blocks if facts[block.index].is_sentence)
