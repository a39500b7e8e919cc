"""Offices: the words that say what a person is, and where in the text they stand."""

import re
import unicodedata
from collections.abc import Iterator, Set

from cleaners.article import Span
from cleaners.words import CALLING, OFFICE_WORD, PERSON

OFFICE = rf"(?:{OFFICE_WORD}|{CALLING}|成员)"
_OFFICE_END = re.compile(OFFICE + "$")

# What a speaker is called besides: words too common to name persons by, but offices beside the name of somebody who speaks.
_WIDE = (
    rf"(?:{OFFICE}|毕业生|创办人|主持人|师傅|主角|主演|主唱|主攻|副攻|二传|前锋|后卫|中锋|门将|主帅|主厨|大厨|调度|总干事|干事|主管|干部|村官|大户|养殖户|种植户|农户|老兵"
    r"|[上大中少][将校尉]|得主|冠军|亚军|传人|助理|助手|指挥|摄影|编导|作曲|策展人|投资人|出品人|撰稿人|主笔|架构师|研究生|博士生|硕士生|本科生|委员长"
    r"|[署课里寨社总会室台][长]|主委|立委|里长|课长|执行长|召集人|政务委员|公使|领事|首席[\u3400-\u9fff]{2,4}|[^\W对右左双凶新高]手)"
)
_WIDE_END = re.compile(_WIDE + "$")

# What may stand between an office and what the sentence says before it: 「我们邀请到的是」, 「来自海外的」, 「出席发布会的有」.
_BEFORE_OFFICE = re.compile(
    r"(?:邀请|请|采访|专访|走访|拜访|拜会|探访|见|找|遇|来|迎|看|听|介绍|连接)(?:到了?|来|了)(?:的?是)?|邀请|请|采访|专访|走访|拜访|拜会|探访"
    r"|访问(?!学者)|听一?听|[作做]客|对话|走进|走近|欢迎|有幸|连线|来自|作为|担任|身为|出席|嘉宾有?|受访[者人]|主持人(?![、，,])|主讲人?|记者"
    r"|分别|其中|包括|还有|今[天年日]|昨[天日]|日前|近日|本期|这[位名]|那[位名]|[一两三几][位名]|和(?=[我你他她这那])"
    r"|了|的有|(?<![司学院所局部厅心团统社])的(?!士)|[是让给]|(?<!自)由|(?<![华作有行人])为(?!民)|(?<!方)向(?![阳前东])|对(?!外)|就(?!业)|将(?!军)|一下|携"
)

# 「记者和江岸大学教授」 are two, 「住房和城乡建设局」 is one.
_AND = re.compile(r"和|与|跟|以?及")
_SOMEBODY = re.compile(rf"(?:^|记者|(?<=.)[上里下中内旁A-Za-z]|[我他她你您]们?|(?:^|[，,、与和跟]|{OFFICE}){PERSON})$")
# 「木业（中国）有限公司」 is one name.
_CLAUSE = re.compile(
    r"——访?|[。！？；;\n：:【】\[\]|｜]|[（(](?![\u3400-\u9fff]{2,4}[）)](?:有限|股份|集团|公司))|[）)](?!有限|股份|集团|公司)"
)
_COMMA = re.compile(r"[，,、]\s*")

# Between an office and the name behind it, and around an office.
_PADDING = " \u3000—-"
_MARKS = "“”\"' ：:，,、"

WORDS = r"(?:[^，,。；;：:！？（）()\n“”]|“[^“”\n]{1,16}”|[（(][\u3400-\u9fff]{2,4}[）)](?=有限|股份|集团|公司)){0,30}?"
_OFFICE_STOP = r"(?=[）)，,。；;：:！\s]|$)"
_ASIDE = r"(?:[（(][^（）()\n]{1,20}[）)])?"

# 「男，汉族，1968年生，中共党员，从业十四年，现任」: what a biography says first.
_LIFE = (
    r"(?:男|女|[\u3400-\u9fff]{1,4}族|[\u3400-\u9fff]{0,6}(?:\d{4}|[一二三四五六七八九〇○零]{4})年[^，,。；;\n]{0,12}"
    r"|(?:今年)?[\d一二三四五六七八九十]{1,4}岁|[\u3400-\u9fff]{2,5}(?<![合伙责始言纪带投持])人|中共党员|[\u3400-\u9fff]{0,6}(?:学历|学位|毕业)"
    r"|[从执入教警医][业教医警行龄][^，,。；;\n]{0,6}年)[，,、。；; ] ?"
)

_POSTS = rf"{WORDS}{_WIDE}(?:[，,] ?{WORDS}{_WIDE}){{0,3}}"
_NOW = r"[，,][^！？!?\n：:]{0,160}?[，,；;。](?:现任|现为|现系)"
_AFTER = re.compile(
    "|".join(
        (
            # The last clause of a life; what parentheses hold; what follows a comma, a space, a dash.
            rf"(?=[，,]{_LIFE}){_NOW}(?P<now>{_POSTS}){_OFFICE_STOP}",
            rf"[（(](?P<inside>[^（()）\n。！？：:]{{2,40}}?{_WIDE})[）)]",
            rf"{_ASIDE}(?: ?[（(，,、] ?|[ \u3000]+| ?[—─-]+ ?|(?=今年))(?:{_LIFE}){{0,6}}(?:现任|现为|现系|时任|担任|任|系|是)?"
            rf" ?(?P<office>{_POSTS}){_OFFICE_STOP}",
            # A colon is the label's but in a list: 「何知秋：江岸大学教授」.
            rf"{_ASIDE}[：:] ?(?P<listed>{WORDS}{_WIDE}(?:[，,、] ?{WORDS}{_WIDE}){{0,3}})(?=[ \u3000]*(?:$|\n))",
            rf"{_NOW}(?P<later>{_POSTS}){_OFFICE_STOP}",
            rf"(?:是|系|现任|时任|担任)(?:一[名位个])?(?P<is>[^了，,。；;：:！？（）()\n“”]{{0,30}}?{_WIDE}){_OFFICE_STOP}",
        )
    )
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
_AFTER_CHARS = 240

# 「片尾曲演唱者」 of 「老戏骨何知秋以及片尾曲演唱者林水生」: what stands between two who speak, whatever its words.
_LISTED = re.compile(r"(?=[\u3400-\u9fff“《·A-Za-z])[^，,、。！？!?；;：:\n（）()=＝]{2,30}")
_LINK = re.compile(r"[\s、，,]*(?:以及|和|与|跟|及|携|同|还有)?\s*")
_NO_OFFICE = re.compile(
    r"[我你您她他咱们吗呢吧这那说问答讲谈聊看听想要会能去来到在对把被让给从向了是有不没都也就还又才已正将由以并而之其的]"
    r"|妻子?$|丈夫$|爱人$|母亲$|父亲$|[儿女]子?$|[朋好]友$|同事$|同学$|老师$|先生$|女士$|的$|[左右前后旁身][边手侧面]"
)
_NAME_SIZES = range(2, 9)
_FEW = 50
_ADDRESS = re.compile(rf"\s?(?:{_WIDE}|先生|女士|小姐)")


def follows_office(text: str, at: int) -> bool:
    """Whether the words before an offset end with an office."""
    return _OFFICE_END.search(text, max(0, at - 8), at) is not None


def find_office(name: str, text: str, before: int = 0, others: Set[str] = frozenset()) -> Span | None:
    """Where the office stands that is first given beside the name: in the introduction, else shortly before ``before``.

    ``others`` are the names of who else speaks: none of them is part of an office.

    >>> text = "我们邀请到是通化市公安局副局长，梅河口市副市长、公安局长李勇霖，就这一话题采访。"
    >>> text[slice(*find_office("李勇霖", text))]
    '通化市公安局副局长，梅河口市副市长、公安局长'
    """
    places = list(_places(name, text, before))
    spans = (
        span
        for begin, end in places
        for span in (_office_before(text, begin, others), _office_after(text, end), _listed_office(text, begin, others))
        if span
    )
    return next(spans, None) or next((span for _, end in places if (span := _title_after(text, end))), None)


def _places(name: str, text: str, before: int) -> Iterator[Span]:
    """Where a name stands, also with a space inside: 「时　运」 in a list is as wide as 「欧冶子牧」."""
    spaced = (
        re.compile(rf"{re.escape(name[:1])}[ \u3000]{{0,2}}{re.escape(name[1:])}")
        if len(name) == 2
        else re.compile(re.escape(name))
    )
    for start, end in ((0, INTRODUCTION), (max(INTRODUCTION, before - _RECENT), before)):
        yield from (found.span() for found in spaced.finditer(text, start, end) if name)


def _office_before(text: str, at: int, others: Set[str]) -> Span | None:
    """The words of office that end at an offset: its clauses from the last back, as long as they end with an office."""
    begin = max(0, at - _OFFICE_CHARS)
    end = begin + len(text[begin:at].rstrip(_PADDING))
    if text[begin:end].endswith(("，", ",")) and _AS.search(text, begin, end):
        end -= 1
    begin = max((found.end() for found in _CLAUSE.finditer(text, begin, end)), default=begin)
    begin = _behind_others(text, begin, end, others)
    commas = [found.span() for found in _COMMA.finditer(text, begin, end)]
    parts = list(zip([begin, *(b for _, b in commas)], [*(a for a, _ in commas), end], strict=True))
    if not _WIDE_END.search(text, *parts[-1]):
        return None
    first = len(parts) - 1
    while (
        first
        and _WIDE_END.search(text, *parts[first - 1])
        and not _ADDRESSED.search(text, *parts[first - 1])
        and _after_last_break(text, *parts[first]) == parts[first][0]
    ):
        first -= 1
    found = _trimmed(text, _after_last_break(text, *parts[first]), end)
    return found if found and not _SAYS_MORE.search(text, *found) else None


def _behind_others(text: str, begin: int, end: int, others: Set[str]) -> int:
    """Where the words begin that follow the last name of another speaker, with what links and addresses them; else ``begin``."""
    if len(others) <= _FEW:
        last = max((at + len(name) for name in others if (at := text.rfind(name, begin, end)) >= 0), default=begin)
    else:
        names = (at + size for size in _NAME_SIZES for at in range(begin, end - size + 1) if text[at : at + size] in others)
        last = max(names, default=begin)
    if last == begin:
        return begin
    if address := _ADDRESS.match(text, last, end):
        last = address.end() if address.end() < end else last
    link = _LINK.match(text, last, end)
    return link.end() if link else last


def _listed_office(text: str, at: int, others: Set[str]) -> Span | None:
    """What stands between the name of another speaker and an offset, without a word that only sentences have."""
    end = at - len(text[max(0, at - 4) : at]) + len(text[max(0, at - 4) : at].rstrip(_PADDING))
    begin = max(0, end - _OFFICE_CHARS)
    start = _behind_others(text, begin, end, others)
    found = _LISTED.fullmatch(text, start, end) if start > begin else None
    return _trimmed(text, start, end) if found and not _NO_OFFICE.search(text, start, end) else None


def _after_last_break(text: str, begin: int, end: int) -> int:
    """Where the words begin that follow the last break which leaves an office behind it."""
    breaks = [found.end() for found in _BEFORE_OFFICE.finditer(text, begin, end)]
    breaks += [found.end() for found in _AND.finditer(text, begin, end) if _SOMEBODY.search(text[begin : found.start()])]
    breaks = [at for at in breaks if end - at >= 2 and text.count("》", at, end) <= text.count("《", at, end)]
    return max((at for at in breaks if _WIDE_END.search(text, at, end)), default=begin)


def _office_after(text: str, at: int) -> Span | None:
    found = _AFTER.match(text, at, at + _AFTER_CHARS)
    span = _trimmed(text, *found.span(found.lastgroup or 0)) if found else None
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
