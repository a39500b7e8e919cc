"""Introductions: whom the beginning of a text, a biography or a headline names, and as what."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from cleaners.offices import INTRODUCTION, OFFICE, WORDS, follows_office
from cleaners.words import FOREIGN, GIVEN, OFFICE_LAST, PERSON, SURNAMES

_LAST = OFFICE_LAST + "师家者"
_NAME_LENGTHS = (5, 4, 3, 2)
_HAN = re.compile("[\u3400-\u9fff]+")

_FOLLOWS_NAME = "就来作做谈为向在接等与和及进走表介说集围针回受应带率到讲分坐聊的约先同正又也还曾是有从对将被告先女第"
# What begins behind a name, though its first character may end one: 成城 of 「市长成城走进直播间」.
_VERBS = (
    r"(?:接受|接听|介绍|表示|表达|告诉|来到|走进|走近|走访|走上|回答|回应|回复|认为|做客|作客|指出|出席|参加|参与|透露|带领|带着|带来|带到|带队|主持|举行|发布|通报|答复|答问|围绕|针对|应邀|率队|率领|说道|讲述"
    r"|坐在|坐到|坐客|站在|谈到|谈起|谈了|聊起|聊了|对话|分享|现场|一行|先生|女士|同志|今年|今天|今日|近日|日前|昨天|光着|拿着|穿着|正在|已经|曾经|就此|就是|向本|向记|与记|和记|对本|对记|作了|作出|做出)"
)
_PERSON = PERSON.replace(GIVEN, rf"(?![我你您他她])[\u3400-\u9fff](?:(?!{_VERBS}|[我你您他她])[\u3400-\u9fff])?")
# Only the last character of an office is taken, the rest looks ahead: 任 of 主任 is a surname, too, and 凌云 begins behind it.
_BEHIND_OFFICE = re.compile(
    rf"[{_LAST}](?=[“\s]?(?P<name>{_PERSON})(?:[，,。、；：:！？\s（(\"”{_FOLLOWS_NAME}]|{_VERBS}|$)|(?P<again>{_PERSON}))"
)
_EXPLAINED = re.compile(rf"[（(](?={WORDS}{OFFICE}[）)，,])")
_ALONE = re.compile(r"(?<![\u3400-\u9fff])[\u3400-\u9fff]{2,5}$")
_LISTED = re.compile(
    rf"(?:(?:嘉\s?宾|受\s?访\s?[者人]|采访对象|对话人物|主讲人)[：:]\s*|本期(?:嘉宾|受访者)|我叫|我的名字叫|全名叫|本名叫?)(?P<name>{PERSON})(?=[，,。、；！\s（(]|$)"
)
# 「金不换　胶印机械公司总经理」, 「【嘉宾名片】何知秋，江岸大学教授，」
_NAME_FIRST = re.compile(
    rf"(?:^|[】\]：:])\s*(?P<name>{PERSON}|[{SURNAMES}][ \u3000][\u3400-\u9fff])(?:[，,]\s?|[ \u3000]+|[—─]+)"
    rf"(?=[^。！？：:\n我你您]{{2,60}}{OFFICE}(?:[，,。；;（(]|$))",
    re.MULTILINE,
)
_FULL = re.compile(PERSON)
_TITLE = re.compile(OFFICE)
_TITLE_CHARS = 200

# 「马克·韦斯顿」, 「Kevin Liang」, and 「老榆」, who has no other name.
_FOREIGN_INTRODUCED = re.compile(
    rf"(?<=[{_LAST}])(?=\s?(?P<name>[\u3400-\u9fff]{{1,8}}(?:[·•][\u3400-\u9fff]{{2,6}}?)+(?=[，,。、；：:！？\s（(\"”{_FOLLOWS_NAME}]|$)"
    r"|[A-Z][A-Za-z.'\-]+(?: [A-Z][A-Za-z.'\-]+){0,2}|[老小阿][\u3400-\u9fff]))"
)
# A Latin name begins where its letters do: 4,000 letters took a second.
_ANYBODY = rf"{_PERSON}|(?<![A-Za-z])(?:{FOREIGN})"

# 「专访何知秋」, 「何知秋：修三条步道」; 「何知秋接受了本报专访」.
_IN_HEADLINE = re.compile(
    rf"(?:专访|对话|访谈|采访|走近|走进|访(?![谈问])|[｜|丨])\s*(?P<asked>{_ANYBODY})(?=[：:，,、\s|｜”]|$)|^(?P<first>{_ANYBODY})(?=[：:])"
)
_TAKES_PART = re.compile(
    rf"(?P<name>{_ANYBODY})[，,]?\s?(?:近日|日前|今天|昨天|独家|在[^，。]{{2,12}}?)?(?:接受|做客|作客|[（(]化名)"
)

_RARE_INTRODUCED = re.compile(
    rf"(?P<before>[{_LAST}])(?P<name>(?![今昨近日当])[^\W的了是在有和与就都这那他们等将被对向为我你您A-Za-z0-9]{{3,5}}?)"
    r"(?:接受|做客|作客|走进|应邀|逐一|一一)"
)

# 「网友们好，我是何知秋。」 behind the first question.
_SAYS_SO = re.compile(rf"我[是叫](?P<name>{PERSON})(?=[，,。！])")
_FIRST_WORDS = 400
_ADDRESSED = re.compile(
    rf"(?<![\u3400-\u9fff])[{SURNAMES}](?:医生|老师|教授|师傅|律师|警官|主任|院长|校长|大爷|奶奶|阿姨|女士|先生)"
)

# 「何知秋，1968年生」, 「人物简介：何知秋，」 at the beginning of a line.
_LIFE_OF = re.compile(
    rf"^(?:[【\[]?(?:人物|嘉宾|受访者|专家|学人|作者|对话者)(?:简介|名片|介绍|档案)?[】\]：:]+\s*(?P<card>{_ANYBODY})[，,（( ]"
    rf"|(?P<name>{_ANYBODY})[，,（(](?:男|女|[\u3400-\u9fff]{{0,6}}(?:19|20)\d\d年|[\d一二三四五六七八九十]{{2,3}}岁|本名|原名|笔名))",
    re.MULTILINE,
)


def introduced_names(text: str) -> tuple[str, ...]:
    """The persons whom the beginning of a text names with an office or as its guest, in order.

    >>> introduced_names("通化市公安局局长李勇霖做客直播间。"), introduced_names("李勇霖做客直播间。")
    (('李勇霖',), ())
    """
    head = text[:INTRODUCTION]
    names: dict[str, None] = {}
    end = 0
    for start, name in sorted((*_behind_offices(head), *_explained(head), *_listed(head), *_name_first(head))):
        if start >= end and not _TITLE.fullmatch(name[1:]):
            names.setdefault(name)
            end = start + len(name)
    foreign = (found["name"] for found in _FOREIGN_INTRODUCED.finditer(head) if follows_office(head, found.start()))
    names |= dict.fromkeys(name for name in foreign if name[0] not in "老小阿" or head.count(name) > 1)
    return tuple(names)


def named_behind_office(surname: str, head: str) -> str | None:
    """The first name with a surname, whatever it is, that stands behind an office.

    >>> named_behind_office("师", "一位是车辆管理所副所长师玉柱，师所，欢迎。")
    '师玉柱'
    """
    name = rf"{re.escape(surname)}[\u3400-\u9fff]{{1,3}}?(?=[，,。、；：:！？\s（(]|{_VERBS}|$)"
    return next((found[0] for found in re.finditer(name, head) if follows_office(head, found.start())), None)


def only_guest(text: str, title: str, opening: int) -> str | None:
    """The one person whom the introduction, which ends at ``opening``, or a biography, or the headline names as guest.

    Of several the one in the headline, else the one of whom the introduction says most; None where that is nobody.

    >>> only_guest("公安局局长李勇霖做客直播间。", "", 14), only_guest("李勇霖、何知秋来了。", "专访李勇霖：路修好了", 10)
    ('李勇霖', '李勇霖')
    """
    head, title = text[: min(opening, INTRODUCTION)], title[:_TITLE_CHARS]
    sources = (
        introduced_names(head),
        _named(_TAKES_PART, head),
        _named(_LIFE_OF, text),
        introduced_names(title),
        _named(_IN_HEADLINE, title),
        _subject(title, head),
        _named(_SAYS_SO, text[opening : opening + _FIRST_WORDS]),
        _addressed(head),
        _rare(head),
    )
    return _most_named(next((names for names in sources if names), ()), head, title)


def _rare(head: str) -> tuple[str, ...]:
    """Who stands between an office and a verb, by any name: 边巴央宗 of 「科长边巴央宗逐一解答」."""
    return tuple(
        dict.fromkeys(found["name"] for found in _RARE_INTRODUCED.finditer(head) if follows_office(head, found.end("before")))
    )


def _addressed(head: str) -> tuple[str, ...]:
    """佟医生, whose whole name nobody says, if said twice."""
    found = Counter(_ADDRESSED.findall(head))
    return tuple(name for name, count in found.items() if count > 1)


def _subject(title: str, head: str) -> tuple[str, ...]:
    """Whom the headline quotes and the introduction begins a sentence with: 桑吉才旦 of 「木匠桑吉才旦：我只跟木头商量」."""
    quoted, colon, _ = title.partition("：")
    names = (quoted[-length:] for length in _NAME_LENGTHS if colon and len(quoted) >= length)
    return tuple(islice((name for name in names if _HAN.fullmatch(name) and _begins_sentence(name, head)), 1))


def _begins_sentence(name: str, head: str) -> bool:
    return re.search(rf"(?:^|[。！？\n”]){name}(?=[，、是说在今有出从告的对，（(\d]|生于)", head) is not None


def _most_named(names: Sequence[str], head: str, title: str) -> str | None:
    in_title = [name for name in names if name in title]
    names = in_title if len(in_title) == 1 else names
    ranked = sorted(names, key=head.count, reverse=True)
    is_clear = len(ranked) == 1 or (len(ranked) > 1 and head.count(ranked[0]) > head.count(ranked[1]))
    return ranked[0] if is_clear else None


def _named(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for found in pattern.finditer(text) for name in found.groups() if name))


def _behind_offices(head: str) -> Iterator[tuple[int, str]]:
    """Where names begin behind an office; where what follows may be part of a name, only one that is said again."""
    for found in _BEHIND_OFFICE.finditer(head):
        name = found["name"] or found["again"]
        is_name = found["again"] is None or (len(name) > 2 and head.count(name) > 1)
        if is_name and follows_office(head, found.end()):
            yield found.end(), name


def _explained(head: str) -> Iterator[tuple[int, str]]:
    """「何知秋（江岸大学教授）」"""
    for found in _EXPLAINED.finditer(head):
        if alone := _ALONE.search(head, max(0, found.start() - 6), found.start()):
            yield alone.start(), alone[0]
            continue
        names = (_FULL.fullmatch(head, found.start() - size, found.start()) for size in _NAME_LENGTHS if size <= found.start())
        yield from islice(((name.start(), name[0]) for name in names if name), 1)


def _name_first(head: str) -> Iterator[tuple[int, str]]:
    """「何知秋　江岸大学教授」 on a line of its own, 「【名片】何知秋，江岸大学教授」"""
    return ((found.start("name"), "".join(found["name"].split())) for found in _NAME_FIRST.finditer(head))


def _listed(head: str) -> Iterator[tuple[int, str]]:
    """「受访者：何知秋」, 「我叫何知秋」"""
    return ((found.start(), found["name"]) for found in _LISTED.finditer(head))
