"""Bylines: the short lines around an article that name date, source, author, reporters and editor."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from cleaners.dateline import Dateline, parse_dateline
from cleaners.dates import SPAN_RANK, find_dates, without_dates
from cleaners.labels import read_value, split_labels
from cleaners.people import SURNAMED
from cleaners.series import Series, parse_series

_HAN = "\u3400-\u9fff"

# 「台北報導」, 「发自临澜」; a kind of report is no place.
_WHERE = re.compile(
    rf"发自(?P<a>[{_HAN}]{{2,4}})|(?:^|[\s／/|])"
    "(?!据|综合|綜合|联合|聯合|整理|摄影|攝影|独家|獨家|现场|現場|实习|實習|专题|專題|跟踪|追踪|连线|連線|采访|採訪|编译|編譯|文字|通讯|特约|特約"
    "|图文|圖文|系列|深度|新闻|新聞|连续|特别|特別|相关|此前|即时|即時|外电|外電)"
    rf"(?P<b>[{_HAN}]{{2,4}}?)(?:报道|报導|報導|专电|專電|\d{{1,2}}日[专專]?[电電])"
)

# What stands in bylines beside the fields: counters, type-size switches, links to the comments.
_COUNTED = (
    "人气|人氣|次数|收听|播放|观看|(?:點擊|点击|浏览|瀏覽|阅读|閱讀|访问|評論|评论)(?:次数|次數|数|量|率)?|跟帖|参与(?:互动)?|转发|字号|字號|字體|字体|打印|列印|关闭|關閉"
    "|收藏|回复|点赞数?|分享|我要评论|我要纠错|[大中小](?=\\s|$|[】\\]])|星期[一二三四五六日天]|发[布佈表][于於]?|更新|发稿|责任"
)
_FILLER = re.compile(
    r"(?:标签|標籤|关键词|關鍵字)\s*[:：].*$|ID\s*[:：]\s*[\w\-]+|(?:https?://)?(?<![\w.])[A-Za-z][\w\-]*(?:\.[A-Za-z][\w\-]*)+(?:/[\w./\-]*)?"
    r"|微信公众号|(?:新浪|腾讯|搜狐|网易|官方)微博|只看该作者|来自\s*[\-—]\s*[\u3400-\u9fff]{2,4}|原创|[文字][字型]大小|本[文页]"
    r"|(?:作者)?单位\s*[:：]\s*[\u3400-\u9fff]{2,16}|发[布表][于於]\s*[:：]?\s*[\u3400-\u9fff]{2,8}(?=\s*$)"
    r"|(?:分类|分類|类别|类型|信区)\s*[:：]\s*\w+|\[微博\]|默认|超大|特大|标准|標準|放大|缩小|縮小|窗口|[已共]有|倒序浏览|阅读模式"
    r"|[约約]?\s*\d{1,2}\s*分[钟鐘](?:阅读|閱讀)?|手机看新闻|手机版|我来说两句|网友评论条?|觉得不错|我要(?:赞赏|打赏)|试听|楼主"
    r"|第?\s*[A-Z]?\d{1,2}\s*版(?:\s*[:：]\s*[\u3400-\u9fff·]{2,8})?|[专專][访訪电電]"
    r"|(?:综合|綜合|摄影|攝影|独家|图文|即时|即時|采访|採訪|联合|聯合|专题|專題)?(?:报道|報導|报導)"
    rf"|(?:{_COUNTED})\s*[:：]?\s*(?:\(?\s*\d[\d.]*\s*\)?\s*(?:次|人|条|个|万\+?|k)?)?|有?\d+\s*(?:次阅读|次|人参与|条评论|条|人)"
)
_OUTLET = re.compile(
    rf"《?[{_HAN}A-Za-z0-9·\-－]{{1,14}}(?:网|網|報|报|社|台|刊|周刊|新闻|新聞|在线|日報|频道|客户端|时报|時報|观察|杂志|网站|发布|融媒|传媒"
    r"|财经|財經|人物|周末|微博|书评|体育|娱乐|科技|视频|电视|疾控|公积金|公安|警方|交警|消防|检察|法院|气象|卫健|税务|文旅|共青团|傳媒|雜誌|頻道|觀察|發布|電視|週刊)》?"
)
_JUNK = re.compile(r"[\s:：|｜/／·•()（）\[\]【】〔〕<>《》\-—_,，、丨*#@&＆]+")
_NAMES = re.compile(rf"{SURNAMED}(?:[\s、]+{SURNAMED}){{0,4}}")

# 「田埂上的笔 于 2009-11-18 09:36:20 发布」, 「由 mosswall » 2015年8月19日」
_POSTER = re.compile(
    r"\s*(?:由|来自\s*[:：])?\s*(?!原帖|最后|最後|本帖|本文|原文|文章|首次|于|於|发布|发表|更新|编辑|修改|最新)(?P<who>[^\s\d#|｜：:，,。、（）()\[\]【】]{2,20}?)\s*(?:(?:发[布表])?[于於]|»|在\s*(?:星期|[週周])[一二三四五六日天][,，]?)\s*(?=(?:19|20)\d\d|\d{1,2}/\d{1,2}/20)"
)
# 「posted @ 2017-02-19 22:07 某某 阅读(1932)」 of cnblogs
_POSTED_AT = re.compile(r"posted\s*@\s*[\d\-]{8,10}\s*[\d:]{0,8}\s+(?P<who>\S{2,20})\s+(?:阅读|Views)", re.IGNORECASE)

# What offices end with: 「宣传部」 and 「农业局」 begin with surnames.
_OFFICE_END = tuple("部局处處院会會办辦厂廠站队隊室科所区區县縣市镇鎮乡鄉村校司组組团團网網报報社台刊系班")
_NAME_PART = re.compile(rf"{SURNAMED}|[A-Z][A-Za-z.'\-]*")
_UNNAMED = frozenset(("photographers", "staff", "nobody"))
_VALUED = frozenset(("source", "author", "responsible", "editor", "other"))
_MAX_CHARS = 140
_MAX_PARSED = 400
_STOP = re.compile(r"[。！？!?]")

# Words without which no line is a byline: most lines of a page hold none.
_MAY_BE = re.compile(
    r"(?:19|20)\d\d|[来來]\s*源|来自|稿源|出处|发布[机单]|[摘选]自|[转轉]|[原刊]?[载載]|作\s*者|楼主|发信人|撰|执笔|评论员|文字|文\s*[(（、:：/／丨|｜&＆]|[/／]\s*文|原创"
    r"|[□■◎◆●]|[记記]\s*者|通[讯訊][员員]|[编編审審校译]|[责責]|[采採][写寫访訪]|[时時][间間]|日期|[电電]|[摄攝监監录录设設剪]"
    r"|[图圖]\s*[:：/／丨|｜源]|[图圖]$|\s著|供稿|制[作图]|策[划劃]|栏目|专栏|整理|报道|报導|報導"
)


class Byline(NamedTuple):
    """What one line names; empty where it is silent."""

    published: str = ""
    source: str = ""
    author: str = ""
    reporters: tuple[str, ...] = ()
    correspondents: tuple[str, ...] = ()
    editor: str = ""
    place: str = ""
    column: str = ""
    episode: int = 0
    poster: str = ""
    """The account or person that posted at the date: author, where it stands before the article."""

    rank: int = 0
    """Of the date, see :class:`cleaners.dates.Dated`."""

    is_responsible: bool = False
    """Whether the editor is said to be the responsible one (责任编辑)."""

    roles: frozenset[str] = frozenset()
    """The roles of its labels, see :class:`cleaners.labels.Part`, also of those that are no field."""

    has_credit: bool = False
    """Whether it names people who are no field: photographers, proofreaders."""

    rest: str = ""
    """What is left of the line when all that and the usual fillers are taken out."""

    def kinds(self) -> tuple[str, ...]:
        """The names of the fields that make a line a byline and that it gives."""
        given = tuple(name for name in self._fields[:6] if getattr(self, name))
        return tuple(name for name in given if name != "published" or self.rank != SPAN_RANK)


def is_person(text: str) -> bool:
    """Whether a text is a person's name of three or four characters, and plainly nothing else.

    >>> is_person("汪牧野"), is_person("宣传部"), is_person("高清")
    (True, False, False)
    """
    return len(text) in (3, 4) and re.fullmatch(SURNAMED, text) is not None and not text.endswith(_OFFICE_END)


@lru_cache(maxsize=512)
def parse_byline(text: str) -> Byline:
    """The fields that a line names; of a long text, which a wrong profile may select, only the beginning is read.

    >>> parse_byline("2018年11月13日 10:12 来源：示例网 作者：于镇通")[:3]
    ('2018-11-13T10:12+08:00', '示例网', '于镇通')
    >>> parse_byline("[责任编辑：赵佳俊 PK018]").editor
    '赵佳俊'
    """
    text = text[:_MAX_PARSED].replace("╱", "／")
    dateline = parse_dateline(text) or Dateline()
    line = f"{_credit(dateline)} {text[dateline.end :]}"
    dated = min(find_dates(line), key=lambda found: found.rank, default=None)
    head, parts = split_labels(without_dates(line))
    read = [(part.role, *read_value(part)) for part in parts]
    rests = [head, *(rest for _, _, rest in read)]
    series = next((found for found in map(parse_series, rests) if found.episode), Series())
    place, rest = _take_place(" | ".join(rests))
    values = {role: [value for one, value, _ in read if one == role and value] for role in {role for role, _, _ in read}}
    found = _named(values, "" if series.episode else _bare(rest))._replace(
        published=dated.value if dated else "",
        rank=dated.rank if dated else 0,
        place=dateline.place or _first(values, "place") or place,
        column=_first(values, "column") or series.column or "",
        episode=series.episode or 0,
    )
    return found._replace(source=dateline.agency) if dateline.agency else _with_poster(_with_outlet(found), text)


def byline_kinds(text: str) -> tuple[str, ...]:
    """The fields of a line that is a byline and nothing else; empty for any other line.

    ``credit`` are people who are no field, ``label`` is a label whose value stands elsewhere.

    >>> byline_kinds("来源：中国吉林网"), byline_kinds("记者：好的，感谢李市长接受我们的采访。")
    (('source',), ())
    """
    if len(text) > _MAX_CHARS or _STOP.search(text) or not _MAY_BE.search(text):
        return ()
    byline = parse_byline(text)
    kinds = byline.kinds()
    allowed = 8 if len(kinds) > 1 or "T" in byline.published else 4 if byline.published else 2
    if len(byline.rest) > allowed and not is_outlet(byline.rest):
        return ()
    return kinds or _other_kinds(byline)


def is_outlet(text: str) -> bool:
    """Whether a text is the name of a paper, an agency, a site or a channel and nothing else."""
    return _OUTLET.fullmatch(text) is not None


def _other_kinds(byline: Byline) -> tuple[str, ...]:
    if byline.column and not byline.rest:
        return ("column",)
    if byline.has_credit:
        return ("credit",)
    return ("label",) if byline.roles & _VALUED and not byline.rest else ()


def _credit(dateline: Dateline) -> str:
    """Who reports; behind an agency's dateline bare names are reporters: 「人民网杭州4月9日电（汪牧野）」."""
    return f"记者 {dateline.credit}" if _NAMES.fullmatch(dateline.credit) else dateline.credit


def _take_place(rest: str) -> tuple[str, str]:
    """The place of 「台北報導」, 「发自临澜」, and the text without it."""
    found = _WHERE.search(rest)
    return (found["a"] or found["b"], _WHERE.sub(" ", rest, count=1)) if found else ("", rest)


def _bare(rest: str) -> str:
    return " ".join(_JUNK.sub(" ", _FILLER.sub(" ", rest)).split())


def _named(values: Mapping[str, Sequence[str]], rest: str) -> Byline:
    return Byline(
        source=_unquoted(_first(values, "source")),
        author=_one_author(_first(values, "author")),
        reporters=_people(values, "reporters", "interviewers"),
        correspondents=_people(values, "correspondents"),
        editor=_one_author(_first(values, "responsible") or _first(values, "editor")),
        is_responsible=bool(values.get("responsible")),
        roles=frozenset(values),
        has_credit="nobody" in values or any(values.get(role) for role in _UNNAMED),
        rest=rest,
    )


def _first(values: Mapping[str, Sequence[str]], role: str) -> str:
    return next(iter(values.get(role, ())), "")


def _with_outlet(byline: Byline) -> Byline:
    """With the outlet that is left of the line as source: 「2004年3月9日　南屿日报」, 「陆以宁 河湾书评 2021-06-18」."""
    if byline.source or not (byline.published or byline.reporters or byline.author):
        return byline
    if is_outlet(byline.rest):
        return byline._replace(source=byline.rest, rest="")
    outlet, name = (
        sorted(byline.rest.split(), key=lambda word: not _OUTLET.fullmatch(word))[:2] if byline.rest.count(" ") == 1 else ("", "")
    )
    if byline.author or not byline.published or not _OUTLET.fullmatch(outlet) or not re.fullmatch(SURNAMED, name):
        return byline
    return byline._replace(source=outlet, author=name, rest="")


def _with_poster(byline: Byline, text: str) -> Byline:
    """With who posted it, an account, an outlet or a person: 「来源：文艺报 | 岑夫子 2020年5月4日」."""
    if found := _POSTED_AT.search(text):
        return byline._replace(author=found["who"], rest="")
    found = _POSTER.match(text) if byline.published and not byline.author else None
    if found is None:
        is_dated = "T" in byline.published or (byline.published and byline.source)
        is_signed = is_dated and not byline.author and not byline.reporters and is_person(byline.rest)
        return byline._replace(poster=byline.rest, rest="") if is_signed else byline
    rest = byline.rest.replace(found["who"], "").removeprefix("由").strip(" »于於")
    if is_outlet(found["who"]):
        return byline._replace(source=byline.source or found["who"], rest=rest)
    return byline._replace(poster=found["who"], rest=rest)


def _unquoted(value: str) -> str:
    """A name without the quotes around all of it.

    >>> _unquoted("《远山》"), _unquoted("《远山》杂志"), _unquoted("“远山")
    ('远山', '《远山》杂志', '远山')
    """
    value = value.strip().removesuffix("举报")
    for left, right in ("《》", "「」", "“”"):
        if value.startswith(left) and value.find(right) in (-1, len(value) - 1):
            value = value.strip(left + right)
    return value


def _one_author(value: str) -> str:
    """The author or editor, and after white space only what is a name too: 「流泉 访问统计」 is 流泉."""
    first, *others = value.split() or [""]
    return " ".join((first, *takewhile(_NAME_PART.fullmatch, others)))


def _people(values: Mapping[str, Sequence[str]], *roles: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for role in roles for value in values.get(role, ()) for name in _split_people(value)))


def _split_people(value: str) -> Iterator[str]:
    yield from filter(None, re.split(r"\s*[、,，/／]\s*|\s+(?![A-Z])", value.strip()))
