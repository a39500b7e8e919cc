"""Who speaks: the persons and voices behind the labels of one interview, with the offices that the text gives them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from cleaners.article import Role, Speaker
from cleaners.names import OFFICE_LAST, OFFICE_WORD, PERSON, Voice

# What may stand between an office and what the sentence says before it: 「我们邀请到的是」.
_BEFORE_OFFICE = re.compile(
    r"邀请到了?的?是?|邀请了?|请到了?的?是?|请来了?|嘉宾有?是?|采访到?了?|专访了?|听一?听|[作做]客的?是?|对话|走进|走近|欢迎|有幸|连线|连接到?|来自"
    r"|他是|她是|他们是|的是|[是由为与向就对让请将]|和(?!城乡|改革|信息化|计划生育|社会保障|旅游|规划|体育|林业|草原|应急|技术)|记者|分别|今天|日前|近日|本期|这位"
)
_OFFICE_END = re.compile(OFFICE_WORD + "$")
_CLAUSE = re.compile(r"[。！？；;\n]")
_INTRODUCED = re.compile(
    rf"(?<=[{OFFICE_LAST}])(?P<name>{PERSON})(?=[，,。、；：:\s（(就来作做谈为向在接等与和及进走表介说集围针回受应带率到讲分坐\"”]|$)"
)

_NAME_THEN_OFFICE = re.compile(
    r"\s*(?:[（(]|[，,、]\s*|\s+|：|:)\s*(?P<office>[^，,。；！？（）()\n]{2,30}?" + OFFICE_WORD + r")(?=[）)，,。；\s]|$)"
)

# 「上官若水（以下简称“上”）」; what is abbreviated so has three characters at most.
_ABBREVIATION = re.compile(
    rf"(?P<name>{PERSON}|[A-Z][A-Za-z ]+?)\s*[（(]?(?:以下)?(?:均)?简称[为：:]?"
    r"\s*[“\"‘「]?(?P<key>[^“”\"‘’「」（）()，。\s]{1,3})[”\"’」）)，。]"
)

# 「Kevin Liang」 of the label ``Kevin``.
_OF_INITIAL = r"(?<![A-Za-z]){}\s[A-Z][a-z]+"

# How much of an article is read for introductions, in characters.
_INTRODUCTION = 4000
_OFFICE_CHARS = 60


class Cast(NamedTuple):
    """The speakers of one interview."""

    name_by_key: Mapping[str, str]
    """For the key of each voice the name of its speaker."""

    speakers: tuple[Speaker, ...]


def cast_speakers(voices: Sequence[Voice], roles: Mapping[str, Role | None], text: str, *, opening: int) -> Cast:
    """One speaker for each person or voice; ``voices`` in order of first turn, ``roles`` by the voices' keys.

    ``opening`` is where the first turn begins in ``text``: who is introduced before it alone gives 答 a name.

    李市长, 李勇霖 and 李勇霖（局长） are one: a surname with a title is the person of that surname whom a label or the
    introduction names, the one with that title first.
    """
    full = tuple(dict.fromkeys(voice.name for voice in voices if voice.name))
    names = _full_names(voices, full, text)
    alone = introduced_names(text[:opening])
    if len(alone) == 1 and not full:
        names |= {voice.key: alone[0] for voice in voices if voice.role == "guest"}
    speakers: dict[str, Speaker] = {}
    for voice in voices:
        name = names[voice.key]
        known = speakers.get(name)
        role = known.role if known and known.role else roles[voice.key]
        office = (known.office if known else None) or (
            office_of(name, text, voice.office) if name != voice.key or voice.is_person else None
        )
        speakers[name] = Speaker(name, role, office)
    return Cast(names, tuple(speakers.values()))


def introduced_names(text: str) -> tuple[str, ...]:
    """The persons whom the beginning of a text names after an office, in order: 「公安局局长李勇霖」."""
    head = text[:_INTRODUCTION]
    found = (match for match in _INTRODUCED.finditer(head) if _OFFICE_END.search(head[max(0, match.start() - 8) : match.start()]))
    return tuple(dict.fromkeys(match["name"] for match in found))


def office_of(name: str, text: str, label_office: str = "") -> str | None:
    """The office that stands before the name, or after it, where the text first gives one; else that of the label.

    >>> office_of("李勇霖", "我们邀请到是通化市公安局副局长，梅河口市副市长、公安局长李勇霖，就这一话题采访。")
    '通化市公安局副局长，梅河口市副市长、公安局长'
    """
    head = text[:_INTRODUCTION]
    for start in _places(name, head):
        if office := _office_before(head[max(0, start - _OFFICE_CHARS) : start]):
            return office
        end = start + len(name)
        after = _NAME_THEN_OFFICE.match(head[end : end + _OFFICE_CHARS])
        if after:
            return after["office"].strip()
    return label_office or None


def _full_names(voices: Sequence[Voice], full: Sequence[str], text: str) -> dict[str, str]:
    """For the key of each voice the fullest name that labels and introduction give. O(voices): each name is looked up."""
    head = text[:_INTRODUCTION]
    short = {found["key"]: found["name"] for found in reversed(list(_ABBREVIATION.finditer(head)))} if "简称" in head else {}
    by_surname, by_last = _by_surname((*full, *introduced_names(text))), _by_last_name(full)
    find_office = cache(lambda name: office_of(name, text) or "")

    def full_name(voice: Voice) -> str:
        if voice.surname:
            known = by_surname.get(voice.surname, ())
            return next((name for name in known if voice.title in find_office(name)), next(iter(known), voice.key))
        if len(voice.key) == 1 and voice.role is None and len(by_surname.get(voice.key, ())) == 1:
            return by_surname[voice.key][0]
        longer = by_last.get(voice.name, ())
        return longer[0] if len(longer) == 1 else _latin_name(voice.name, head) or voice.name or voice.key

    return {voice.key: short.get(voice.key) or full_name(voice) for voice in voices}


def _by_surname(names: Iterable[str]) -> dict[str, list[str]]:
    """Names by their first and by their first two characters."""
    found: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        found.setdefault(name[:1], []).append(name)
        found.setdefault(name[:2], []).append(name)
    return found


def _by_last_name(names: Iterable[str]) -> dict[str, list[str]]:
    """Names by what stands behind each of their dots and spaces: 约翰·史密斯 by 史密斯."""
    found: dict[str, list[str]] = {}
    for name in names:
        for separator in re.finditer(r"[·•\s]", name):
            found.setdefault(name[separator.end() :], []).append(name)
    return found


def _latin_name(name: str, head: str) -> str | None:
    """「Kevin Liang」 of the introduction for the label ``Kevin``."""
    found = re.search(_OF_INITIAL.format(re.escape(name)), head) if name and name.isascii() and name in head else None
    return found[0] if found else None


def _places(name: str, text: str) -> Iterator[int]:
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + len(name))


def _office_before(before: str) -> str:
    """The words of office that end a text: its clauses from the last back, as long as they end with an office."""
    clause = _CLAUSE.split(before)[-1]
    parts = re.split(r"([，,、]\s*)", clause.rstrip(" 　—-"))
    if not _OFFICE_END.search(parts[-1]):
        return ""
    begin = len(parts) - 1
    while begin >= 2 and _OFFICE_END.search(parts[begin - 2]) and not _BEFORE_OFFICE.search(parts[begin]):
        begin -= 2
    first = _after_last(_BEFORE_OFFICE, parts[begin])
    return "".join((first, *parts[begin + 1 :])).strip("“”\"' ：:，,、")


def _after_last(pattern: re.Pattern[str], text: str) -> str:
    """What follows the last match that leaves an office behind it."""
    rest = text
    for found in pattern.finditer(text):
        if _OFFICE_END.search(text[found.end() :]) and len(text) - found.end() >= 2:
            rest = text[found.end() :]
    return rest


def roles_of(voices: Iterable[Voice], asking: Mapping[str, float]) -> dict[str, Role | None]:
    """The role of each voice by its key: words say it; else who mostly asks is the interviewer; beside one the others are guests.

    ``asking`` is the share of a voice's turns that end with a question mark.
    """
    roles: dict[str, Role | None] = {voice.key: voice.role for voice in voices}
    if "interviewer" not in roles.values():
        asks = [key for key, role in roles.items() if role is None and asking[key] > 0.5]
        roles.update(dict.fromkeys(asks[:1], "interviewer"))
    if not {"interviewer", "audience"}.isdisjoint(roles.values()):
        roles = {key: role or "guest" for key, role in roles.items()}
    return roles
