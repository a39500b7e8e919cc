"""Speaker turns: who says what in the article's paragraphs.

A colon makes no label: every candidate is collected first, and the whole interview decides which of them are voices.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from itertools import pairwise
from typing import NamedTuple

from cleaners.article import Role, Span, Speaker, Turn
from cleaners.asides import closes, ends_sentence, is_aside, is_cast_entry, is_cast_line
from cleaners.introductions import only_guest
from cleaners.names import Voice, is_outlet, is_role_word
from cleaners.questions import tells_of_interview, unlabelled_turns
from cleaners.roles import Manner, asks, greets, leads, of_persons, roles_of
from cleaners.speakers import Said, cast_speakers, names_of
from cleaners.speech import Label
from cleaners.stretches import Line, Part, candidates, initial_label, label_before_bar, label_before_space, label_in_element
from cleaners.voices import ASKING, ends_with_question, voices_of

__all__ = ["Line", "extract_turns"]

_SENTENCE = re.compile(r"[。！？!?…；;]")
_ASKS = re.compile("[？?]")
# What people say to each other, and no list of cases, comments, or posts.
_ASKED_AND_ANSWERED = frozenset("问 答 Q A 提问 回答 问题".split())
# So much may stand before the first words where nothing but the dialogue is given.
_BARE = 8
_SPOKEN_TO = re.compile("[我您你]")
_TALK = re.compile("[？?！!我你您咱吗呢吧啊]|请|谢|好")
_MIN_WITHOUT_COLON = 4
_READERS = (label_before_bar, initial_label, label_in_element, label_before_space)

# A digest of the press has many outlets and nobody who answers them.
_MAX_HOSTS = 2
_OFTEN = 3
_RARELY = 3

# Who asks without a label.
_NOBODY = Voice("", "interviewer")


def extract_turns(lines: Sequence[Line], title: str = "") -> tuple[tuple[Turn, ...], tuple[Speaker, ...]]:
    """The turns and speakers of an interview; two empty tuples for an article without dialogue. O(characters).

    Spans are offsets into the lines' texts joined by a line feed. ``title``, the headline, is asked for names and offices
    that the text does not give.
    """
    text = "\n".join(line.text for line in lines)
    for reads in _READERS:
        if reads is not initial_label and not _fits(reads, lines):
            continue
        parts = list(candidates(lines, reads))
        voices = voices_of(parts, text)
        stretches = list(_merge(parts, voices))
        if asking := _unlabelled_questions(lines, stretches, voices):
            stretches = [part._replace(voice=_NOBODY) if part.line in asking else part for part in stretches]
            voices[_NOBODY.key] = _NOBODY
        turns = list(_labelled_turns(lines, stretches, text))
        manners = _manners(turns)
        if _is_dialogue(turns, voices, manners):
            return ((), ()) if _is_notice(turns, text, title) else _with_speakers(turns, voices, manners, text, title)
    return unlabelled_turns(lines, text, title)


def _fits(reads: Callable[[Line], Label | None], lines: Sequence[Line]) -> bool:
    """Whether labels without colon begin so many of the lines that they may be labels.

    News link names at the beginning of paragraphs, so that among elements a role word must be, or half of the lines begin so.
    """
    labels = [label for line in lines if (label := reads(line))]
    if len(labels) < _MIN_WITHOUT_COLON or len(labels) * 5 < len(lines):
        return False
    return reads is not label_in_element or len(labels) * 2 >= len(lines) or any(is_role_word(label.name) for label in labels)


def _merge(parts: Sequence[Part], voices: Mapping[str, Voice]) -> Iterator[Part]:
    """The stretches again, where what is no label after all goes on with the stretch before it in its paragraph."""
    last: Part | None = None
    for part in parts:
        is_label = part.voice is not None and part.voice.key in voices
        if not is_label and last is not None and part.line == last.line:
            last = last._replace(end=part.end)
            continue
        if last is not None:
            yield last
        last = part if is_label else part._replace(label="", voice=None, words=part.start)
    if last is not None:
        yield last


class _Spoken(NamedTuple):
    """A turn before its speaker is known."""

    label: str
    place: Span
    """Of the label."""

    voice: Voice
    spans: tuple[Span, ...]
    text: str

    @property
    def key(self) -> str:
        return self.voice.key


def _unlabelled_questions(lines: Sequence[Line], parts: Sequence[Part], voices: Mapping[str, Voice]) -> frozenset[int]:
    """The numbers of the lines in bold that ask without a label where labels stand before the answers only."""
    if any(voice.role == "interviewer" for voice in voices.values()):
        return frozenset()
    lone = {b.line for a, b in pairwise(parts) if a.voice and a.words >= a.end}
    before = [
        a
        for a, b in pairwise(parts)
        if b.voice and not a.voice and a.line not in lone and lines[a.line].is_strong and ends_sentence(lines[a.line].text)
    ]
    asked = sum(ends_with_question(lines[part.line].text) for part in before)
    return frozenset(part.line for part in before) if asked >= _OFTEN and asked * 2 > len(before) else frozenset()


def _labelled_turns(lines: Sequence[Line], parts: Iterable[Part], text: str) -> Iterator[_Spoken]:
    begun, spans = None, list[Span]()
    is_open = False
    for part in parts:
        if part.voice and not is_cast_line(part, text, is_first=begun is None):
            yield from _spoken(begun, spans, text)
            begun, is_open = part, True
            spans = [(part.words, part.end)] if part.end > part.words else []
        elif (
            part.voice
            or closes(lines[part.line].text)
            or (_names_role(begun, spans) and is_cast_entry(text[part.start : part.end]))
        ):
            is_open = False
        elif is_open and not is_aside(text[part.start : part.end], is_strong=lines[part.line].is_strong and bool(spans)):
            spans.append((part.start, part.end))
    yield from _spoken(begun, spans, text)


def _names_role(begun: Part | None, spans: Sequence[Span]) -> bool:
    """Whether the last label is a role's, alone on its line: 「嘉宾：」 above a list of names."""
    return begun is not None and begun.voice is not None and begun.voice.role is not None and not spans


def _spoken(part: Part | None, spans: Sequence[Span], text: str) -> Iterator[_Spoken]:
    """The turn that a label began, if anything is said in it."""
    if part and part.voice and spans:
        words = "\n".join(text[a:b] for a, b in spans)
        yield _Spoken(part.label, (part.start, part.words), part.voice, tuple(spans), words)


def _manners(turns: Sequence[_Spoken]) -> dict[str, Manner]:
    """How each voice takes part, by its key, in the order of first turns."""
    counts = Counter(turn.key for turn in turns)
    asked = Counter(turn.key for turn in turns if ends_with_question(turn.text))
    wants = Counter(turn.key for turn in turns if ends_with_question(turn.text) or asks(turn.text))
    led = Counter(turn.key for turn in turns if leads(turn.text))
    opener = turns[0].key if turns and greets(turns[0].text) else None
    return {key: Manner(counts[key], asked[key], led[key], key == opener, wants[key]) for key in counts}


def _is_dialogue(turns: Sequence[_Spoken], voices: Mapping[str, Voice], manners: Mapping[str, Manner]) -> bool:
    """Two voices at least that answer each other in sentences; persons without an interviewer must each speak again."""
    if len(manners) < 2 or sum(_TALK.search(turn.text) is not None for turn in turns) * _RARELY < len(turns):
        return False
    sentences = sum(_SENTENCE.search(turn.text) is not None or len(turn.text) > 40 for turn in turns)
    if sentences * 2 < len(turns):
        return False
    asking = {key for key, manner in manners.items() if voices[key].role in ASKING or _is_host(manner)}
    if len(asking) == len(manners):
        asking = {key for key in asking if voices[key].role in ASKING}  # Who answers may often ask back.
    if asking and _exchanges(turns, voices, asking):
        answering = [voices[key] for key in manners if key not in asking]
        if any(voice.role or voice.is_person for voice in answering):
            return True
        is_press = all(is_outlet(key) for key in asking)
        is_press_digest = is_press and (len(asking) > _MAX_HOSTS or not any(manners[key].asked for key in asking))
        return bool(answering) and not is_press_digest
    return sum(manner.turns >= 2 and voices[key].is_person for key, manner in manners.items()) >= 2


def _is_notice(turns: Sequence[_Spoken], text: str, title: str) -> bool:
    """Whether 问 and 答 are an office's own: nobody is named, nobody says 我 or 您, and what stands before names no interview."""
    if any(turn.key not in _ASKED_AND_ANSWERED for turn in turns):
        return False
    opening = turns[0].spans[0][0]
    if opening <= _BARE:
        return False
    spoken = sum(_SPOKEN_TO.search(turn.text) is not None for turn in turns)
    if spoken * _RARELY >= len(turns) or tells_of_interview(title + text):
        return False
    return only_guest(text, title, opening) is None


def _exchanges(turns: Sequence[_Spoken], voices: Mapping[str, Voice], asking: Set[str]) -> bool:
    """Whether somebody who asks is answered at once: thrice, twice to a question, or once to the last word of a question.

    Minutes, notices and lists of recommendations have labels that look like an interview's.
    """
    pairs = [(a, b) for a, b in pairwise(turns) if a.key in asking and b.key not in asking]
    to_question = [(a, b) for a, b in pairs if _ASKS.search(a.text) or leads(a.text)]
    if len(pairs) >= _OFTEN or len(to_question) > 1:
        return True
    told = [b for a, b in to_question if voices[a.key].role in ASKING and (b.voice.role or b.voice.is_person)]
    return any(not ends_with_question(turn.text.partition("\n")[0]) for turn in told)


def _is_host(manner: Manner) -> bool:
    """Whether somebody asks in most turns, or asks or leads in every third."""
    hosts = manner.asked + manner.leads
    return manner.asked * 2 > manner.turns >= 2 or (hosts >= _OFTEN and hosts * 3 >= manner.turns)


def _with_speakers(
    turns: Sequence[_Spoken], voices: Mapping[str, Voice], manners: Mapping[str, Manner], text: str, title: str
) -> tuple[tuple[Turn, ...], tuple[Speaker, ...]]:
    fullest: dict[str, _Spoken] = {}
    for turn in (turn for turn in turns if turn.key):
        fullest[turn.key] = max(fullest.get(turn.key, turn), turn, key=_fullness)
    labels = {key: turn.place for key, turn in fullest.items()}
    said = Said(text, turns[0].spans[0][0], title, labels)
    names = names_of([turn.voice for turn in fullest.values()], said)
    stated = {names[key]: voices[key].role for key in fullest if voices[key].role}
    persons = [voices[key]._replace(role=stated.get(names[key])) for key in fullest]
    roles = roles_of(persons, of_persons(manners, names), text, names, is_asked=_NOBODY.key in manners)
    cast = cast_speakers([turn.voice for turn in fullest.values()], names, roles, said)
    role_by_name: dict[str | None, Role | None] = {speaker.name: speaker.role for speaker in cast}
    role_by_name[None] = _NOBODY.role
    named = [(turn, names.get(turn.key)) for turn in turns]
    return tuple(Turn(name, turn.label, role_by_name[name], turn.text, turn.spans) for turn, name in named), cast


def _fullness(turn: _Spoken) -> int:
    """How much a label says of its speaker: ``何知秋（局长）`` says more than ``何知秋``."""
    return len(turn.voice.office)
