"""Who speaks: the persons and voices behind the labels of one interview, with the offices that the text gives them."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import cache
from typing import NamedTuple

from cleaners.article import Role, Span, Speaker
from cleaners.introductions import introduced_names, only_guest
from cleaners.names import OFFICE_WORD, PERSON, ROLE_OF_WORD, TITLE_BEHIND, Voice, parse_voice
from cleaners.offices import INTRODUCTION, find_office, find_printed

# 「上官若水（以下简称“上”）」, 「何知秋（人称“秋子”）」, 「，记者（以下简称“记”）」, 「（P=江岸画报，C=何知秋）」.
_ABBREVIATION = re.compile(
    rf"(?P<name>{PERSON}|(?<![A-Za-z])[A-Z][A-Za-z ]{{1,40}}?"
    r"|(?<![^\s，。、])[《\u3400-\u9fff》]{2,20}(?=[（(](?:以下)?简称)|《[^《》]{2,16}》(?=简称))\s*+[（(]?"
    r"(?:(?:以下)?(?:均)?简称|(?:粉丝)?昵称|人称|网名|艺名|外号)[为：:]?"
    r"\s*[“\"‘「]?(?P<key>[^“”\"‘’「」（）()，。\s]{1,6})[”\"’」）)，。]"
    r"|(?<=[（(，,；; ])(?P<letter>[A-Z]|[\u3400-\u9fff])\s?[=＝]\s?(?P<bearer>[\u3400-\u9fffA-Za-z·]{2,16})(?=[）)，,；; ])"
)
_ABBREVIATES = re.compile(r"[简昵人]称|网名|艺名|外号|[=＝]")

# 「记：记者 麦：麦穗丰」 above an interview.
_LEGEND = re.compile(
    r"(?:^|(?<=\s))(?P<key>[\u3400-\u9fff])[：:]\s?(?P<name>(?P=key)[\u3400-\u9fff·]{1,4})(?=[\s，,、；;]|$)", re.MULTILINE
)

# 「彼得·范德林登，」: where such a name ends its letters do not say.
_WITH_DOT = re.compile(
    r"(?P<first>[\u3400-\u9fff]{2,8})·(?P<rest>[\u3400-\u9fff]{2,8}?(?:·[\u3400-\u9fff]{2,8}?)*)(?=[，,。、；：:！？\s（(”的在是有和与说]|$)"
)

# 「导演万玛加布」, who is called 万玛加布 elsewhere.
_OFFICE_BEFORE = re.compile(rf"^[\u3400-\u9fff]{{0,8}}{OFFICE_WORD}")

_OFFICE_ALONE = re.compile(rf"(?:新闻)?{OFFICE_WORD}")

# 「Kevin Liang」 of the label ``Kevin``.
_OF_INITIAL = r"(?<![A-Za-z]){}\s[A-Z][a-z]+"
_NO_OFFICE: frozenset[Role | None] = frozenset(("interviewer", "audience", "narrator"))


class Cast(NamedTuple):
    """The speakers of one interview."""

    name_by_key: Mapping[str, str]
    """For the key of each voice the name of its speaker."""

    speakers: tuple[Speaker, ...]


class Said(NamedTuple):
    """Where an interview says who takes part."""

    text: str
    opening: int = 0
    """Where the first turn begins: who is introduced before it alone gives 答 a name."""

    title: str = ""
    labels: Mapping[str, Span] = {}
    """For the key of each voice the place of its label."""


def cast_speakers(voices: Sequence[Voice], roles: Mapping[str, Role | None], said: Said) -> Cast:
    """One speaker for each person or voice; ``voices`` in order of first turn, ``roles`` by the voices' keys.

    李市长, 李勇霖 and 李勇霖（局长） are one: a surname with a title is the person of that surname whom a label or the
    introduction names, the one with that title first.
    """
    full = tuple(dict.fromkeys(voice.name for voice in voices if voice.name))
    names = _full_names(voices, full, said.text)
    alone = None if full else only_guest(said.text, said.title, said.opening)
    if alone and sum(voice.role == "guest" for voice in voices) == 1:
        names |= {voice.key: alone for voice in voices if voice.role == "guest"}
    others = frozenset(names.values())
    speakers: dict[str, Speaker] = {}
    for voice in voices:
        name = names[voice.key]
        known = speakers.get(name)
        role = known.role if known and known.role else roles[voice.key]
        if known and (known.office or role in _NO_OFFICE):
            speakers[name] = Speaker(name, role, known.office, known.office_span, known.name_span)
        else:
            office, span = _office_of(name, voice, said, others) if role not in _NO_OFFICE else (None, None)
            speakers[name] = Speaker(name, role, office, span, known.name_span if known else _name_span(name, voice, said))
    return Cast(names, tuple(speakers.values()))


def _office_of(name: str, voice: Voice, said: Said, cast: Set[str]) -> tuple[str | None, Span | None]:
    """A person's office, and where it stands: the one before the first turn, else the fuller one, else the headline's."""
    if name in ROLE_OF_WORD:
        return None, None
    label = said.labels.get(voice.key, (0, 0))
    introduced, labelled = find_office(name, said.text, label[0], cast), find_printed(voice.office, said.text, *label)
    is_first = (
        introduced is not None
        and introduced[1] <= max(said.opening, label[0])
        and not _OFFICE_ALONE.fullmatch(said.text, *introduced)
    )
    spans = (introduced,) if is_first else (introduced, labelled)
    span = max((span for span in spans if span), key=lambda span: span[1] - span[0], default=None)
    if span:
        return said.text[slice(*span)], span
    headline = find_office(name, said.title, 0, cast)
    return (said.title[slice(*headline)], None) if headline else (None, None)


def _name_span(name: str, voice: Voice, said: Said) -> Span | None:
    if span := find_printed(name, said.text, *said.labels.get(voice.key, (0, 0))):
        return span
    at = said.text.find(name, 0, INTRODUCTION)
    return (at, at + len(name)) if at >= 0 else None


def _full_names(voices: Sequence[Voice], full: Sequence[str], text: str) -> dict[str, str]:
    """For the key of each voice the fullest name that labels and introduction give. O(voices): each name is looked up.

    网友“清水河” is 网友, unless several are told apart by their nicknames.
    """
    head = text[:INTRODUCTION]
    found = reversed(list(_ABBREVIATION.finditer(head))) if _ABBREVIATES.search(head) else ()
    short = {
        abbreviation["key"] or abbreviation["letter"]: _bearer(abbreviation["name"] or abbreviation["bearer"])
        for abbreviation in found
    }
    is_short = any(voice.role is None for voice in voices)
    short |= {legend["key"]: legend["name"] for legend in _LEGEND.finditer(head)}
    known_names = tuple(dict.fromkeys((*full, *(introduced_names(text) if is_short else ()))))
    labelled = tuple(name for name in full if "·" in name)  # 「会前主席斯特凡·韦斯顿」 is no other person.
    known_names = tuple(name for name in known_names if name in full or not (labelled and name.endswith(labelled)))
    called = {name.partition("·")[0] for name in known_names}
    known_names += _foreign_names(text, {voice.key for voice in voices if voice.role is None and not voice.name} - called)
    unknown = [voice.key for voice in voices if voice.role is None and not voice.name and len(voice.key) > _LONG_NAME]
    keys = {voice.key for voice in voices}
    bare = {key: rest for key in unknown if (rest := _OFFICE_BEFORE.sub("", key)) in keys - {key}}
    unknown = [key for key in unknown if key not in bare]
    by_surname, by_part = _by_surname(known_names), _by_part((*known_names, *unknown))
    by_end = _by_end(voice for voice in voices if voice.role == "interviewer" and not voice.name)
    nicknames = Counter(voice.word for voice in voices)

    @cache
    def office(name: str) -> str:
        span = find_office(name, text)
        return text[slice(*span)] if span else ""

    def full_name(voice: Voice) -> str:
        if voice.word:
            return voice.nickname if nicknames[voice.word] > 1 else voice.word
        if voice.surname:
            known = by_surname.get(voice.surname, ())
            name = (
                (next(iter(known), None) if voice.title else _only(known))
                or _with_title(voice.surname, voice.title, head)
                or voice.key
            )
            return next((name for name in known if voice.title and voice.title in office(name)), name)
        if (
            voice.role is None
            and not voice.name
            and (person := _only(by_surname.get(voice.key.removeprefix("老").removeprefix("小"), ())))
        ):
            return person
        if voice.role in (None, "guest") and (person := _bearer_of_title(voice, known_names, head, office)):
            return person
        longer = by_part.get(voice.name or voice.key, ()) if voice.role is None else by_end.get(_bare(voice.key), ())
        return _only(longer) or _latin_name(voice.name, head) or voice.name or voice.key

    names = {voice.key: short.get(voice.key) or bare.get(voice.key) or full_name(voice) for voice in voices}
    hosts = [
        voice.name
        for voice in voices
        if voice.role == "interviewer" and voice.name and re.search(rf"主持人?\s?{re.escape(voice.name)}[：:]", text)
    ]
    return names | dict.fromkeys(names.keys() & {"主持人"}, hosts[0]) if len(hosts) == 1 else names


def _foreign_names(text: str, keys: Set[str]) -> tuple[str, ...]:
    """彼得·范德林登 for the label 彼得, wherever the text says it first."""
    found = (
        f"{dotted['first'][-size:]}·{dotted['rest']}"
        for dotted in (_WITH_DOT.finditer(text) if keys and "·" in text else ())
        for size in range(2, len(dotted["first"]) + 1)
        if dotted["first"][-size:] in keys
    )
    return tuple(dict.fromkeys(found))


def _with_title(surname: str, title: str, head: str) -> str | None:
    """水清 of 「局长水清」 or 「水清局长」 for 水局长."""
    given = rf"{surname}[\u3400-\u9fff]{{1,2}}"
    found = re.search(rf"{given}(?={title})|(?<={title}){given}(?=[，,。、；：:！\s（(和与就做作接]|$)", head) if title else None
    return found[0] if found else None


def _bearer_of_title(voice: Voice, names: Sequence[str], head: str, office: Callable[[str], str]) -> str | None:
    """巴图·额尔德尼 for 巴图旗长, 辰光 of 「馆长辰光」 for 辰光馆长, and for 发言人 the one person whom it is said of."""
    if voice.name:
        return None
    if (title := TITLE_BEHIND.search(voice.key)) and (bare := voice.key[: title.start()]):
        longer = [name for name in names if name.startswith(bare)]
        return _only(longer) or (bare if f"{title[0]}{bare}" in head else None)
    if not _OFFICE_ALONE.fullmatch(voice.key):
        return None
    return _only([name for name in names if f"{voice.key}{name}" in head or office(name).endswith(voice.key)])


def _bearer(printed: str) -> str:
    """何知秋 of 「江岸大学教授何知秋（以下简称“何”）」; what is no person is called as it is printed."""
    voice = parse_voice(printed)
    return (voice and voice.name) or printed.strip("《》")


def _only(names: Sequence[str]) -> str | None:
    return names[0] if len(names) == 1 else None


def _by_surname(names: Iterable[str]) -> dict[str, list[str]]:
    """Names by their first and by their first two characters."""
    found: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        found.setdefault(name[:1], []).append(name)
        found.setdefault(name[:2], []).append(name)
    return found


def _by_part(names: Iterable[str]) -> dict[str, list[str]]:
    """Names by what calls for short: 约翰·史密斯 by 史密斯, 江大勇 by 大勇; 孙可望 is not short for 长孙可望."""
    found: dict[str, list[str]] = {}
    for name in names:
        separators = list(re.finditer(r"[·•\s]", name))
        parts = [name[separator.end() :] for separator in separators] + [
            name[: separator.start()] for separator in separators[:1]
        ]
        for part in parts or _short_forms(name):
            if 1 < len(part) < len(name):
                found.setdefault(part, []).append(name)
    return found


def _short_forms(name: str) -> list[str]:
    """真理子 and 田中 of 田中真理子, 大勇 of 江大勇."""
    return [*(name[at:] for at in range(1, len(name) - 1)), name[:2]] if len(name) > _LONG_NAME else [name[-2:]]


def _by_end(voices: Iterable[Voice]) -> dict[str, list[str]]:
    """Outlets and their reporters by what they are called later on: 江岸网记者 by 记者, 《江岸学刊》 by 学刊."""
    found: dict[str, list[str]] = {}
    for voice in voices:
        name = _bare(voice.key)
        ends = {name[start:] for start in range(1, len(name) - 1)} - {"主持人", "主持"}
        for end in ends:
            found.setdefault(end, []).append(voice.key)
    return found


def _bare(name: str) -> str:
    return name.strip("《》")


def _latin_name(name: str, head: str) -> str | None:
    """「Kevin Liang」 of the introduction for the label ``Kevin``."""
    found = re.search(_OF_INITIAL.format(re.escape(name)), head) if name and name.isascii() and name in head else None
    return found[0] if found else None


class Manner(NamedTuple):
    """How a voice takes part in the interview."""

    turns: int = 1
    asked: int = 0
    """Those of them that end with a question mark."""

    leads: int = 0
    """Those in which it leads through the conversation: welcomes, gives the floor, closes."""

    opens: bool = False
    """Whether its greeting opens the conversation."""

    @property
    def share(self) -> float:
        return self.asked / self.turns


# So many questions are no asking back.
_OFTEN = 3

# 「尼玛次仁」 is called 尼玛.
_LONG_NAME = 3
_LEADS_OFTEN = 2

# Who asks in every third turn interviews one who asks in every tenth.
_FAR_MORE = 3
_SOME = 0.1

# 「下面请」, 「欢迎收看」, 「发布会到此结束」: what a host says and hardly anybody else.
# The characters that one of them begins with come first: most places of a text begin none.
_LEADS = re.compile(
    "(?=[下首接这欢请把时今本最继开感我有来先发访节活会对采论])(?:"
    r"(?:下面|首先|接下来)(?:进入|有请|请|我们请|把时间)|这里是[《“]|欢迎(?:收看|收听|来到|做客|关注)|[请把]?时间交给"
    r"|(?:今天|本期|这期).{0,16}(?:请到|邀请|请来|主持)|请(?:大家|各位|记者|媒体).{0,8}提问|(?:最后一个|下一个|继续|开始)提?问"
    r"|感谢(?:各位|大家|您|两位|三位|.{2,6})?(?:的?做客|收看|收听|接受|参与|的?到来)|我是(?:本期|今天的|节目)?主持"
    r"|我们来?(?:连线|接听|看一|看段|听一段|有请|请到)|有请[^，。！？]{2,20}|下一(?:位|个问题)|欢迎回来|(?:先|来)看大屏幕"
    r"|(?:发布会|访谈|节目|活动|会议?|对话|采访|论坛|今天).{0,8}(?:到此|就到这|结束[，。！]))"
)


# 「各位网友大家好」 opens; 「主持人好」 answers it.
_GREETS = re.compile(
    r"(?:[（(][^（()）]{1,12}[）)])?(?:各位|大家|观众|听众|网友|亲爱的|女士们|欢迎|朋友们|这里是|您正在|您现在|在座的|今天)"
)
_GREETS_CHARS = 60


def greets(words: str) -> bool:
    """Whether the first turn of a conversation opens it for the public.

    >>> greets("各位网友，大家好！今天我们请来了两位老师。"), greets("主持人好，各位网友大家好。")
    (True, False)
    """
    return _GREETS.match(words) is not None and "主持人好" not in words[:_GREETS_CHARS]


def leads(words: str) -> bool:
    """Whether a turn leads through the conversation.

    >>> leads("谢谢龙董事长。下面请大家提问。"), leads("谢谢大家，我先说三点。")
    (True, False)
    """
    return _LEADS.search(words) is not None


def roles_of(
    voices: Iterable[Voice], manners: Mapping[str, Manner], text: str = "", *, is_asked: bool = False
) -> dict[str, Role | None]:
    """The role of each voice by its key: words say it; else who mostly asks, or leads, interviews; the others are guests.

    Words are those of the label and of the text: 「主持人叶晚」, 「由叶晚主持」.
    """
    voices = tuple(voices)
    roles: dict[str, Role | None] = {voice.key: voice.role for voice in voices}
    rest = {voice.key: manners[voice.key] for voice in voices if voice.role is None}
    is_open = "interviewer" not in roles.values() and not is_asked
    hosts = _hosts([voice for voice in voices if voice.key in rest], rest, text[:INTRODUCTION], is_open=is_open)
    asks = _asks_most(rest)
    if not hosts and is_open:
        hosts = asks
    else:
        hosts += [key for key in asks if rest[key].asked >= _OFTEN and rest[key].share > 0.5]
    if "guest" not in roles.values() and len(set(hosts)) == len(rest):
        hosts = []  # A spokesman opens and closes as well, and somebody must answer the press.
    roles.update(dict.fromkeys(hosts, "interviewer"))
    if not is_open or hosts:
        roles.update(dict.fromkeys(_nicknames(voices, rest, hosts), "audience"))
    return {key: role or "guest" for key, role in roles.items()}


def _hosts(voices: Sequence[Voice], rest: Mapping[str, Manner], head: str, *, is_open: bool) -> list[str]:
    """Whom the text names as host, and who opens or leads the conversation."""
    most = max((manner.share for manner in rest.values()), default=0)
    leader = max(voices, key=lambda voice: rest[voice.key].leads, default=None)
    found = []
    for voice in voices:
        name, manner = voice.name or voice.key, rest[voice.key]
        is_named = (is_open and _is_host(name, head)) or _is_listed_host(name, head)
        is_sure = is_open or manner.asked >= _OFTEN
        leads_on = (manner.opens and (is_sure or manner.leads > 0)) or (
            manner.leads >= _LEADS_OFTEN and (is_sure or voice is leader)
        )
        if (is_named and manner.share * 2 >= most) or _presents(name, head) or (leads_on and manner.share * 2 >= min(most, 0.5)):
            found.append(voice.key)
    return found


def _nicknames(voices: Sequence[Voice], rest: Mapping[str, Manner], hosts: Sequence[str]) -> list[str]:
    """Who speaks a few times under a name that no table knows, beside somebody who speaks much more: 「[三号锅炉]」."""
    others = {voice.key for voice in voices if not voice.is_person and voice.key in rest and voice.key not in hosts}
    most = max((manner.turns for key, manner in rest.items() if key not in hosts), default=0)
    few = [key for key in others if rest[key].turns * _FAR_MORE <= most]
    return few if len(few) > 1 and sum(rest[key].asked > 0 for key in few) * 2 >= len(few) else []


def _asks_most(manners: Mapping[str, Manner]) -> list[str]:
    """Whose turns are questions for the most part; if that is nobody or everybody the one who asks far more than the others."""
    asks = [key for key, manner in manners.items() if manner.share > 0.5]
    if asks and len(asks) < len(manners):
        return asks
    ranked = sorted(manners, key=lambda key: manners[key].share, reverse=True)[:2]
    is_clear = len(manners) == 2 and manners[ranked[0]].share >= _FAR_MORE * max(manners[ranked[1]].share, _SOME)
    return ranked[:1] if asks or is_clear else []


def _is_host(name: str, text: str) -> bool:
    if not name or name not in text:
        return False
    says = r"(?:主持人?|记者|(?:采访|撰文|文)[ \u3000]*[：:/／])[ \u3000]*[：:/／]?[ \u3000]*"
    listed = r"(?:主持人?|主播|采访)[ \u3000]*[：:][ \u3000]*(?:[^、，,\s。：:]{1,8}[、，,和 \u3000]){1,3}"
    return re.search(rf"(?:{says}|{listed}){re.escape(name)}|{re.escape(name)}[ \u3000]*主持", text) is not None


def _is_listed_host(name: str, text: str) -> bool:
    """「主持人：方舟、甘露」"""
    listed = r"(?:主持人?|主播)[ \u3000]*[：:][ \u3000]*(?:[^、，,\s。：:]{1,8}[、，,和 \u3000]){0,3}"
    return (
        name in text
        and re.search(rf"(?m)(?:^|[\s　]){listed}{re.escape(name)}(?=(?:[、，,和\s][^。！？!?\n]{{0,20}})?$)", text) is not None
    )


def _presents(name: str, text: str) -> bool:
    """「欢迎收听《夜班电台》，我是叶晚。」"""
    opens = r"(?:这里是[《“]|欢迎(?:收听|收看))[^。！？\n]{0,30}"
    return f"我是{name}" in text and re.search(rf"{opens}(?<=[，,。])我是{re.escape(name)}", text) is not None
