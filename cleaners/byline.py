"""Bylines: the short lines around an article that name date, source, author, reporters and editor."""

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import NamedTuple

from cleaners.names import PERSON

_DATE = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s*[-年/.－]\s*(?P<month>\d{1,2})\s*[-月/.－]\s*(?P<day>\d{1,2})\s*日?"
    r"(?:\s*[（(]?\s*(?:星期|周|週)[一二三四五六日天]\s*[)）]?)?"
    r"(?:[\sT,，]*(?P<noon>上午|下午|晚上|AM|PM)?\s*(?P<hour>\d{1,2})\s*[:：時时点]\s*(?P<minute>\d{2})(?:\s*[:：分]\s*(?P<second>\d{2})秒?)?分?"
    r"(?:\s*(?P<after>AM|PM))?)?",
)
_HAN = "\u3400-\u9fff"
_NO_PERSON = (
    "(?!融媒体|发自|發自|报道|报導|報導|摄影|攝影|综合|通讯员|通訊員|特约|实习|见习|本报|记者|编辑|责任|責任|责编|責編|来源|來源|作者|时间|時間|发布|校对|制作|审核|整理|配图|電|电$"
    f"|[{_HAN}]{{2,4}}(?:报道|报導|報導|专电|專訪|专访|摄影|攝影))"
)
_REPORT = r"(?:报道|报導|報導|专电|专访|專訪|摄影|攝影|\d{0,2}日?[电電])"
_FULL_NAME = rf"[{_HAN}]{{1,4}}·[{_HAN}·]{{1,10}}|[{_HAN}]{{2,4}}(?![{_HAN}])|[{_HAN}]{{2,3}}(?=(?:[{_HAN}]{{2,4}})?{_REPORT})"
_PERSON = rf"{_NO_PERSON}(?:{_FULL_NAME})"
_LATIN = r"[A-Z][A-Za-z.\-]+(?:\s[A-Z][A-Za-z.\-]+){0,2}(?![\w])"
_PEOPLE = rf"(?:{_PERSON}(?:(?:\s*[、,，/／]\s*|\s+){_PERSON}){{0,7}}|{_LATIN})"
_COLON = r"\s*[:：丨|｜]\s*"
_KIND = {
    "source": r"(?:(?:稿件|文章|信息|新闻|新聞|资料|本文|内容|视频|素材)?(?:来源|來源)(?:于|自)?|稿源|出处|摘自|转自|轉自)",
    "author": r"(?:本文)?(?:作者|撰文|撰稿|文字)|文(?=\s*[:：/／丨|｜])|(?<![^\s])原创|^[□■◎◆●]",
    "reporters": (
        r"(?:(?:本报|本网|本刊|本台|实习|見习|见习|首席|特约|特派|驻[\u3400-\u9fff]{2,4})\s*)*+记者"
        r"|(?:本報|本刊|本台|實習|特約|特派)*+記者"
    ),
    "correspondents": r"(?:特约|本报|本報)?(?:通讯员|通訊員|特约撰稿人)",
    "editor": (
        r"(?:编\s辑|(?:本文|本网|网络|網路|值班|实习|新闻|本期|见习|執行|执行)?(?:责任编辑|责任編輯|責任編輯|责编|責編|编辑|編輯)人?)"
    ),
}
_OTHER_LABEL = "(?:作者|记者|通讯员|责任|编辑|编校|发布时间|发布日期|时间|點擊|点击|浏览|评论)(?:编辑|次数)?[:：\\s]"
_VALUES = {
    "source": (
        rf"\s*[:：丨|｜/／]\s*(?P<v>[《「“]?(?:(?!{_OTHER_LABEL})[^\s|｜,，;；()（）\[\]【】:：]){{2,24}})|(?<=自)\s*(?P<w>《[^》]{{2,16}}》)"
    ),
    "author": rf"\s*[:：丨|｜/／]\s*(?P<v>{_PEOPLE})|(?<=创)\s*(?P<w>{_PERSON})|(?<=[□■◎◆●])\s*(?P<x>{PERSON})(?![{_HAN}])",
    "reporters": rf"(?:{_COLON}|\s+|(?=[{_HAN}]{{2,3}}(?:\s|$|[)）、,，])))?(?P<v>{_PEOPLE})",
    "correspondents": rf"(?:{_COLON}|\s+)?(?P<v>{_PEOPLE})",
    "editor": (
        rf"(?:{_COLON}|\s+)(?P<v>{_PEOPLE}|[A-Za-z]{{2,12}}\d*)?"
        r"(?:[\s_]*(?P<code>[A-Za-z]{1,6}\d{2,8}|[A-Z]{2,4}|\d{2,6}))?"
    ),
}
_LABELLED = {kind: re.compile(f"(?:{_KIND[kind]})(?:{_VALUES[kind]})") for kind in _KIND}

# What stands in bylines beside the fields: counters, type-size switches, labels of dates, links to the comments.
_FILLER = re.compile(
    r"(?:https?://[\w./\-]+|[\u3400-\u9fff]{2,8}微博|(?:发布|發佈|发表|發表|更新)(?:时间|時間|日期|者|人|于)?|时间|時間|日期|录入"
    r"|(?:点击|浏览|瀏覽|阅读|閱讀|访问)(?:次数|次數|数|量|率)?|人气|人氣|次数|(?:評論|评论)数?|跟帖|参与|转发|字号|字體|字体|打印|关闭"
    r"|收藏|分享|原创|我要评论|我要纠错|[大中小](?=\s|$|[】\]])|星期[一二三四五六日天]|(?<![\u3400-\u9fff])[\u3400-\u9fff]{2,4}(?:报道|報導|专电)|[A-Z]?\d{1,2}版|采写|採訪)"
    r"\s*[:：]?\s*(?:\(?\s*\d+\s*\)?\s*(?:次|人|条|个)?)?"
)
_OUTLET = re.compile(
    rf"[{_HAN}A-Za-z0-9·\-]{{0,14}}(?:网|報|报|社|台|刊|周刊|新闻|新聞|在线|日報|频道|客户端|时报|時報|观察|杂志|网站|发布|融媒|传媒|财经|財經|人物|周末)$"
)
# 「新华社长春11月13日电」, 「【記者張大同台南報導】」: who sends it from where.
_AGENCY = rf"(?:新华社|新華社|中新社|中新网|中央社|法新社|美联社|路透社|[{_HAN}]{{2,6}}?[网報报社])"
_DATELINE = re.compile(
    rf"[（(〔【\[据據\s]*(?P<agency>{_AGENCY})(?:[记記]者(?P<person>{_PERSON}))?[{_HAN}]{{0,8}}?(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?[专專]?[电電]"
    rf"(?=[\s（(）)】〕\]，,]|$)(?:\s*[（(](?P<other>{_PERSON})[）)])?"
)
_JUNK = re.compile(r"[\s:：|｜/／·•()（）\[\]【】<>《》\-—_,，、丨*#@]+")
_MAX_CHARS = 110


class Byline(NamedTuple):
    """What one line names; empty where it is silent."""

    published: str = ""
    source: str = ""
    author: str = ""
    reporters: tuple[str, ...] = ()
    correspondents: tuple[str, ...] = ()
    editor: str = ""
    rest: str = ""
    """What is left of the line when all that and the usual fillers are taken out."""

    def kinds(self) -> tuple[str, ...]:
        """The names of the fields that the line gives."""
        return tuple(name for name in self._fields if name != "rest" and getattr(self, name))


def parse_byline(text: str) -> Byline:
    """The fields that a line names.

    >>> parse_byline("2018年11月13日 10:12 来源：示例网 作者：于镇通")[:3]
    ('2018-11-13T10:12+08:00', '示例网', '于镇通')
    >>> parse_byline("[责任编辑：赵佳俊 PK018]").editor
    '赵佳俊'
    """
    values: dict[str, str] = {}
    people: dict[str, list[str]] = {"reporters": [], "correspondents": []}
    rest = text
    if dateline := _DATELINE.match(rest):
        values["source"] = dateline["agency"]
        people["reporters"] += [name for name in (dateline["person"], dateline["other"]) if name]
        rest = rest[dateline.end() :]
    if found := _DATE.search(rest):
        values["published"] = _published(found)
        rest = _DATE.sub(" ", rest)
    for kind, pattern in _LABELLED.items():
        while match := pattern.search(rest):
            value = _unquoted(next((value for value in map(match.groupdict().get, ("v", "w", "x")) if value), ""))
            rest = rest[: match.start()] + " | " + rest[match.end() :]
            if kind in people:
                people[kind] += _split_people(value)
            else:
                values.setdefault(kind, _one_author(value) if kind == "author" else value)
    rest = " ".join(_JUNK.sub(" ", _FILLER.sub(" ", rest)).split())
    if (
        "source" not in values
        and (values.get("published") or people["reporters"] or "author" in values)
        and _OUTLET.fullmatch(rest)
    ):
        values["source"], rest = rest, ""
    return Byline(
        published=values.get("published", ""),
        source=values.get("source", ""),
        author=values.get("author", ""),
        reporters=tuple(dict.fromkeys(people["reporters"])),
        correspondents=tuple(dict.fromkeys(people["correspondents"])),
        editor=values.get("editor", ""),
        rest=rest,
    )


def byline_kinds(text: str) -> tuple[str, ...]:
    """The fields of a line that is a byline and nothing else; empty for any other line.

    >>> byline_kinds("来源：中国吉林网"), byline_kinds("记者：好的，感谢李市长接受我们的采访。")
    (('source',), ())
    """
    if len(text) > _MAX_CHARS or not _MAY_BE.search(text):
        return ()
    if _CREDIT_BEHIND.fullmatch(text):
        return ("editor",)
    byline = parse_byline(text)
    allowed = 8 if len(byline.kinds()) > 1 or "T" in byline.published else 4 if byline.published else 2
    if len(byline.rest) > allowed or re.search(r"[。！？!?]", byline.rest):
        return ()
    return byline.kinds() or (("label",) if _BARE.fullmatch(text) else ())


def parse_published(text: str) -> str | None:
    """The first date of a text in the precision given, or None.

    >>> parse_published("2018年11月13日 10:12"), parse_published("2018-08-06"), parse_published("昨天")
    ('2018-11-13T10:12+08:00', '2018-08-06', None)
    """
    return next((value for value in map(_published, _DATE.finditer(text)) if value), None)


# Words without which no line is a byline: most lines of a page hold none.
_MAY_BE = re.compile(
    r"(?:19|20)\d\d|[来來][源]|稿源|出处|摘自|[转轉]自|作者|撰|文字|文\s*[:：/／丨|｜]|原创|[□■◎◆●]|[记記]者|通[讯訊][员員]|[编編]|[责責]|[时時][间間]|日期"
    r"|[电電]"
)
_CREDIT_BEHIND = re.compile(
    rf"[（(\[【]?\s*(?:{_PERSON}\s*[/、]?\s*){{1,3}}(?:编辑|編輯|责编|攝影|摄影|整理|撰文|校对|供稿)\s*[)）\]】]?"
)
_BARE = re.compile(
    rf"[\s\[【(（]*(?:{_KIND['source']}|{_KIND['author']}|{_KIND['editor']}|发布时间|时间|日期)\s*[:：]?[\s\]】)）]*"
)


def _published(found: re.Match[str]) -> str:
    year, month, day = int(found["year"]), int(found["month"]), int(found["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return ""
    date = f"{year:04d}-{month:02d}-{day:02d}"
    if not found["hour"]:
        return date
    hour, minute = int(found["hour"]), int(found["minute"])
    hour += 12 if (found["noon"] or found["after"]) in ("下午", "晚上", "PM") and hour < 12 else 0
    if hour > 23 or minute > 59 or int(found["second"] or 0) > 59:
        return date
    return f"{date}T{hour:02d}:{minute:02d}" + (f":{found['second']}" if found["second"] else "") + "+08:00"


def _unquoted(value: str) -> str:
    """A name without the quotes around all of it.

    >>> _unquoted("《远山》"), _unquoted("《远山》杂志"), _unquoted("“远山")
    ('远山', '《远山》杂志', '远山')
    """
    value = value.strip()
    for left, right in ("《》", "「」", "“”"):
        if value.startswith(left) and value.find(right) in (-1, len(value) - 1):
            value = value.strip(left + right)
    return value


_NAME_PART = re.compile(rf"{PERSON}|[A-Z][A-Za-z.'\-]*")


def _one_author(value: str) -> str:
    """The author, and after white space only what is a name too: 「流泉 访问统计」 is 流泉."""
    first, *others = value.split()
    return " ".join((first, *takewhile(_NAME_PART.fullmatch, others)))


def _split_people(value: str) -> Iterator[str]:
    for part in re.split(r"\s*[、,，/]\s*|\s+(?![A-Z])", value.strip()):
        if part:
            yield part
