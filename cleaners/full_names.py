"""Full names: what the person behind each label is called at the fullest, from the other labels and from the text."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import cache
from typing import NamedTuple

from cleaners.introductions import introduced_names, named_behind_office
from cleaners.names import OFFICE_GLUED, TITLE_BEHIND, Voice, parse_voice
from cleaners.offices import INTRODUCTION, find_office
from cleaners.words import OFFICE_WORD, PERSON

# 「上官若水（以下简称“上”）」, 「何知秋（人称“秋子”）」, 「，记者（以下简称“记”）」, 「（P=江岸画报，C=何知秋）」.
_ABBREVIATION = re.compile(
    rf"(?P<name>{PERSON}|[\u3400-\u9fff]{{1,8}}(?:[·•-][\u3400-\u9fff]{{1,10}})+(?=[（(])|(?<![A-Za-z])[A-Z][A-Za-z ]{{1,40}}?"
    r"|(?<![^\s，。、])[《\u3400-\u9fff》]{2,20}(?=[（(](?:以下)?简称)|《[^《》]{2,16}》(?=简称))\s*+[（(]?"
    r"(?:[A-Za-z .·\-]{2,40}[，,]\s?)?(?:(?:以下)?(?:均)?简称|(?:粉丝)?昵称|人称|网名|艺名|外号)[为：:]?"
    r"\s*[“\"‘「]?(?P<key>[^“”\"‘’「」（）()，。\s]{1,6})[”\"’」）)，。]"
    r"|(?:^|(?<=[（(，,；;\s]))(?P<letter>[A-Z]|[\u3400-\u9fff])\s?[=＝]\s?(?P<bearer>[\u3400-\u9fffA-Za-z·《》]{2,16})(?=[（(）)，,；;\s]|$)",
    re.MULTILINE,
)
_ABBREVIATES = re.compile(r"[简昵人]称|网名|艺名|外号|[=＝]")

# 「记：记者 麦：麦穗丰」 above an interview.
_LEGEND = re.compile(
    r"(?<!\S)(?P<key>[\u3400-\u9fff])[：:]\s?(?P<name>(?P=key)[\u3400-\u9fff·]{1,4})(?=[\s，,、；;]|$)", re.MULTILINE
)

# 「彼得·范德林登，」: where such a name ends its letters do not say.
_BEFORE_DOT = re.compile(r"[\u3400-\u9fff]+$")
_BEHIND_DOT = re.compile(r"[\u3400-\u9fff]{2,8}?(?:·[\u3400-\u9fff]{2,8}?){0,3}(?=[，,。、；：:！？\s（(”的在是有和与说]|$)")
_PART_CHARS = 8

_OFFICE_ALONE = re.compile(rf"(?:新闻)?{OFFICE_WORD}")

# 「Kevin Liang」 of the label ``Kevin``.
_OF_INITIAL = r"(?<![A-Za-z]){}\s[A-Z][a-z]+"

# 「科馆长」 of 玛丽安·科斯特罗.
_TITLED = re.compile(rf"(?P<surname>[\u3400-\u9fff]){OFFICE_WORD}")

_HOST_LABEL = re.compile(r"主持人?\s?([^\s：:，。]{1,12})[：:]")

# 「师所」, whose surname no table knows.
_SHORT_TITLES = frozenset("局所处厅院科队站总工导编")

# 「尼玛次仁」 is called 尼玛.
_LONG_NAME = 3


def full_names(voices: Sequence[Voice], text: str) -> dict[str, str]:
    """For the key of each voice the fullest name that labels and text give. O(voices): each name is looked up.

    网友“清水河” is 网友, unless several are told apart by their nicknames; 主持人 is the host whom one label names.

    >>> full_names([Voice("李局长", None, surname="李", title="局长")], "公安局局长李勇霖来了。")
    {'李局长': '李勇霖'}
    """
    stated = _abbreviations(text[:INTRODUCTION]) | _glued(voices)
    known = _Known.of(voices, text)
    names = {voice.key: stated.get(voice.key) or _full_name(voice, known) for voice in voices}
    named = {found[1] for found in _HOST_LABEL.finditer(text)}
    hosts = [voice.name for voice in voices if voice.role == "interviewer" and voice.name in named]
    return names | dict.fromkeys(names.keys() & {"主持人"}, hosts[0]) if len(hosts) == 1 else names


class _Known(NamedTuple):
    """Everybody whom labels and text name, by what calls for them."""

    names: Sequence[str]
    by_surname: Mapping[str, Sequence[str]]
    by_start: Mapping[str, Sequence[str]]
    by_part: Mapping[str, Sequence[str]]
    by_end: Mapping[str, Sequence[str]]
    """Interviewers whom no name tells."""

    nicknames: Mapping[str, int]
    """How many voices share a role word."""

    head: str
    office: Callable[[str], str]

    @classmethod
    def of(cls, voices: Sequence[Voice], text: str) -> "_Known":
        unnamed = [voice.key for voice in voices if voice.role is None and not voice.name and not voice.surname]
        labelled = tuple(dict.fromkeys(voice.name for voice in voices if voice.name))
        introduced = introduced_names(text) if any(voice.role is None for voice in voices) else ()
        dotted = tuple(name for name in labelled if "·" in name)  # 「会前主席斯特凡·韦斯顿」 is no other person.
        others = (name for name in introduced if not (dotted and name.endswith(dotted)))
        names = tuple(dict.fromkeys((*labelled, *others)))
        names += _foreign_names(text, set(unnamed) - {name.partition("·")[0] for name in names})
        titled = (OFFICE_GLUED.match, TITLE_BEHIND.search)
        long = [key for key in unnamed if len(key) > _LONG_NAME and not any(finds(key) for finds in titled)]

        @cache
        def office(name: str) -> str:
            span = find_office(name, text)
            return text[slice(*span)] if span else ""

        return cls(
            names,
            _by_surname(names),
            _by_start(names),
            _by_part((*names, *long)) | _by_beginning(labelled),
            _by_end(voice for voice in voices if voice.role == "interviewer" and not voice.name),
            Counter(voice.word for voice in voices),
            text[:INTRODUCTION],
            office,
        )


def _full_name(voice: Voice, known: _Known) -> str:
    if voice.word:
        return voice.nickname if known.nicknames[voice.word] > 1 else voice.word
    if voice.surname:
        return _of_surname(voice, known)
    if voice.role == "interviewer":
        longer = known.by_end.get(_bare(voice.key), ())
        return _only(longer) or _latin_name(voice.name, known.head) or voice.name or voice.key
    if voice.role in (None, "guest") and (person := _bearer_of_title(voice, known)):
        return person
    if voice.role is not None:
        return voice.name or voice.key
    if voice.key[1:] in _SHORT_TITLES and (person := named_behind_office(voice.key[0], known.head)):
        return person
    titled = _TITLED.fullmatch(voice.key)
    if titled and (person := _only(known.by_surname.get(titled["surname"], ()))):
        return person
    if len(voice.key) == 1 and (person := _on_a_line(voice.key, known.head)):
        return person
    familiar = known.by_surname.get(voice.key.removeprefix("老").removeprefix("小"), ()) if not voice.name else ()
    longer = known.by_part.get(voice.name or voice.key, ())
    return _only(familiar) or _only(longer) or _latin_name(voice.name, known.head) or voice.name or voice.key


def _on_a_line(surname: str, head: str) -> str | None:
    """哈丽旦 of a line 「哈丽旦　律师协会主任」 for the label 哈."""
    name = rf"(?m)(?:^|[：:、\s]){re.escape(surname)}[ \u3000]?[\u3400-\u9fff]{{1,3}}"
    found = re.search(rf"{name}(?=[ \u3000，,（(][^\n。！？]{{2,40}}{OFFICE_WORD})", head)
    return "".join(found[0].split()).strip("：:、") if found else None


def _of_surname(voice: Voice, known: _Known) -> str:
    """李勇霖 for 李局长: of several the one with that title, for 老李 none of several."""
    names = known.by_surname.get(voice.surname, ())
    if voice.title and (bearer := next((name for name in names if voice.title in known.office(name)), None)):
        return bearer
    first = next(iter(names), None) if voice.title else _only(names)
    first = first or _with_title(voice.surname, voice.title, known.head)
    return first or named_behind_office(voice.surname, known.head) or voice.key


def _abbreviations(head: str) -> dict[str, str]:
    """What a legend says that a label stands for: 何知秋 for 何, 记者 for 记."""
    found = reversed(list(_ABBREVIATION.finditer(head))) if _ABBREVIATES.search(head) else ()
    short = {match["key"] or match["letter"]: _bearer(match["name"] or match["bearer"]) for match in found}
    return short | {legend["key"]: legend["name"] for legend in _LEGEND.finditer(head)}


def _glued(voices: Sequence[Voice]) -> dict[str, str]:
    """万玛加布 for 导演万玛加布, where another label is that name."""
    keys = {voice.key for voice in voices}
    rests = ((voice.key, OFFICE_GLUED.sub("", voice.key)) for voice in voices if voice.role is None and not voice.name)
    return {key: rest for key, rest in rests if rest != key and rest in keys}


def _foreign_names(text: str, keys: Set[str]) -> tuple[str, ...]:
    """彼得·范德林登 for the label 彼得, wherever the text says it first."""
    found: dict[str, None] = {}
    at = text.find("·") if keys else -1
    while at >= 0:
        before, behind = _BEFORE_DOT.search(text, max(0, at - _PART_CHARS), at), _BEHIND_DOT.match(text, at + 1)
        if before and behind:
            parts = (before[0][-size:] for size in range(2, len(before[0]) + 1))
            found |= {f"{part}·{behind[0]}": None for part in parts if part in keys}
        at = text.find("·", behind.end() if behind else at + 1)
    return tuple(found)


def _with_title(surname: str, title: str, head: str) -> str | None:
    """水清 of 「局长水清」 or 「水清局长」 for 水局长."""
    surname, title = re.escape(surname), re.escape(title)
    given = rf"{surname}[\u3400-\u9fff]{{1,2}}"
    found = re.search(rf"{given}(?={title})|(?<={title}){given}(?=[，,。、；：:！\s（(和与就做作接]|$)", head) if title else None
    return found[0] if found else None


def _bearer_of_title(voice: Voice, known: _Known) -> str | None:
    """巴图·额尔德尼 for 巴图旗长, 辰光 of 「馆长辰光」 for 辰光馆长, and for 发言人 the one person whom it is said of."""
    if voice.name:
        return None
    if (title := TITLE_BEHIND.search(voice.key)) and (bare := voice.key[: title.start()]):
        longer = known.by_start.get(bare, ()) or known.by_part.get(bare, ())
        return _only(longer) or (bare if f"{title[0]}{bare}" in known.head else None)
    if not _OFFICE_ALONE.fullmatch(voice.key):
        return None
    named = (name for name in known.names if f"{voice.key}{name}" in known.head or known.office(name).endswith(voice.key))
    return _only(tuple(named))


def _bearer(printed: str) -> str:
    """何知秋 of 「江岸大学教授何知秋（以下简称“何”）」; what is no person is called as it is printed."""
    voice = parse_voice(printed)
    return (voice and voice.name) or printed.strip("《》")


def _only(names: Sequence[str]) -> str | None:
    return names[0] if len(names) == 1 else None


def _by_surname(names: Iterable[str]) -> dict[str, list[str]]:
    """Names by their first and by their first two characters, 安德鲁·李 by 李, too."""
    found: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        parts = name.split("·")[1:]
        for surname in {name[:1], name[:2], *parts, *(part[:1] for part in parts)}:
            found.setdefault(surname, []).append(name)
    return found


def _by_start(names: Iterable[str]) -> dict[str, list[str]]:
    """Names by what they begin with: 巴图·额尔德尼 by 巴图."""
    found: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        for size in range(2, min(len(name), _PART_CHARS) + 1):
            found.setdefault(name[:size], []).append(name)
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


def _by_beginning(labelled: Sequence[str]) -> dict[str, list[str]]:
    """白石 of another label 白石遥; in a text 白石 may be followed by a word."""
    names = set(labelled)
    longer = [name for name in labelled if len(name) == _LONG_NAME and name[:-1] in names]
    return {name[:-1]: [name] for name in longer}


def _short_forms(name: str) -> list[str]:
    """真理子 and 田中 of 田中真理子, 大勇 of 江大勇; 孙可望 is not 长孙可望."""
    if len(name) <= _LONG_NAME:
        return [name[-2:]]
    return [name[:2], *(name[at:] for at in range(2 if len(name) == _LONG_NAME + 1 else 1, len(name) - 1))]


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
