"""Offices: the words that say what a person is, and where in the text they stand."""

import re
import unicodedata
from collections.abc import Iterator

from cleaners.article import Span
from cleaners.names import CALLING, OFFICE_WORD, PERSON

OFFICE = rf"(?:{OFFICE_WORD}|{CALLING}|成员)"
_OFFICE_END = re.compile(OFFICE + "$")

# What may stand between an office and what the sentence says before it: 「我们邀请到的是」, 「来自海外的」, 「出席发布会的有」.
_BEFORE_OFFICE = re.compile(
    r"(?:邀请|请|采访|专访|走访|拜访|拜会|探访|见|找|遇|来|迎|看|听|介绍|连接)(?:到了?|来|了)(?:的?是)?|邀请|请|采访|专访|走访|拜访|拜会|探访"
    r"|访问(?!学者)|听一?听|[作做]客|对话|走进|走近|欢迎|有幸|连线|来自|作为|担任|身为|出席|嘉宾有?|受访[者人]|主持人|主讲人?|记者"
    r"|分别|其中|包括|还有|今[天年日]|昨[天日]|日前|近日|本期|这[位名]|那[位名]|[一两三几][位名]|和(?=[我你他她这那])"
    r"|了|的有|(?<![司学院所局部厅心团统社])的(?!士)|[是让给]|(?<!自)由|(?<![华作有])为(?!民)|(?<!方)向(?![阳前东])|对(?!外)|就(?!业)|将(?!军)"
)

# 「记者和江岸大学教授」 are two, 「住房和城乡建设局」 is one.
_AND = re.compile(r"和|与|跟|以?及")
_SOMEBODY = re.compile(rf"(?:^|记者|[上里下中内旁A-Za-z]|[我他她你您]们?|(?:^|[，,、与和跟]|{OFFICE}){PERSON})$")
_CLAUSE = re.compile(r"——访?|[。！？；;\n：:（）()【】\[\]|｜]")
_COMMA = re.compile(r"[，,、]\s*")

# Between an office and the name behind it, and around an office.
_PADDING = " \u3000—-"
_MARKS = "“”\"' ：:，,、"

WORDS = r"[^，,。；;：:！？（）()\n“”]{0,30}?"
_OFFICES = rf"(?P<office>{WORDS}{OFFICE}(?:[，,] ?{WORDS}{OFFICE}){{0,3}})"
_OFFICE_STOP = r"(?=[）)，,。；;：:！\s]|$)"
_ASIDE = r"(?:[（(][^（）()\n]{1,20}[）)])?"

# 「男，汉族，1968年生，中共党员，从业十四年，现任」: what a biography says first.
_LIFE = (
    r"(?:男|女|[\u3400-\u9fff]{1,4}族|[\u3400-\u9fff]{0,6}(?:\d{4}|[一二三四五六七八九〇○零]{4})年[^，,。；;\n]{0,12}"
    r"|[\d一二三四五六七八九十]{1,4}岁|[\u3400-\u9fff]{2,5}(?<![合伙责始言纪带投持])人|中共党员|[\u3400-\u9fff]{0,6}(?:学历|学位|毕业)"
    r"|[从执入教警医][业教医警行龄][^，,。；;\n]{0,6}年)[，,、。；; ] ?"
)
_AFTER = re.compile(
    rf"{_ASIDE}(?: ?[（(，,、：:] ?|[ \u3000]+| ?[—─-]+ ?)(?:{_LIFE}){{0,6}}(?:现任|现为|现系|时任|担任|任|系|是)?"
    rf" ?{_OFFICES}{_OFFICE_STOP}"
    rf"|(?:是|系|现任|时任|担任)(?:一[名位个])?(?P<is>[^的了，,。；;：:！？（）()\n“”]{{0,30}}?{OFFICE}){_OFFICE_STOP}"
)

# 「作为江岸大学教授，何知秋」
_AS = re.compile(r"(?:作为|身为)[^。！？；;\n]*$")

# 「院长何知秋教授，局长林水生」 are two.
_ADDRESSED = re.compile(rf"{OFFICE}{PERSON}{OFFICE_WORD}$")

# 「可是何老师」, 「能不能请一下局长」: words of a clause, no office.
_SAYS_MORE = re.compile(r"[我你您她咱们吗呢吧]|可是|但是|能不能|是不是|以为|因为|所以|如果|就是|什么|怎么|已经|没有")

# 「何知秋局长」; 老师 is an address, 代表 and 导演 are verbs, too.
_TITLE_AFTER = re.compile(rf"(?!老师|代表|导演|编剧)(?P<office>{OFFICE_WORD})(?=[，,。、：:；！？\s（(）)做作来说]|$)")

# How much of an article is read for introductions, and how much before a speaker's first turn, in characters.
INTRODUCTION = 4000
_RECENT = 400
_OFFICE_CHARS = 60
_AFTER_CHARS = 160


def follows_office(text: str, at: int) -> bool:
    """Whether the words before an offset end with an office."""
    return _OFFICE_END.search(text, max(0, at - 8), at) is not None


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
    if text[begin:end].endswith(("，", ",")) and _AS.search(text, begin, end):
        end -= 1
    begin = max((found.end() for found in _CLAUSE.finditer(text, begin, end)), default=begin)
    commas = [found.span() for found in _COMMA.finditer(text, begin, end)]
    parts = list(zip([begin, *(b for _, b in commas)], [*(a for a, _ in commas), end], strict=True))
    if not _OFFICE_END.search(text, *parts[-1]):
        return None
    first = len(parts) - 1
    while (
        first
        and _OFFICE_END.search(text, *parts[first - 1])
        and not _ADDRESSED.search(text, *parts[first - 1])
        and _after_last_break(text, *parts[first]) == parts[first][0]
    ):
        first -= 1
    found = _trimmed(text, _after_last_break(text, *parts[first]), end)
    return found if found and not _SAYS_MORE.search(text, *found) else None


def _after_last_break(text: str, begin: int, end: int) -> int:
    """Where the words begin that follow the last break which leaves an office behind it."""
    breaks = [found.end() for found in _BEFORE_OFFICE.finditer(text, begin, end)]
    breaks += [found.end() for found in _AND.finditer(text, begin, end) if _SOMEBODY.search(text[begin : found.start()])]
    breaks = [at for at in breaks if end - at >= 2 and text.count("》", at, end) <= text.count("《", at, end)]
    return max((at for at in breaks if _OFFICE_END.search(text, at, end)), default=begin)


def _office_after(text: str, at: int) -> Span | None:
    found = _AFTER.match(text, at, at + _AFTER_CHARS)
    span = _trimmed(text, *found.span("office" if found["office"] else "is")) if found else None
    return span if span and not _SAYS_MORE.search(text, *span) else None


def _title_after(text: str, at: int) -> Span | None:
    found = _TITLE_AFTER.match(text, at, at + _OFFICE_CHARS)
    return found.span("office") if found else None


def _trimmed(text: str, begin: int, end: int) -> Span | None:
    words = text[begin:end]
    begin += len(words) - len(words.lstrip(_MARKS))
    end -= len(words) - len(words.rstrip(_MARKS))
    if text[begin - 1 : begin] == "“" and "”" in text[begin:end] and "“" not in text[begin:end]:
        begin -= 1  # 「“微光”计划理事长」
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
