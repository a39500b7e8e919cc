"""Which of the labels of a page are voices: the whole interview decides."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from itertools import pairwise

from cleaners.asides import CAST_CHARS, ends_sentence
from cleaners.names import OFFICE_GLUED, TITLE_BEHIND, Voice, is_resident
from cleaners.offices import find_office
from cleaners.stretches import Part, may_be_name

_QUESTION = re.compile(r"[？?][”’」』）)\]]*$")
_END_CHARS = 12
_LAST_ASIDE = re.compile(r"(?<!\s)\s*+[（(][^（）()]{1,12}[）)]$")
_MIN_ASKS = 4
_MIN_ASKING = 3
_MIN_BY_TURNS = 5
_NO_ANSWERER = re.compile(
    r"答案|原因|理由|首先|其次|最后|结果|结论|数据|例如|比如|总之|注|另外|目标|措施|时间|地点|内容|标准|条件|关键|核心|重点"
)
# 「原材料：2.1个百分点；」 is an item of an answer.
_ANSWER = re.compile(r"(?!\d)[^\n]*[。！？!?…～~][”’」』）)\]】\"]*\s*$")
_SEPARATOR = re.compile(r"[·•\s]")
_RARE_NAME = re.compile(r"[\u3400-\u9fff]{2,4}|[A-Z][a-z]+")
_ASK_CHARS = 400


# So many are counted faster one by one: a list of 10,000 names and 600,000 characters took 2 s so, 20,000 took 8 s.
_FEW_NAMES = 100

ASKING: frozenset[str | None] = frozenset(("interviewer", "audience"))


def voices_of(parts: Sequence[Part], text: str) -> dict[str, Voice]:
    """The voices that the whole interview bears out, by their keys."""
    found = [part for part in parts if part.voice]
    counts = Counter(part.voice.key for part in found if part.voice)
    several = len({part.line for part in found}) > 1
    initial = {part.voice.key for part in found if part.voice and part.is_initial}
    askers = {part.voice.key for part in found if part.voice and part.voice.role in ASKING} | _asking(found, counts, text)
    after = {b.voice.key for a, b in pairwise(found) if a.voice and b.voice and a.voice.key in askers}
    said = _count_names({part.voice.name or part.voice.key for part in found if part.voice and part.voice.is_person}, text)
    voices: dict[str, Voice] = {}
    for part in found:
        voice = part.voice
        if (
            voice
            and not (counts[voice.key] == 1 and _is_credit(part, text))
            and (voice.role or voice.key in initial or counts[voice.key] >= 2 or not several)
            and _is_voice(
                voice,
                counts[voice.key],
                asked=bool(askers),
                answers=voice.key in after or part.is_bracketed or _has_sentence(part, voice, text),
                said=said,
            )
        ):
            voices.setdefault(voice.key, voice)
    if askers:
        voices |= _introduced(found, voices, text)
    voices = voices | _asking_once(found, voices, text) | _taking_turns(found, voices, text)
    voices |= _surnames(found, voices, counts)
    return {key: _named(voice, text) for key, voice in voices.items()}


def _surnames(found: Sequence[Part], voices: Mapping[str, Voice], counts: Mapping[str, int]) -> dict[str, Voice]:
    """梅, for short, of the voice 梅子黄."""
    begin = {voice.name[:size] for voice in voices.values() if voice.name for size in (1, 2)}
    return {
        part.voice.key: part.voice
        for part in found
        if part.voice
        and part.is_initial
        and part.voice.key in begin
        and part.voice.key not in voices
        and counts[part.voice.key] > 1
    }


def _named(voice: Voice, text: str) -> Voice:
    """A voice that no table knows is a person's if the text gives it an office."""
    is_known = voice.role or voice.is_person or not _RARE_NAME.fullmatch(voice.key) or not find_office(voice.key, text)
    return voice if is_known else voice._replace(name=voice.key)


def ends_with_question(words: str) -> bool:
    """Whether a text ends with a question mark."""
    return _QUESTION.search(words[-_END_CHARS:]) is not None


def _introduced(found: Sequence[Part], voices: Mapping[str, Voice], text: str) -> dict[str, Voice]:
    """Who speaks once under a rare name that an office explains, or that is part of another voice's: 法蒂玛·赛义德, 法蒂玛."""
    parts = {piece for voice in voices.values() for piece in _SEPARATOR.split(voice.name) if piece != voice.name}
    rest = {part.voice.key: part for part in found if part.voice and part.voice.key not in voices and part.is_initial}
    rare = {key: part for key, part in rest.items() if _RARE_NAME.fullmatch(key) and not _is_credit(part, text)}
    answers = _answer_at_once(found, voices, text)
    return {
        key: part.voice
        for key, part in rare.items()
        if part.voice and (key in parts or key in answers or key[:2] in voices or find_office(key, text))
    } | {
        key: part.voice
        for key, part in rest.items()
        if part.voice and (TITLE_BEHIND.sub("", key) in parts or OFFICE_GLUED.sub("", key) in voices)
    }


def _answer_at_once(found: Sequence[Part], voices: Mapping[str, Voice], text: str) -> set[str]:
    """The keys of unknown labels that follow an interviewer's question at once: 「记者：还有谁？」, 「店主：我在场。」"""
    return {
        b.voice.key
        for a, b in pairwise(found)
        if a.voice
        and b.voice
        and a.voice.key in voices
        and voices[a.voice.key].role == "interviewer"
        and b.start - a.end <= 1
        and ends_with_question(text[a.words : a.end])
        and may_be_name(b.voice.key)
        and not _NO_ANSWERER.match(b.voice.key)
        and _ANSWER.match(text[b.words : b.end])
    }


def _asking_once(found: Sequence[Part], voices: Mapping[str, Voice], text: str) -> dict[str, Voice]:
    """Who asks those who answer one question each, by any name: 「爱做饭的猫：油锅着火了怎么办？」, 「老秦：盖锅盖。」"""
    asks = [
        (a.voice, b.voice.key)
        for a, b in pairwise(found)
        if a.voice
        and b.voice
        and a.is_initial
        and "？" in text[a.words : min(b.start, a.words + _ASK_CHARS)]
        and not a.voice.role
    ]
    told = Counter(key for _, key in asks)
    answering = max(told, key=lambda key: told[key], default="")
    answering_too = {answering} | {key for key in told if key in voices and voices[key].is_person}
    count = sum(told[key] for key in answering_too)
    names = {voice.key: voice._replace(role="audience") for voice, key in asks if key in answering_too and key != voice.key}
    names = {key: voice for key, voice in names.items() if key not in voices and key not in answering_too}
    if count < _MIN_ASKS or len(names) < _MIN_ASKING:
        return {}
    return names | {part.voice.key: part.voice for part in found if part.voice and part.voice.key == answering not in voices}


def _taking_turns(found: Sequence[Part], voices: Mapping[str, Voice], text: str) -> dict[str, Voice]:
    """Two who speak by turns, one of them by a name that no table knows: 「大江志：很辛苦。」, 「白守渠：不辛苦。」"""
    said = [part.voice for part in found if part.voice and part.is_initial]
    pairs = Counter(frozenset((a.key, b.key)) for a, b in pairwise(said) if a.key != b.key)
    pair, count = max(pairs.items(), key=lambda item: item[1], default=(frozenset[str](), 0))
    if count < _MIN_BY_TURNS or count * 3 < len(said) * 2 or pair <= voices.keys():
        return {}
    both = list({voice.key: voice for voice in said if voice.key in pair}.values())
    asked = Counter(part.voice.key for part in found if part.voice and ends_with_question(text[part.words : part.end]))
    asker, other = sorted(both, key=lambda voice: (voice.is_person, -asked[voice.key]))
    names_other = other.is_person or (asked[asker.key] > 0 and text.count(other.key) > sum(v.key == other.key for v in said))
    if not names_other or asker.is_person or any(not may_be_name(voice.key) for voice in both if not voice.is_person):
        return {}
    return {asker.key: asker._replace(role=asker.role or "interviewer"), other.key: other._replace(role=other.role or "guest")}


def _is_credit(part: Part, text: str) -> bool:
    """「采访：江岸画报编辑部」: words on the label's line, and no sentence."""
    words = _LAST_ASIDE.sub("", text[part.words : part.end].strip())
    return part.is_initial and 0 < len(words) <= CAST_CHARS and not ends_sentence(words)


def _has_sentence(part: Part, voice: Voice, text: str) -> bool:
    """「人大代表林水生：我同意。」 in an interview: a person with an office, and a sentence or a line of their own."""
    words = _LAST_ASIDE.sub("", text[part.words : part.end].rstrip())
    return bool(voice.office) and part.is_initial and (not words or ends_sentence(words))


def _asking(found: Sequence[Part], counts: Mapping[str, int], text: str) -> set[str]:
    """The keys of the labels whose paragraphs often end with a question mark: an interviewer by any name."""
    ends = [*(part.start for part in found), len(text)][1:]
    says = (
        ends_with_question(text[part.words : part.end])
        or _QUESTION.search(text[part.words : min(end, part.words + _ASK_CHARS)].rstrip())
        for part, end in zip(found, ends, strict=True)
    )
    asked = Counter(part.voice.key for part, question in zip(found, says, strict=True) if part.voice and question)
    return {
        key
        for key, count in asked.items()
        if (count >= 2 and count * 2 > counts[key]) or (count >= 3 and count * 3 >= counts[key])
    }


def _count_names(names: Set[str], text: str) -> Mapping[str, int]:
    """How often each name stands in the text. O(text) for each length of name where there are many."""
    if len(names) <= _FEW_NAMES:
        return {name: text.count(name) for name in names}
    stretches = (text[at : at + size] for size in {len(name) for name in names} for at in range(len(text) - size + 1))
    return Counter(stretch for stretch in stretches if stretch in names)


def _is_voice(voice: Voice, count: int, *, asked: bool, answers: bool, said: Mapping[str, int]) -> bool:
    if voice.role:
        return True
    if voice.is_person and not voice.role:
        return count >= 2 or is_resident(voice.key) or (asked and (answers or said[voice.name or voice.key] > count))
    return asked and count >= (2 if may_be_name(voice.key) else 3)
