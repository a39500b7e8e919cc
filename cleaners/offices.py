"""Offices and introductions: the words that say what a person is, and where in the text they stand."""

import re
import unicodedata
from collections.abc import Iterator

from cleaners.article import Span
from cleaners.names import CALLING, OFFICE_LAST, OFFICE_WORD, PERSON

_OFFICE = rf"(?:{OFFICE_WORD}|{CALLING}|成员)"
_OFFICE_END = re.compile(_OFFICE + "$")
_LAST = OFFICE_LAST + "师家者"

# What may stand between an office and what the sentence says before it: 「我们邀请到的是」, 「来自海外的」, 「出席发布会的有」.
_BEFORE_OFFICE = re.compile(
    r"(?:邀请|请|采访|专访|走访|拜访|拜会|探访|见|找|遇|来|迎|看|听|介绍|连接)(?:到了?|来|了)(?:的?是)?|邀请|请|采访|专访|走访|拜访|拜会|探访"
    r"|访问(?!学者)|听一?听|[作做]客|对话|走进|走近|欢迎|有幸|连线|来自|作为|担任|身为|出席|嘉宾有?|受访[者人]|主持人|主讲人?|记者"
    r"|分别|其中|包括|还有|今[天年日]|昨[天日]|日前|近日|本期|这[位名]|那[位名]|[一两三几][位名]|和(?=[我你他她这那])"
    r"|了|的(?!士)有?|[是让]|(?<!自)由|(?<![华作有])为(?!民)|与(?!会)|(?<!方)向(?![阳前东])|对(?!外)|就(?!业)|将(?!军)|以?及(?!时)"
    r"|和(?!城乡|改革|信息|计划|社会|旅游|规划|体育|林业|草原|应急|技术|工业|文化|医疗|生态|自然|环境|商务|金融|农村|服务|市场|新闻|传播"
    r"|宣传|管理|科技|研究|出版|平|田|县|顺|硕|布克)"
)
_CLAUSE = re.compile(r"[。！？；;\n：:（）()【】\[\]|｜]")
_COMMA = re.compile(r"[，,、]\s*")

# Between an office and the name behind it, and around an office.
_PADDING = " \u3000—-"
_MARKS = "“”\"' ：:，,、"

_WORDS = r"[^，,。；;：:！？（）()\n“”]{0,30}?"
_OFFICES = rf"(?P<office>{_WORDS}{_OFFICE}(?:[，,]\s?{_WORDS}{_OFFICE}){{0,3}}?)"
_OFFICE_STOP = r"(?=[）)，,。；;：:！\s]|$)"

# 「男，汉族，1968年生，中共党员，现任」: what a biography says first.
_LIFE = (
    r"(?:男|女|[\u3400-\u9fff]{1,4}族|[\u3400-\u9fff]{0,6}(?:\d{4}|[一二三四五六七八九〇○零]{4})年[^，,。；;\n]{0,12}|\d{2}岁"
    r"|[\u3400-\u9fff]{2,8}人|中共党员|[\u3400-\u9fff]{0,6}(?:学历|学位|毕业))[，,、。；;\s]\s*"
)
_AFTER = re.compile(
    rf"(?:\s*[（(，,、：:]\s*|\s+|\s*[—─-]+\s*)(?:{_LIFE}){{0,6}}(?:现任|现为|现系|时任|担任|任|系|是)?\s*{_OFFICES}{_OFFICE_STOP}"
    rf"|(?:是|系|现任|时任|担任)(?:一[名位个])?(?P<is>[^的了，,。；;：:！？（）()\n“”]{{0,30}}?{_OFFICE}){_OFFICE_STOP}"
)

# 「何知秋局长」; 老师 is an address, 代表 and 导演 are verbs, too.
_TITLE_AFTER = re.compile(rf"(?!老师|代表|导演|编剧)(?P<office>{OFFICE_WORD})(?=[，,。、：:；！？\s（(）)做作来说]|$)")

_FOLLOWS_NAME = "就来作做谈为向在接等与和及进走表介说集围针回受应带率到讲分坐聊的约先同正又也还曾是有从对将被告先女"
_INTRODUCED = re.compile(
    rf"(?<=[{_LAST}])[“\s]?(?P<name>{PERSON})(?=[，,。、；：:！？\s（(\"”{_FOLLOWS_NAME}]|$)"
    rf"|(?<=[{_LAST}])(?P<again>{PERSON})"
    rf"|(?P<explained>{PERSON})(?=[（(]{_WORDS}{_OFFICE}[）)，,])"
    rf"|(?:嘉宾|受访[者人]|采访对象|对话人物|主讲人)[：:]\s*(?P<listed>{PERSON})(?=[，,。、；\s（(]|$)"
)

# How much of an article is read for introductions, and how much before a speaker's first turn, in characters.
INTRODUCTION = 4000
_RECENT = 400
_OFFICE_CHARS = 60
_AFTER_CHARS = 160


def introduced_names(text: str) -> tuple[str, ...]:
    """The persons whom the beginning of a text names with an office or as its guest, in order.

    >>> introduced_names("通化市公安局局长李勇霖做客直播间。"), introduced_names("李勇霖做客直播间。")
    (('李勇霖',), ())
    """
    head = text[:INTRODUCTION]
    found = (match for match in _INTRODUCED.finditer(head) if _is_introduced(match, head))
    return tuple(dict.fromkeys(match[match.lastgroup or 0] for match in found))


def _is_introduced(found: re.Match[str], head: str) -> bool:
    """Behind an office, and, where what follows may be part of the name, said again."""
    if found["explained"] or found["listed"]:
        return True
    name = found["name"] or found["again"]
    is_name = found["again"] is None or (len(name) > 2 and head.count(name) > 1)
    return is_name and _OFFICE_END.search(head, max(0, found.start() - 8), found.start()) is not None


def find_office(name: str, text: str, before: int = 0) -> Span | None:
    """Where the office stands that is first given beside the name: in the introduction, else shortly before ``before``.

    >>> text = "我们邀请到是通化市公安局副局长，梅河口市副市长、公安局长李勇霖，就这一话题采访。"
    >>> text[slice(*find_office("李勇霖", text))]
    '通化市公安局副局长，梅河口市副市长、公安局长'
    """
    places = list(_places(name, text, before))
    spans = (span for at in places for span in (_office_before(text, at), _office_after(text, at + len(name))) if span)
    return next(spans, None) or next((span for at in places if (span := _title_after(text, at + len(name)))), None)


def _places(name: str, text: str, before: int) -> Iterator[int]:
    for start, end in ((0, INTRODUCTION), (max(INTRODUCTION, before - _RECENT), before)):
        at = text.find(name, start, end)
        while name and at >= 0:
            yield at
            at = text.find(name, at + len(name), end)


def _office_before(text: str, at: int) -> Span | None:
    """The words of office that end at an offset: its clauses from the last back, as long as they end with an office."""
    begin = max(0, at - _OFFICE_CHARS)
    end = begin + len(text[begin:at].rstrip(_PADDING))
    begin = max((found.end() for found in _CLAUSE.finditer(text, begin, end)), default=begin)
    commas = [found.span() for found in _COMMA.finditer(text, begin, end)]
    parts = list(zip([begin, *(b for _, b in commas)], [*(a for a, _ in commas), end], strict=True))
    if not _OFFICE_END.search(text, *parts[-1]):
        return None
    first = len(parts) - 1
    while first and _OFFICE_END.search(text, *parts[first - 1]) and not _BEFORE_OFFICE.search(text, *parts[first]):
        first -= 1
    return _trimmed(text, _after_last_break(text, *parts[first]), end)


def _after_last_break(text: str, begin: int, end: int) -> int:
    """Where the words begin that follow the last break which leaves an office behind it."""
    breaks = (found.end() for found in _BEFORE_OFFICE.finditer(text, begin, end))
    return max((at for at in breaks if end - at >= 2 and _OFFICE_END.search(text, at, end)), default=begin)


def _office_after(text: str, at: int) -> Span | None:
    found = _AFTER.match(text, at, at + _AFTER_CHARS)
    return _trimmed(text, *found.span("office" if found["office"] else "is")) if found else None


def _title_after(text: str, at: int) -> Span | None:
    found = _TITLE_AFTER.match(text, at, at + _OFFICE_CHARS)
    return found.span("office") if found else None


def _trimmed(text: str, begin: int, end: int) -> Span | None:
    words = text[begin:end]
    begin += len(words) - len(words.lstrip(_MARKS))
    end -= len(words) - len(words.rstrip(_MARKS))
    return (begin, end) if begin < end else None


def find_printed(words: str, text: str, begin: int, end: int) -> Span | None:
    """Where words stand between two offsets; white space and the width of letters do not count. O(end - begin).

    >>> find_printed("CEO何知秋", "：ＣＥＯ 何知秋：", 0, 9)
    (1, 8)
    """
    printed = [
        (at, letter)
        for at in range(begin, min(end, len(text)))
        for letter in unicodedata.normalize("NFKC", text[at])
        if not letter.isspace()
    ]
    wanted = "".join(unicodedata.normalize("NFKC", words).split())
    found = "".join(letter for _, letter in printed).find(wanted) if wanted else -1
    return (printed[found][0], printed[found + len(wanted) - 1][0] + 1) if found >= 0 else None
