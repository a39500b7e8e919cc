"""Records: the posts of a thread, the comments under an article, the teasers of a list.

They stand side by side in one element, in elements of one name, and each has a stamp (the time or the number that the page
prints with it) or a linked headline. What they are is told by what stands before them: text between headline and first
record is the article, and the records are comments on it; without it the first record is what the page is about, and the
others answer it. Words that only forums print make a thread of it all the same.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, islice, pairwise
from typing import NamedTuple

from cleaners.article import Block
from cleaners.dates import find_dates
from cleaners.facts import Facts
from cleaners.speech import is_speech, is_stamped_label
from cleaners.stamps import SHORT, is_stamp
from cleaners.tree import Tree, stem

_MIN_RECORDS = 3

# An interview is no thread, however its turns are stamped.
_INTERVIEW_TURNS = 3

_HOST = re.compile(r"[\[【（(]?\s*(?:主持人|记者|記者|嘉宾|嘉賓)(?![\u3400-\u9fff]{4})[^。！？]*$")

# So much text between headline and first record is an article of its own.
_ARTICLE_CHARS = 80

# Names of the element around all comments, or around one: WordPress's, Z-Blog's, and what others made after them.
_COMMENTS = re.compile(
    r"(?:^|[\s_-])(?:comments?|pinglun|guestbook|replies)(?:[\s_-]?(?:list|area|wrap\w*|body|content|box|items?|section|main|text|con))?(?:$|\s)"
    r"|commentlist|comment_?list",
    re.IGNORECASE,
)

_MOST = 2 / 3
_MOST_THREADS = 3

# Forums repeat the headline over each answer.
_ANSWER = re.compile(r"\s*(?:RE|回[复覆應应])\s*[:：]", re.IGNORECASE)

# What forum software prints, Discuz, phpwind, Dvbbs, phpBB, Homeland, Tianya, NewSMTH, PTT, Zhidao, Zhihu: the first post
# may be set otherwise than the answers.
_FORUM = re.compile(
    r"^[楼樓]主(?:$|\s*[:：])|只看(?:[该該]作者|[楼樓]主)|电梯直达|发新[帖话]|回复本[帖楼]|返回列表|引用回复"
    r"|上一主题|下一主题|回覆主題|發表回覆|^(?:发信人|發信人|发信站|發信站|信区|看板)|最佳答案|采纳率|提问者采纳"
    r"|^(?:积分|威望|[帖贴]子)[数:：]|第\s*\d+\s*[层層]|最后(?:由.{1,30})?回复于|共收到\s*\d+\s*条回复|[后後]方可回[复覆]"
    r"|^\d+\s*[个個]回答$|^(?:撰写|写|寫|添加)回答$|^邀请回答$|^关注问题$|已被采纳|^采纳答案"
)


class Records(NamedTuple):
    """What repeats on a page, each the blocks of one record."""

    threads: Sequence[Sequence[range]]
    """Lists of posts, the longest first."""

    others: Sequence[range]
    """Comments and teasers."""

    comments: Sequence[range] = ()
    """What elements that are called comments hold, and the older posts of a blog's front page."""


class _Counts(NamedTuple):
    """What stands before each block of the page, so that a range is asked in no time."""

    text: Sequence[int]
    """Characters of text."""

    stamps: Sequence[int]
    links: Sequence[int]
    """Linked headlines."""


def find_records(tree: Tree, blocks: Sequence[Block], facts: Sequence[Facts], headline: int | None) -> Records:
    """The lists of records on the page; ``headline`` is the index of its block where it is certain."""
    threads, others, comments = list[Sequence[range]](), list[range](), list[range]()
    if not _is_interview(blocks):
        counts = _counts(blocks, facts)
        is_forum = any(block.chars <= SHORT and _FORUM.search(block.text) for block in blocks)
        for records, share in _lists(tree, counts):
            are_most = share >= _MOST
            if _are_teasers(blocks, counts, records, headline):
                others += records if are_most else ()
            elif _share(counts.stamps, records) >= _MOST:
                before = _between(counts.text, range(0 if headline is None else headline + 1, records[0].start))
                if before >= _ARTICLE_CHARS and not is_forum:
                    others += records if are_most else ()
                elif headline is None and _is_front_page(blocks, records):
                    comments += records[1:]
                else:
                    threads.append(records)
        comments += [] if is_forum else _named_comments(tree, counts, headline)
    longest = sorted(threads, key=len, reverse=True)[:_MOST_THREADS]
    return Records(longest, list(_without_article(others, facts, headline)), comments)


def _is_front_page(blocks: Sequence[Block], records: Sequence[range]) -> bool:
    """Whether the newest stands first: the posts of a blog, of which the first is what the page is about; answers follow."""
    dates = [date for record in records if (date := _first_date(blocks, record))]
    is_falling = all(earlier >= later for earlier, later in pairwise(dates))
    return len(dates) >= _MOST * len(records) and is_falling and dates[0] > dates[-1]


def _first_date(blocks: Sequence[Block], record: range) -> str:
    stamps = (blocks[index].text for index in record if is_stamp(blocks[index]))
    return next((found.value for text in stamps for found in find_dates(text)), "")


def _named_comments(tree: Tree, counts: _Counts, headline: int | None) -> Iterator[range]:
    """What elements hold that are called comments, however large, behind an article of its own."""
    first = 0 if headline is None else headline + 1
    end = 0
    for element, below in zip(tree.elements, tree.spans, strict=True):
        is_named = below.start >= end and _COMMENTS.search(f"{element.get('class') or ''} {element.get('id') or ''}")
        if is_named and _between(counts.text, range(first, below.start)) >= _ARTICLE_CHARS:
            end = below.stop
            yield below


def _without_article(records: Iterable[range], facts: Sequence[Facts], headline: int | None) -> Iterator[range]:
    """The records; where columns or rows of the page look like them, without the sentences behind the headline in its own."""
    for record in records:
        if headline is None or headline not in record:
            yield record
        else:
            yield from (range(i, i + 1) for i in record if i <= headline or not facts[i].is_text)


def _is_interview(blocks: Sequence[Block]) -> bool:
    turns = (block for block in blocks if block.link_chars * 2 <= block.chars and _is_turn(block.text))
    return len(list(islice(turns, _INTERVIEW_TURNS))) == _INTERVIEW_TURNS


def _is_turn(text: str) -> bool:
    is_host = len(text) <= SHORT and _HOST.match(text) is not None
    return is_host or is_speech(text) or is_stamped_label(text)


def _is_linked(block: Block) -> bool:
    """Whether it is another article's headline: a link, also one with a colon."""
    return block.is_linked_line and block.verdict is None and not is_stamp(block)


def _counts(blocks: Sequence[Block], facts: Sequence[Facts]) -> _Counts:
    return _Counts(
        list(accumulate((block.chars * fact.is_text for block, fact in zip(blocks, facts, strict=True)), initial=0)),
        list(accumulate((is_stamp(block) for block in blocks), initial=0)),
        list(accumulate((_is_linked(block) for block in blocks), initial=0)),
    )


def _between(counts: Sequence[int], span: range) -> int:
    return counts[span.stop] - counts[span.start] if span else 0


def _share(counts: Sequence[int], records: Sequence[range]) -> float:
    return sum(_between(counts, record) > 0 for record in records) / len(records)


def _are_teasers(blocks: Sequence[Block], counts: _Counts, records: Sequence[range], headline: int | None) -> bool:
    """Whether they stand before the headline, or each under a linked headline of its own."""
    if headline is not None and records[-1].start < headline:
        return True
    if _share(counts.links, records) < _MOST:
        return False
    linked = (next((blocks[i].text for i in record if _is_linked(blocks[i])), "") for record in records)
    return len({text for text in linked if text and not _ANSWER.match(text)}) >= len(records) * _MOST


class _List(NamedTuple):
    """Elements of one name side by side that have a stamp or a linked headline below them."""

    records: Sequence[range]
    """The blocks of each."""

    share: float
    """How many of all elements of the name they are."""


def _lists(tree: Tree, counts: _Counts) -> list[_List]:
    """The lists of the page: three children of one element and more."""
    told = {parent: nodes for parent, nodes in _told(tree, counts).items() if len(nodes) >= _MIN_RECORDS}
    names = Counter(
        (parent, stem(element)) for element, parent in zip(tree.elements, tree.parents, strict=True) if parent in told
    )
    lists = ((parent, _alike(tree, nodes)) for parent, nodes in told.items())
    return [
        _List(
            _ranges([tree.spans[node] for node in nodes], tree.spans[parent].stop),
            len(nodes) / names[parent, stem(tree.elements[nodes[0]])],
        )
        for parent, nodes in lists
        if len(nodes) >= _MIN_RECORDS
    ]


def _told(tree: Tree, counts: _Counts) -> Mapping[int, Mapping[int, None]]:
    """Beside each element its children that have a stamp or a linked headline below them."""
    children: dict[int, dict[int, None]] = defaultdict(dict)
    for index, node in enumerate(tree.of_block):
        here = range(index, index + 1)
        if _between(counts.links, here) or _between(counts.stamps, here):
            while (parent := tree.parents[node]) >= 0 and node not in children[parent]:
                children[parent][node] = None
                node = parent
    return children


def _alike(tree: Tree, nodes: Iterable[int]) -> list[int]:
    """Those of the commonest name."""
    by_name = defaultdict(list)
    for node in nodes:
        by_name[stem(tree.elements[node])].append(node)
    return max(by_name.values(), key=len)


def _ranges(found: Sequence[range], stop: int) -> Sequence[range]:
    """The blocks of each record: those below its element, or those up to the next where the elements hold the stamps alone."""
    if sum(len(span) > 1 for span in found) * 2 > len(found):
        return found
    ends = [after.start for after in found[1:]]
    longest = max(end - span.start for span, end in zip(found, ends, strict=False))
    return [range(span.start, end) for span, end in zip(found, [*ends, min(stop, found[-1].start + longest)], strict=True)]
