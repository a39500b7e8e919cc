"""Interviews without labels: questions that their print or their words set apart, and what answers them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise
from operator import attrgetter

import msgspec

from cleaners.article import Span, Speaker, Turn
from cleaners.asides import closes, ends_sentence, is_aside
from cleaners.introductions import only_guest
from cleaners.names import Voice, is_outlet, parse_voice
from cleaners.offices import INTRODUCTION
from cleaners.speakers import Said, cast_speakers, names_of
from cleaners.speech import Label, parse_label
from cleaners.stretches import Line
from cleaners.voices import ASKING

_QUESTION = re.compile(r"[？?][”’」』）)\]]*$")
_NUMBERED = re.compile(r"(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[.、．](?!\d))")
_ORDINAL = re.compile(r"(?P<number>\d{1,2})\s*[.、．](?!\d)\s*")
_MIN_NUMBERED = 3
_MIN_PLAIN = 4
_MIN_QUESTIONS = 2
_QUOTED = re.compile(r"[“「][^”」]{0,400}[”」]")

# Where the lines in bold are questions but for one in five, those others are an interviewer's remarks.
_FEW_TELL = 4
_QUESTION_CHARS = 120
_YOU = re.compile(r"您|你们?(?!好)")
# Print of a question, not words of it.
_DASHES = "—─- "
_DASHED = ("——", "--", "──")

# 「■您怎么看？」, 「□我同意。」: papers tell who asks by the mark.
_MARKS = "■□◆◇●○▲△★☆►▶※"
_MOST = 0.6
_ASK = re.compile(
    r"^[—\-─]*\s*(?:[^，。？]{0,8}好[，,！]\s?)?(?:(?:请|最后).{2,40}|(?:那|那么|能|可否|再|先|跟我们|给我们|和我们|您|你){0,3})(?:谈谈|介绍|说说|讲讲|聊聊|提醒|建议|分享).{0,20}。?$"
)

_RECORD = re.compile(r"专访|访谈|对话|实录|问答|答记者问|记者(?:的)?提问|接受.{0,12}(?:采访|提问)|一一解答|答疑")

# 「局长何知秋说，“钱不是问题。”」: a report has questions for subheads.
_REPORTED = re.compile(
    r"(?:说|表示|介绍|告诉(?:记者)?|认为|指出|坦言)[，,：:]\s?(?:[“「]|[^。]{4})|[”」][^。“「]{1,24}(?:说|表示|介绍)"
)

# Words without which bold questions are a manual's, not an interview's.
_INTERVIEW = re.compile(r"采访|专访|访谈|对话|实录|主持|记者|嘉宾|问答|连线|接受.{0,12}(?:采访|提问)|请[来到]了|一一解答|答疑")


def tells_of_interview(text: str) -> bool:
    """Whether a text says that somebody was interviewed.

    >>> tells_of_interview("局长就有关问题接受了本报专访。"), tells_of_interview("现将有关问题说明如下。")
    (True, False)
    """
    return _INTERVIEW.search(text) is not None


def unlabelled_turns(lines: Sequence[Line], text: str, title: str) -> tuple[tuple[Turn, ...], tuple[Speaker, ...]]:
    """Questions without a label, or with one for who asks only, each followed by paragraphs that answer it.

    Bold, colour, type, an element of another kind, numbers, marks, or their words alone set them apart.
    """
    questions = _questions(lines)
    for is_set in (attrgetter("is_tinted"), attrgetter("is_apart")):
        if not any(questions) and any(map(is_set, lines)):
            other = [line._replace(is_strong=is_set(line)) for line in lines]
            questions = _questions(other)
            lines = other if any(questions) else lines
    questions = questions if any(questions) else _numbered_questions(lines)
    questions = questions if any(questions) else _plain_numbered_questions(lines, text)
    questions = questions if any(questions) else _questions_before_labels(lines)
    questions = questions if any(questions) else _plain_questions(lines, text)
    asked = "".join(line.text for line, is_question in zip(lines, questions, strict=True) if is_question)
    if sum(questions) < _MIN_QUESTIONS:
        return (), ()
    guest = only_guest(text, title, text.find(lines[questions.index(True)].text)) or _labelled_guest(lines, questions)
    is_many = sum(questions) >= _MIN_PLAIN
    is_told = _says_i(lines, questions) or guest is not None or (is_many and any(_asker_of(lines, questions)))
    is_talk = is_told and (is_many or tells_of_interview(text))
    is_talk = (is_talk or _RECORD.search(text) is not None) and not _reports(lines, questions)
    if not (_YOU.search(asked) or is_talk):
        return (), ()
    turns = tuple(_asked_and_answered(lines, questions, guest, text))
    if not any(turn.role == "guest" for turn in turns) or _other_labels(lines, questions):
        return (), ()
    if guest is None and _only_labels_ask(lines, questions) and not _is_answered_throughout(lines, questions):
        return (), ()
    return _cast_unlabelled(turns, Said(text, title=title))


def _is_answered_throughout(lines: Sequence[Line], questions: Sequence[bool]) -> bool:
    """Whether somebody says 我 in the answers, or one asks again and again, an outlet somebody whom it speaks to."""
    asking = [line for line, is_question in zip(lines, questions, strict=True) if is_question]
    askers = set(_asker_of(lines, questions))
    spoken = sum(_YOU.search(line.text) is not None for line in asking)
    is_one = (
        len(askers) == 1
        and not any(name.startswith("问题") for name in askers)
        and len(asking) > _MIN_PLAIN
        and (spoken * 3 >= len(asking) or not any(map(is_outlet, askers)))
    )
    return is_one or _says_i(lines, questions)


def _asker_of(lines: Sequence[Line], questions: Sequence[bool]) -> Iterator[str]:
    """Who has a label before the questions."""
    asking = (line for line, is_question in zip(lines, questions, strict=True) if is_question)
    return (label.name for line in asking if (label := _asker(line)))


def _labelled_guest(lines: Sequence[Line], questions: Sequence[bool]) -> str | None:
    """Who alone has a label before answers: ``程远舟``."""
    labels = (parse_label(after.text) for (ask, _), (_, after) in pairwise(zip(questions, lines, strict=True)) if ask)
    names = {voice.name for label in labels if label and (voice := parse_voice(label.name)) and voice.name}
    return next(iter(names)) if len(names) == 1 else None


def _only_labels_ask(lines: Sequence[Line], questions: Sequence[bool]) -> bool:
    """Whether labels alone set the questions apart, so that nobody may be there to answer them."""
    asking = [line for line, is_question in zip(lines, questions, strict=True) if is_question]
    return not any(line.is_strong for line in asking) and all(_asker(line) for line in asking)


def _other_labels(lines: Sequence[Line], questions: Sequence[bool]) -> bool:
    """Whether labels stand before other words than the questions: 「前方记者叶晚：很大。」 is no guest's answer."""
    labels = (parse_label(line.text) for line, is_question in zip(lines, questions, strict=True) if not is_question)
    voices = (parse_voice(label.name) for label in labels if label)
    return sum(voice is not None and voice.role in ASKING for voice in voices) * _FEW_TELL > sum(questions)


def _cast_unlabelled(turns: Sequence[Turn], said: Said) -> tuple[tuple[Turn, ...], tuple[Speaker, ...]]:
    """The turns under the fullest names of their speakers; nobody is null."""
    roles = {turn.speaker: turn.role for turn in turns if turn.speaker}
    voices = {name: parse_voice(name) or Voice(name, None, name=name) for name in roles}
    names = names_of(tuple(voices.values()), said)
    cast = cast_speakers(tuple(voices.values()), names, {voices[name].key: role for name, role in roles.items()}, said)
    full = {name: names[voice.key] for name, voice in voices.items()}
    named = (msgspec.structs.replace(turn, speaker=full[turn.speaker]) if turn.speaker else turn for turn in turns)
    return tuple(named), cast


def _asked_and_answered(lines: Sequence[Line], questions: Sequence[bool], guest: str | None, text: str) -> Iterator[Turn]:
    """The questions, and for each what follows it up to the next, but for asides and what closes the article."""
    offset, answer = 0, list[Span]()
    is_open = False
    for line, is_question in zip(lines, questions, strict=True):
        span = (offset, offset + len(line.text))
        offset = span[1] + 1
        if is_question:
            yield from _answer(answer, guest, text)
            yield _ask(line, span, text)
            answer, is_open = [], True
        elif closes(line.text):
            is_open = False
        elif is_open and not is_aside(line.text, is_strong=line.is_strong):
            answer.append(span if answer else _behind_label(line, span))
    yield from _answer(answer, guest, text)


def _behind_label(line: Line, span: Span) -> Span:
    """The words of an answer behind its label: 「答：」, 「程远舟：」."""
    label = parse_label(line.text)
    voice = parse_voice(label.name) if label and label.start < len(line.text) else None
    is_answer = label is not None and voice is not None and (voice.role == "guest" or voice.is_person)
    return (span[0] + label.start, span[1]) if label and is_answer else span


def _ask(line: Line, span: Span, text: str) -> Turn:
    """A question; 「江岸周刊：」 before it says whose, though no label says who answers."""
    if label := _asker(line):
        voice = parse_voice(label.name)
        begin, speaker, name = span[0] + label.start, voice.key if voice else None, label.name
    else:
        number = _ORDINAL.match(line.text)
        words = line.text[number.end() if number else 0 :].lstrip(_DASHES + _MARKS)
        begin, speaker, name = span[1] - len(words), None, ""
    return Turn(speaker, name, "interviewer", text[begin : span[1]], ((begin, span[1]),))


def _asker(line: Line) -> Label | None:
    """The label of who asks, before words of their own."""
    label = parse_label(line.text)
    voice = parse_voice(label.name) if label and label.start < len(line.text) else None
    return label if voice and voice.role == "interviewer" and not voice.name else None


def _questions(lines: Sequence[Line]) -> list[bool]:
    """Which lines ask: bold ones, or ones behind a dash; where most of those ask, the others do that speak to somebody."""
    asking, mark = _asking_outlets(lines), _asking_mark(lines)
    is_set = [_is_set(line, asking) or (mark != "" and line.text.lstrip().startswith(mark)) for line in lines]
    asks = [found and _is_question(line) for found, line in zip(is_set, lines, strict=True)]
    if sum(asks) >= _MIN_PLAIN and sum(asks) * 2 > sum(is_set):  # 「记者：有人说您傻。」 needs no question mark.
        asks = [found and (ask or _asker(line) is not None) for found, ask, line in zip(is_set, asks, lines, strict=True)]
    if _all_ask(lines, is_set, asks):
        return [found and ends_sentence(line.text) for found, line in zip(is_set, lines, strict=True)]
    if sum(asks) < _MIN_QUESTIONS or sum(asks) * 2 <= sum(is_set):
        return asks
    tells = [found and not ask and ends_sentence(line.text) for ask, found, line in zip(asks, is_set, lines, strict=True)]
    is_clear = sum(tells) * _FEW_TELL <= sum(asks)
    return [ask or (tell and (is_clear or _speaks_to_you(line))) for ask, tell, line in zip(asks, tells, lines, strict=True)]


def _all_ask(lines: Sequence[Line], is_set: Sequence[bool], asks: Sequence[bool]) -> bool:
    """Whether plain words follow each sentence in bold, and most of those ask or speak to somebody: 「您那时候二十岁。」"""
    tells = [found and ends_sentence(line.text) for found, line in zip(is_set, lines, strict=True)]
    alone = sum(a and not b for a, b in pairwise(tells))
    spoken = sum(tell and (ask or _YOU.search(line.text) is not None) for tell, ask, line in zip(tells, asks, lines, strict=True))
    count = sum(tells)
    return count >= _MIN_PLAIN and alone * 10 >= count * 9 and sum(asks) * 3 >= count and spoken * 4 >= count * 3


def _plain_questions(lines: Sequence[Line], text: str) -> list[bool]:
    """Questions that nothing but their words sets apart: they speak to somebody, and other paragraphs answer each of them."""
    asks = [_QUESTION.search(line.text) is not None and len(line.text) <= _QUESTION_CHARS for line in lines]
    spoken = sum(ask and _YOU.search(line.text) is not None for ask, line in zip(asks, lines, strict=True))
    answered = sum(ask and not after for ask, after in pairwise(asks))
    is_interview = tells_of_interview(text[:INTRODUCTION]) and sum(asks) >= _MIN_PLAIN
    is_interview = is_interview and answered * 4 >= sum(asks) * 3
    many = spoken * 2 >= sum(asks) and sum(asks) * 4 >= len(lines)
    return asks if is_interview and (many or _are_answered(lines, asks, spoken)) else [False] * len(lines)


def _are_answered(lines: Sequence[Line], asks: Sequence[bool], spoken: int) -> bool:
    """Whether somebody who says 我 answers the questions, a third of which speak to somebody."""
    return spoken * 3 >= sum(asks) and sum(asks) * 6 >= len(lines) and _says_i(lines, asks)


def _reports(lines: Sequence[Line], asks: Sequence[bool]) -> bool:
    """Whether others are quoted in most of what follows the questions, and nobody says 我."""
    told = "".join(line.text for line, ask in zip(lines, asks, strict=True) if not ask)
    return not _says_i(lines, asks) and len(_REPORTED.findall(told)) * 2 >= sum(asks)


def _says_i(lines: Sequence[Line], asks: Sequence[bool]) -> bool:
    """Whether somebody says 我 in most of the answers."""
    replies: list[list[str]] = []
    for line, ask in zip(lines, asks, strict=True):
        if ask:
            replies.append([])
        elif replies:
            replies[-1].append(line.text)
    told = sum("我" in _QUOTED.sub("", "".join(reply)) for reply in replies)
    return told * 2 > len(replies)


def _questions_before_labels(lines: Sequence[Line]) -> list[bool]:
    """The lines before the label of the only one who has a label."""
    labels = [parse_label(line.text) for line in lines]
    voices = [parse_voice(label.name) if label else None for label in labels]
    counts = Counter(voice.key for voice in voices if voice)
    key, count = max(counts.items(), key=lambda item: item[1], default=("", 0))
    before = [after is not None and after.key == key and voice is None for voice, after in pairwise([*voices, None])]
    asks = sum(ask and _QUESTION.search(line.text) is not None for ask, line in zip(before, lines, strict=True))
    is_interview = count >= _MIN_PLAIN and all(n == 1 for other, n in counts.items() if other != key)
    nearly_all = sum(before) * 10 >= count * 9 and asks * 2 >= count
    is_interview = is_interview and (nearly_all or (sum(before) * 4 >= count * 3 and asks * 4 >= count * 3))
    return before if is_interview else [False] * len(lines)


def _is_set(line: Line, asking: Set[str]) -> bool:
    if (line.is_strong or line.text.startswith(_DASHED)) and not _NUMBERED.match(line.text):
        return True
    label = _asker(line)
    return label is not None and (label.name in asking or not is_outlet(label.name))


def _asking_mark(lines: Sequence[Line]) -> str:
    """The mark behind which most lines ask; empty where there is none."""
    marked = [(line.text.lstrip()[:1], _is_question(line)) for line in lines]
    counts = Counter(mark for mark, _ in marked if mark and mark in _MARKS)
    asked = Counter(mark for mark, asks in marked if asks)
    mark, count = max(counts.items(), key=lambda item: asked[item[0]], default=("", 0))
    return mark if count >= _MIN_PLAIN and asked[mark] >= count * _MOST else ""


def _asking_outlets(lines: Sequence[Line]) -> frozenset[str]:
    """Outlets that ask again and again; one that is heard once may be quoted in a digest."""
    labels = [(label.name, _is_question(line)) for line in lines if (label := _asker(line))]
    counts, asked = Counter(name for name, _ in labels), Counter(name for name, asks in labels if asks)
    return frozenset(name for name, count in counts.items() if count >= _MIN_PLAIN and asked[name] * 4 >= count * 3)


def _numbered_questions(lines: Sequence[Line]) -> list[bool]:
    """Questions that are numbered through, in bold: 「1. 租房提取的额度提高了多少？」"""
    numbers = [_ORDINAL.match(line.text) if line.is_strong else None for line in lines]
    counted = [int(number["number"]) for number in numbers if number]
    asks = [bool(number and _QUESTION.search(line.text)) for number, line in zip(numbers, lines, strict=True)]
    if counted != list(range(1, len(counted) + 1)) or sum(asks) < _MIN_NUMBERED:
        return [False] * len(lines)
    return [number is not None for number in numbers] if sum(asks) * 4 >= len(counted) * 3 else asks


def _plain_numbered_questions(lines: Sequence[Line], text: str) -> list[bool]:
    """Questions that are numbered through, in plain print, if they speak to somebody and other paragraphs answer each."""
    numbers = [_ORDINAL.match(line.text) for line in lines]
    counted = [int(number["number"]) for number in numbers if number]
    asks = [number is not None for number in numbers]
    asked = sum(ask and _is_question(line) for ask, line in zip(asks, lines, strict=True))
    spoken = sum(ask and _YOU.search(line.text) is not None for ask, line in zip(asks, lines, strict=True))
    answered = sum(ask and not after for ask, after in pairwise([*asks, False]))
    is_through = counted == list(range(1, len(counted) + 1)) and len(counted) >= _MIN_PLAIN and answered == len(counted)
    is_through = is_through and asked * 5 >= len(counted) * 4
    is_interview = tells_of_interview(text[:INTRODUCTION]) and (spoken * 3 >= len(counted) or _says_i(lines, asks))
    return asks if is_through and is_interview else [False] * len(lines)


def _is_question(line: Line) -> bool:
    return bool(_QUESTION.search(line.text) or _ASK.search(line.text))


def _speaks_to_you(line: Line) -> bool:
    """「地震能预报吗？您大概被问过很多次。」"""
    has_end = ends_sentence(line.text)
    return has_end and (line.text.startswith(_DASHED) or "？" in line.text or _YOU.search(line.text) is not None)


def _answer(spans: Sequence[tuple[int, int]], guest: str | None, text: str) -> list[Turn]:
    words = "\n".join(text[a:b] for a, b in spans)
    return [Turn(guest, "", "guest", words, tuple(spans))] if spans else []
