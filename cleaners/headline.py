"""The headline: what the page's blocks and its ``<title>`` both say."""

import re
from collections.abc import Iterator
from itertools import chain, islice, pairwise
from typing import NamedTuple

from cleaners.article import Block
from cleaners.blocks import Element
from cleaners.byline import byline_kinds
from cleaners.chrome import chrome_verdict
from cleaners.dates import find_dates
from cleaners.document import Document, head_title, head_value
from cleaners.script import fold, fold_all

# What portals put between headline, channel and their name in <title>.
_SEPARATOR = re.compile(
    r"\s*[_|｜丨]+\s*|\s+[-–—]+\s+|\s*--+\s*|(?<=[\u3400-\u9fff”》）)！？])-(?=[\u3400-\u9fff])|\s*[<《]?\s*(?=\(第\d+[頁页]/)"
)
_HEADING_TAGS = ("h1", "h2", "h3")
_TITLE_CLASS = re.compile(
    r"(?:^|[\s_\-\d])(?:title|headline|tit|topic|biaoti|bt)|title$|headline|(?:news|art\w*|main|content|story)_?-?tit",
    re.IGNORECASE,
)
_MAX_CHARS = 90

# What editors of pages and frames leave in <title>, and what says that the page is a site's front.
_NO_TITLE = re.compile(
    r"(?:无标题|無標題|未命名|新建?)(?:文档|文檔|文件|页面?|網頁|网页)|untitled.{0,20}|new ?page.{0,12}"
    r"|.{0,4}(?:欢迎|歡迎)(?:光临|光臨|访问|来到).{0,40}",
    re.IGNORECASE,
)

# What the names of sites, sections and offices end with; 「…座谈会」, 「关于…的公告」 are headlines.
_SITE = re.compile(
    r"(?!关于|關於)(?:.{1,16}(?:网站?|網站?|论坛|論壇|社区|社區|BBS|在线|首页|博客|集团|有限公司|公司|[局厅]|委员会|管理处|办事处|政府|大学|学院|中学"
    r"|小学|医院|电台|电视台|日报|晚报|出版社|杂志社)|.{0,6}(?:新闻|动态|公告|正文|中心|频道|主页|笔记|厂))[\sA-Za-z]*",
    re.IGNORECASE,
)

# Bulletin boards and letters to offices name the headline: 「标 题: …」, 「信件标题：…」.
_NAMED = re.compile(r"(?:信件|来信|來信|咨询|留言|提问|问题|诉求)?[标標主]\s*[题題]\s*[:：]\s*(?P<value>(?!Re\b|\[).*)")

# How far before the first paragraph a headline stands, and how many first paragraphs of a page are looked at.
_HEAD_REACH = 6
_MAX_HEADS = 12
_PROSE_CHARS = 20
_LINE_OF_PROSE_CHARS = 8
_SENTENCE_END = re.compile("[。！？…][”」』]?$")
_MAX_LINE_CHARS = 60
_BIG = re.compile(r"center|middle|font-size|bold", re.IGNORECASE)
_HOLDERS = 3
_MIN_SHORTENED = 6

# A second headline (副题) and a kicker (肩题, 引题) stand so near, and are called so, in English, pinyin and initials.
_NEAR = 2
_SUBTITLE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:sub|sub_?-?(?:title|tit|head|headline)|futi|fubiaoti|ft|bt2|title[_-]?2|second[_-]?title|deck|dek)(?:$|[\s_-])",
    re.IGNORECASE,
)
_KICKER_CLASS = re.compile(
    r"(?:^|[\s_-])(?:pre|pre_?-?(?:title|tit)|kicker|yinti|yt|jianti|shoulder|eyebrow|overline|intro_?-?title|up_?-?title)(?:$|[\s_-])",
    re.IGNORECASE,
)
_DASHES = ("——", "――", "──", "--")
_MAX_SUBTITLE_CHARS = 60
_STOP = re.compile(r"[。；;？?！!]")


class Headline(NamedTuple):
    """The headline of a document."""

    text: str | None
    block: int | None
    """Index of the block that is it, None where only the head gives it."""

    is_certain: bool
    """Whether profile, data or ``<title>`` confirm it."""

    subtitle: int | None = None
    """Index of the block with the second headline, without one the kicker."""


def find_headline(document: Document, suffixes: tuple[str, ...] = ()) -> Headline:
    """The headline: the profile's element, the data, else the block that the ``<title>`` begins with, else a heading.

    ``suffixes`` are what the portal appends to ``<title>``.
    """
    found = _find(document, suffixes)
    return found._replace(subtitle=_subtitle(document, found)) if found.block is not None else found


def _find(document: Document, suffixes: tuple[str, ...]) -> Headline:
    selected = [block for block in document.blocks if "field/title" in block.marks]
    if selected:
        return Headline(" ".join(block.text for block in selected), selected[0].index, True)
    if document.embedded and document.embedded.title:
        return Headline(document.embedded.title, None, True)
    head = _strip(head_title(document), suffixes) or head_value(document, "og:title")
    heads = tuple(_heads_of_text(document))
    dated = next((i for i in heads if byline_kinds(document.blocks[i + 1].text)), None)
    block = _titled(document, head, frozenset(heads))
    if block and (dated is None or block.index in heads or not _SITE.fullmatch(block.text)):
        return Headline(block.text, block.index, True)
    return _untitled(document, head, heads, dated)


def _untitled(document: Document, head: str, heads: tuple[int, ...], dated: int | None) -> Headline:
    """Where no block says what ``<title>`` says: what the page calls so; where ``<title>`` names the site, what stands so."""
    if named := _named(document):
        return named
    title = "" if _NO_TITLE.fullmatch(head) else _cut(head)
    if (at := _longer(document, title, heads)) is not None:
        return Headline(document.blocks[at].text, at, True)
    is_site = not title or _SITE.fullmatch(title) is not None
    first = (i for i in heads if not (i and _is_prose(document.blocks[i - 1])))
    emphasised = next((i for i in first if _is_emphasised(document, i)), None)
    block = _heading(document)
    at = dated if is_site and dated is not None else block.index if block else emphasised if is_site else None
    return Headline(document.blocks[at].text, at, False) if at is not None else Headline(title or None, None, False)


def _titled(document: Document, head: str, heads: frozenset[int]) -> Block | None:
    """The block that says most of what ``<title>`` says; among equals a heading, then the first."""
    key = fold(head)
    if len(key) < 2:
        return None
    candidates = [block for block in document.blocks if 2 <= block.chars <= _MAX_CHARS and block.tag != "option"]
    folded = zip(fold_all([block.text for block in candidates]), candidates, strict=True)
    found = [(text, block) for text, block in folded if text and text in key and _may_be(text, key, block, heads)]
    return max(found, key=lambda pair: _titled_rank(pair[0], pair[1], key))[1] if found else None


def _may_be(text: str, key: str, block: Block, heads: frozenset[int]) -> bool:
    """A breadcrumb also stands in ``<title>``: the headline begins it, or is a heading, or is most of it, or has its place."""
    if len(text) < 4:
        return (block.tag == "h1" or text == key) and key.startswith(text) and block.link_chars == 0
    return key.startswith(text) or block.tag in _HEADING_TAGS or len(text) * 2 > len(key) or block.index in heads


def _titled_rank(text: str, block: Block, key: str) -> tuple[float, ...]:
    heading = 3 - _HEADING_TAGS.index(block.tag) if block.tag in _HEADING_TAGS else 0
    is_most = heading > 0 and len(text) * 2 > len(key)
    is_link = block.link_chars * 2 > block.chars and not is_most
    leads = key.startswith(text) or is_most
    is_site = _SITE.fullmatch(block.text) is not None
    return (not is_link, not is_site, leads, len(text) if not is_link else 0, heading, -block.index)


def _heads_of_text(document: Document) -> Iterator[int]:
    """Indices of the lines right before a text, or before the bylines, kickers and salutation that it begins with."""
    blocks = document.blocks
    starts = (i for i, block in enumerate(blocks) if _is_prose(block) and not (i and _is_prose(blocks[i - 1])))
    for start in islice(starts, _MAX_HEADS):
        before = range(start - 1, max(-1, start - 1 - _HEAD_REACH), -1)
        at = next((i for i in before if not _stands_between(blocks[i])), None)
        if at is not None and _is_line(blocks[at]):
            yield at


def _is_prose(block: Block) -> bool:
    is_sentence = block.chars >= _LINE_OF_PROSE_CHARS and _SENTENCE_END.search(block.text)
    is_long = block.chars >= _PROSE_CHARS and _STOP.search(block.text)
    return bool(is_sentence or is_long) and block.link_chars * 3 <= block.chars


def _stands_between(block: Block) -> bool:
    """Whether a line may stand between headline and text."""
    text = block.text
    return text.endswith(("：", ":")) or _is_dashed(text) or bool(byline_kinds(text))


def _is_line(block: Block) -> bool:
    is_short = 4 <= block.chars <= _MAX_LINE_CHARS and block.link_chars * 2 <= block.chars and block.tag != "option"
    is_free = "。" not in block.text and "://" not in block.text and not any(find_dates(block.text))
    return is_short and is_free and chrome_verdict(block.text) is None


def _is_emphasised(document: Document, index: int) -> bool:
    """Whether a line is strong, large, centred or called a title."""
    block, holder = document.blocks[index], document.nodes[index].holder
    if block.strong_chars == block.chars or block.tag in _HEADING_TAGS:
        return True
    around = (holder, *islice(holder.iterancestors(), _HOLDERS - 1))
    names = " ".join(element.get(name) or "" for element in around for name in ("align", "style", "size", "class"))
    return bool(_BIG.search(names) or _TITLE_CLASS.search(holder.get("class") or ""))


def _longer(document: Document, title: str, heads: tuple[int, ...]) -> int | None:
    """The line before a text, or heading, that says what ``<title>`` cuts short."""
    key = fold(title)
    if len(key) < _MIN_SHORTENED or _SITE.fullmatch(title):
        return None
    headings = (b.index for b in document.blocks if b.tag in _HEADING_TAGS and b.chars <= _MAX_CHARS and b.link_chars == 0)
    return next((i for i in chain(headings, heads) if fold(document.blocks[i].text).startswith(key)), None)


def _named(document: Document) -> Headline | None:
    """The headline behind its label, in the same block or the next."""
    for block, behind in pairwise(document.blocks):
        if block.chars <= _MAX_CHARS and (found := _NAMED.fullmatch(block.text)):
            text, index = (found["value"], block.index) if found["value"] else (behind.text, behind.index)
            return Headline(text, index, False) if 4 <= len(text) <= _MAX_CHARS else None
    return None


def _heading(document: Document) -> Block | None:
    """Without help from ``<title>``: the longest of the page's first-rank headings outside links."""
    for tag in _HEADING_TAGS[:2]:
        found = [b for b in document.blocks if b.tag == tag and 6 <= b.chars <= _MAX_CHARS and b.link_chars * 2 <= b.chars]
        if found:
            return max(found, key=lambda block: (block.chars >= 8, -block.index))
    return next((b for b, n in zip(document.blocks, document.nodes, strict=True) if _is_title_class(b, n.holder)), None)


def _is_title_class(block: Block, element: Element) -> bool:
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return 8 <= block.chars <= _MAX_CHARS and block.link_chars * 2 <= block.chars and bool(_TITLE_CLASS.search(names))


def _subtitle(document: Document, headline: Headline) -> int | None:
    """The second headline right behind the headline, else the kicker before it, as the class or a dash says."""
    at = headline.block or 0
    behind = range(at + 1, min(at + 1 + _NEAR, len(document.blocks)))
    before = range(at - 1, max(-1, at - 1 - _NEAR), -1)
    second = (i for i in behind if _is_dashed(document.blocks[i].text) or _has_name(document, i, _SUBTITLE_CLASS))
    kicker = (i for i in before if _has_name(document, i, _KICKER_CLASS))
    key = fold(headline.text or "")
    return next((i for i in chain(second, kicker) if _is_headline_like(document.blocks[i], key)), None)


def _is_headline_like(block: Block, headline: str) -> bool:
    """Whether a block may be a second headline; the first, repeated in a bar that floats, is none."""
    if (key := fold(block.text)) in headline or headline in key:
        return False
    is_line = 4 <= block.chars <= _MAX_SUBTITLE_CHARS and block.link_chars == 0 and not _STOP.search(block.text)
    return is_line and not byline_kinds(block.text)


def _is_dashed(text: str) -> bool:
    return text.startswith(_DASHES) and not text.endswith(_DASHES)


def _has_name(document: Document, index: int, names: re.Pattern[str]) -> bool:
    holder = document.nodes[index].holder
    return bool(names.search(f"{holder.get('class', '')} {holder.get('id', '')}"))


def _strip(head: str, suffixes: tuple[str, ...]) -> str:
    for suffix in suffixes:
        if head.endswith(suffix):
            return head.removesuffix(suffix).strip()
    return head


def _cut(head: str) -> str:
    """``<title>`` up to the first separator behind which no headline goes on."""
    parts = _SEPARATOR.split(head)
    return max(parts[:2], key=len).strip() if parts else head
