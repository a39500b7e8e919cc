"""Who speaks: the persons and voices behind the labels of one interview, with the offices that the text gives them."""

import re
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from cleaners.article import Role, Span, Speaker
from cleaners.full_names import full_names
from cleaners.introductions import only_guest
from cleaners.names import Voice
from cleaners.offices import INTRODUCTION, find_office, find_printed
from cleaners.words import OFFICE_WORD, ROLE_OF_WORD

_OFFICE_ALONE = re.compile(rf"(?:新闻)?{OFFICE_WORD}")
_SURNAME_CHARS = 2
_FIRST_WORDS = 80
_SEVERAL = re.compile("[、，,]")
_ANSWERING = frozenset("答 回答 A 受访者 受访人 嘉宾".split())
_NO_OFFICE: frozenset[Role | None] = frozenset(("interviewer", "audience", "narrator"))


class Said(NamedTuple):
    """Where an interview says who takes part."""

    text: str
    opening: int = 0
    """Where the first turn begins: who is introduced before it alone gives 答 a name."""

    title: str = ""
    labels: Mapping[str, Span] = {}
    """For the key of each voice the place of its label."""


def names_of(voices: Sequence[Voice], said: Said) -> dict[str, str]:
    """For the key of each voice the name of its speaker; ``voices`` in order of first turn.

    李市长, 李勇霖 and 李勇霖（局长） are one: a surname with a title is the person of that surname whom a label or the
    introduction names, the one with that title first. 答 and 嘉宾 are the one person who answers or is introduced.
    """
    names = full_names(voices, said.text)
    names |= {voice.key: name for voice in voices if names[voice.key] == voice.key and (name := _says_name(voice, said))}
    answering = [voice.key for voice in voices if voice.key in _ANSWERING]
    guests = {names[voice.key] for voice in voices if voice.role is None}
    if any(voice.name for voice in voices):
        alone = next(iter(guests)) if len(guests) == 1 and len(answering) == 1 else None
        return names | dict.fromkeys(answering, alone) if alone else names
    alone = only_guest(said.text, said.title, said.opening)
    if alone and sum(voice.role == "guest" for voice in voices) == 1:
        names |= {voice.key: alone for voice in voices if voice.role == "guest"}
    return names


def _says_name(voice: Voice, said: Said) -> str | None:
    """哈丽旦 for 哈, who begins: 「我是哈丽旦，律师。」"""
    if voice.role or voice.name or len(surname := voice.surname or voice.key) > _SURNAME_CHARS:
        return None
    _, end = said.labels.get(voice.key, (0, 0))
    name = rf"我[是叫][^，。！？]{{0,30}}?({re.escape(surname)}[\u3400-\u9fff]{{1,3}})(?=[，,。！])"
    found = re.compile(name).search(said.text, end, end + _FIRST_WORDS) if end else None
    return found[1] if found else None


def cast_speakers(
    voices: Sequence[Voice], names: Mapping[str, str], roles: Mapping[str, Role | None], said: Said
) -> tuple[Speaker, ...]:
    """One speaker for each person or voice; ``names`` and ``roles`` by the voices' keys."""
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
    return tuple(speakers.values())


def _office_of(name: str, voice: Voice, said: Said, cast: Set[str]) -> tuple[str | None, Span | None]:
    """A person's office, and where it stands: the one before the first turn, unless the label says the same more fully.

    Without such an introduction the fuller of both, else the headline's.
    """
    if name in ROLE_OF_WORD:
        return None, None
    label = said.labels.get(voice.key, (0, 0))
    introduced, labelled = find_office(name, said.text, label[0], cast), find_printed(voice.office, said.text, *label)
    if introduced is None and voice.key in name:
        introduced = find_office(
            voice.key, said.text, label[0], cast
        )  # 呼延 of 「整理师呼延」, who says later: 「我叫呼延小米。」
    is_first = (
        introduced is not None
        and introduced[1] <= max(said.opening, label[0])
        and not _OFFICE_ALONE.fullmatch(said.text, *introduced)
    )
    is_one_post = labelled is not None and not _SEVERAL.search(said.text, *labelled)
    spans = (introduced,) if is_first and not is_one_post else (introduced, labelled)
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
