"""Who speaks: the persons and voices behind the labels of one interview, with the offices that the text gives them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from cleaners.article import Role, Span, Speaker
from cleaners.names import PERSON, ROLE_OF_WORD, Voice
from cleaners.offices import INTRODUCTION, find_office, find_printed, introduced_names

# 「上官若水（以下简称“上”）」; what is abbreviated so has three characters at most.
_ABBREVIATION = re.compile(
    rf"(?P<name>{PERSON}|[A-Z][A-Za-z ]+?)\s*[（(]?(?:以下)?(?:均)?简称[为：:]?"
    r"\s*[“\"‘「]?(?P<key>[^“”\"‘’「」（）()，。\s]{1,3})[”\"’」）)，。]"
)

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
    alone = introduced_names(said.text[: said.opening]) or introduced_names(said.title)
    if len(alone) == 1 and not full:
        names |= {voice.key: alone[0] for voice in voices if voice.role == "guest"}
    speakers: dict[str, Speaker] = {}
    for voice in voices:
        name = names[voice.key]
        known = speakers.get(name)
        role = known.role if known and known.role else roles[voice.key]
        if known and (known.office or role in _NO_OFFICE):
            speakers[name] = Speaker(name, role, known.office, known.office_span, known.name_span)
        else:
            office, span = _office_of(name, voice, said) if role not in _NO_OFFICE else (None, None)
            speakers[name] = Speaker(name, role, office, span, known.name_span if known else _name_span(name, voice, said))
    return Cast(names, tuple(speakers.values()))


def _office_of(name: str, voice: Voice, said: Said) -> tuple[str | None, Span | None]:
    """A person's office, and where it stands: the fuller one of introduction and label, else that of the headline."""
    if name in ROLE_OF_WORD:
        return None, None
    label = said.labels.get(voice.key, (0, 0))
    spans = (find_office(name, said.text, label[0]), find_printed(voice.office, said.text, *label))
    span = max((span for span in spans if span), key=lambda span: span[1] - span[0], default=None)
    if span:
        return said.text[slice(*span)], span
    headline = find_office(name, said.title)
    return (said.title[slice(*headline)], None) if headline else (None, None)


def _name_span(name: str, voice: Voice, said: Said) -> Span | None:
    if span := find_printed(name, said.text, *said.labels.get(voice.key, (0, 0))):
        return span
    at = said.text.find(name, 0, INTRODUCTION)
    return (at, at + len(name)) if at >= 0 else None


def _full_names(voices: Sequence[Voice], full: Sequence[str], text: str) -> dict[str, str]:
    """For the key of each voice the fullest name that labels and introduction give. O(voices): each name is looked up."""
    head = text[:INTRODUCTION]
    short = {found["key"]: found["name"] for found in reversed(list(_ABBREVIATION.finditer(head)))} if "简称" in head else {}
    by_surname, by_last = _by_surname((*full, *introduced_names(text))), _by_last_name(full)

    @cache
    def office(name: str) -> str:
        span = find_office(name, text)
        return text[slice(*span)] if span else ""

    def full_name(voice: Voice) -> str:
        if voice.surname:
            known = by_surname.get(voice.surname, ())
            return next((name for name in known if voice.title in office(name)), next(iter(known), voice.key))
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
