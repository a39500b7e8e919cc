"""Who wrote the article where no label says so: an account or a name between headline and text that its element calls author."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice, pairwise, zip_longest
from typing import NamedTuple

from cleaners.article import Block
from cleaners.blocks import Element, collapse
from cleaners.byline import is_outlet, is_person, parse_byline
from cleaners.dates import find_dates
from cleaners.document import Document, head_value
from cleaners.masthead import elements_above_headline, elements_below_headline

# What class, id, ``rel``, ``itemprop`` and ``property`` call the author: Discuz, phpBB, Tieba, WordPress, Zhihu, WeChat, BBC.
_AUTHOR = re.compile(
    r"(?:^|[\s_\-.:])(?:p_|info_|js_|post)?(?:author|auth|authi|creator|reviewer|writer|zuozhe|columnist|nick|nickname|username|(?:user|author|nick|up|per)[_-]?name)"
    r"(?:[_-]?(?:name|id|info))?(?:$|[\s_\-])|(?:author|user)(?:Info|Name|Link|_?Id)(?![a-z])|foaf:name",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"(?:^|[\s_-])(?:source|laiyuan|media-?name|js_name)(?:$|\s)", re.IGNORECASE)
_OTHERS = re.compile(r"editor|comment|reply|avatar|related|recommend|source|contributor|translator|photo", re.IGNORECASE)
_PAPER = re.compile(r"[报報网網社刊]$")
_READERS = re.compile(r"editor|comment|reply|related|recommend", re.IGNORECASE)
_ATTRIBUTES = ("class", "id", "rel", "itemprop", "property")
_AROUND = 3

# No account, though it stands where one does.
_NO_NAME = re.compile(
    r"(?:admin\w*|root|guest|user|editor|author|by|.{0,4}(?:管理员|編輯|编辑|小编|编辑部|记者|記者|作者|楼主|樓主|会员|用户)|.{0,2}(?:关注|關注|发布|發布|发表|發表|收藏|分享|回复|评论|查看|阅读)"
    r"|短消息|消息|微信|微博|朋友圈|QQ.{0,2}|Facebook|LINE|Twitter|原创|转载|本站|网络|未知|佚名|匿名|游客|头像|个人资料|登录|注册|首页|更多|返回|.{0,2}(?:浏览|瀏覽|于|於)|[男女]|字[号體体]|[大中小]|放大|[缩縮]小|[标標][准準]|打印|列印|.{0,4}模式|只看.{0,4}|.{0,4}楼层|.{0,2}直达|置顶|精华|综合|来源|来自|由|文)[:：]?",
    re.IGNORECASE,
)
_NAME = re.compile(r"[\w\u3400-\u9fff][\w\u3400-\u9fff·.\-]{0,15}[\w\u3400-\u9fff](?: [A-Z][a-z]+)?")
_POSTED = re.compile(r"[\s\d·|]{0,12}(?:发布|发表|提问|發表|發佈|發布)[于於]\s*\d")
_FROM = re.compile(r"^\s*[来來]自\s*[:：]\s*$")
_HREF = re.compile(r"/(?:members?|users?|u|people|authors?|profile|space)/|space-uid|mod=space(?:&|$)|[?&]uid=", re.IGNORECASE)
_NO_HREF = re.compile(r"login|regist|message|favou?r|setting|javascript", re.IGNORECASE)
_FOLLOW = re.compile(r"[+＋]?\s*(?:关注|關注|加关注)")
_MAX_PERSONS = 2
_MAX_TEXTS = 40
_MAX_NAME = 24


# A label of others right before it: 「記者： dave」, 「发布于 社区管理」.
_LABEL_OF_OTHERS = re.compile(
    r"(?:[记記]者|[编編][辑輯]|[责責][编編]|[来來]源|翻?[译譯]者?|[摄攝]影|[发發][布佈表]于|[分類类版][类區区]|[栏欄]目|[标標][签籤])\s*[:：]?\s*$"
)


class _Run(NamedTuple):
    """The text that an element itself begins with."""

    text: str
    element: Element


def find_signature(document: Document, blocks: Sequence[Block]) -> str:
    """The author between headline and text; empty where nothing is plainly one.

    An element that is called so, an account beside the button that follows it, the name that stands beside the date as
    ``name``, the name that the head gives, or a line that is a person's name and nothing else.
    """
    runs = [run for element in elements_below_headline(document, blocks) if (run := _run(element))]
    told = head_value(document, "author")
    for run, behind in zip_longest(runs, runs[1:]):
        if (run.text == told or _is_followed(behind) or _is_author(run)) and _is_account(run.text):
            return run.text
    return _before_headline(document, blocks) or next(_lone_names(blocks), "")


def _before_headline(document: Document, blocks: Sequence[Block]) -> str:
    """The account above the headline, beside the button that follows it, as sites of notes print it."""
    runs = [run for element in elements_above_headline(document, blocks) if (run := _run(element))]
    found = (
        run.text for run, behind in pairwise(runs) if _is_account(run.text) and _is_followed(behind) and _is_called(run.element)
    )
    return next(found, "")


def find_account(document: Document, blocks: Sequence[Block]) -> str:
    """The outlet between headline and text whose element is called source; empty where there is none."""
    runs = (run for element in elements_below_headline(document, blocks) if (run := _run(element)))
    return next((run.text for run in runs if _NAME.fullmatch(run.text) and _is_source(run)), "")


def _is_source(run: _Run) -> bool:
    """Whether it is called source, or a paper that stands where the author does."""
    if _SOURCE.search(_names(run.element)):
        return True
    return _PAPER.search(run.text) is not None and is_outlet(run.text) and _is_called(run.element)


def _run(element: Element) -> _Run | None:
    text = collapse(element.text or "").strip(" @|")
    if not text or len(text) > _MAX_NAME or text[-1] in ":：" or _LABEL_OF_OTHERS.search(_text_before(element)):
        return None
    return _Run(text, element)


def _text_before(element: Element) -> str:
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        return before.tail or "" if (before.tail or "").strip() else before.text or ""
    return (parent.text or "") if parent is not None else ""


def _is_account(text: str) -> bool:
    is_name = _NAME.fullmatch(text) is not None and not _NO_NAME.fullmatch(text) and not text.isdigit()
    return is_name and not is_outlet(text) and not any(find_dates(text)) and not parse_byline(text).kinds()


def _is_author(run: _Run) -> bool:
    return _is_called(run.element) or _is_posting(run) or _is_home(run.element)


def _is_home(element: Element) -> bool:
    """Whether it is a link to somebody's own page."""
    link = next((one for one in islice(chain([element], element.iterancestors()), 2) if one.tag == "a"), None)
    href = (link.get("href") or "") if link is not None else ""
    return _HREF.search(href) is not None and not _NO_HREF.search(href)


def _is_called(element: Element) -> bool:
    """Whether the element or one of the next around it is called author, and none is called another's."""
    if _OTHERS.search(_names(element)) or any(_READERS.search(_names(around)) for around in _around(element)):
        return False
    for around in _around(element):
        names = _names(around)
        if _AUTHOR.search(names):
            return True
        if "name" in names.split() and _is_dated(around.getparent()):
            return True
    return False


def _is_dated(element: Element | None) -> bool:
    text = "".join(map(str, islice(element.itertext(), _MAX_TEXTS))) if element is not None else ""
    return any(find_dates(text))


def _around(element: Element) -> Iterator[Element]:
    at: Element | None = element
    for _ in range(_AROUND):
        if at is None or len(at) > _AROUND * 4:
            return
        yield at
        at = at.getparent()


def _names(element: Element) -> str:
    return " ".join(element.get(name) or "" for name in _ATTRIBUTES)


def _is_posting(run: _Run) -> bool:
    """Whether a link that tells of a post: 「某某 37 发布于 2020-01-09」, 「来自: 某某(临溪) 2019-05-12 14:33」."""
    link = next((one for one in (run.element, run.element.getparent()) if one is not None and one.tag == "a"), None)
    line = link.getparent() if link is not None else None
    if link is None or line is None or len(line) > _MAX_TEXTS:
        return False
    behind = (link.tail or "") + "".join("".join(map(str, one.itertext())) + (one.tail or "") for one in link.itersiblings())
    return _POSTED.match(behind) is not None or (_FROM.search(line.text or "") is not None and _is_dated(line.getparent()))


def _is_followed(behind: _Run | None) -> bool:
    return behind is not None and _FOLLOW.fullmatch(behind.text) is not None


def _lone_names(blocks: Sequence[Block]) -> Iterator[str]:
    """The lines between headline and text that are a person's name: as memoirs, columns and essays print it."""
    top = next((i for i, block in enumerate(blocks) if block.verdict and block.verdict.rule == "field/title"), len(blocks))
    for block in blocks[top + 1 : top + 1 + _AROUND]:
        if block.verdict is None:
            return
        names = block.text.replace("、", " ").split()
        if block.link_chars == 0 and len(names) <= _MAX_PERSONS and all(map(is_person, names)):
            yield block.text
