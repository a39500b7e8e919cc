"""Speaker turns: who says what in the article's paragraphs.

A colon makes no label: every candidate is collected first, and the whole interview decides which of them are voices.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import msgspec

from cleaners.article import Span, Speaker, Turn
from cleaners.names import CALLING, OFFICE_WORD, Voice, is_outlet, parse_voice
from cleaners.offices import INTRODUCTION, only_guest
from cleaners.speakers import Manner, Said, cast_speakers, leads, roles_of
from cleaners.speech import Label, parse_label

_QUESTION = re.compile(r"[？?][”’」』）)\]]*$")
_END_CHARS = 12
_SENTENCE_END = re.compile(r"[。！？!?…；;：:～~][”’」』）)\]】\"]*$")
_SENTENCE = re.compile(r"[。！？!?…；;]")
_ASIDE = re.compile(r"[（(【\[][^（()）【】\[\]]{1,60}[）)】\]]")
_LAST_ASIDE = re.compile(r"(?<!\s)\s*+[（(][^（）()]{1,12}[）)]$")
_CLOSING = re.compile(
    r"[【\[■◆□●]?\s*(?:编后|编者|记者手记|手记|采访手记|采访后记|后记|相关链接|新闻链接|链接|背景(?:资料|链接)?|人物(?:简介|名片|档案|介绍)"
    r"|嘉宾(?:简介|介绍|名片)|(?:受访者|个人)简介|名词解释|小贴士|延伸阅读|整理说明|原文[:：]|原文名|原题|译者[:：]|图片说明|专家简介|名片|简介|作者简介|图为|图[:：])"
)
_BIOGRAPHY = re.compile(
    r"(?:[\u3400-\u9fff·]{2,8}(?:[（(][^（）()]{1,20}[）)])?[，,：:]?\s*)?(?:男[，,]|女[，,]|(?:\d{4}|[一二三四五六七八九〇○零]{4})年(?:\d{1,2}月)?(?:出?生|在|于))|"
    r"[\u3400-\u9fff·]{2,8}[，,]\s*(?:男|女)?[，,]?\s*(?:汉族|[\u3400-\u9fff]族|\d{4}年)"
)
# 「贝自强 江岸省文旅厅处长」, 「何知秋（以下简称何），江岸大学教授。」: what stands behind 嘉宾 in a legend.
_CAST = re.compile(
    r"[\u3400-\u9fff·]{2,4}(?:\s*[（(](?:以下)?简称[^（）()]{1,8}[）)][，,]?|\s+|\s*[（(])"
    rf"[^。！？!?您你我]{{0,40}}(?:{OFFICE_WORD}|{CALLING}|研究生|学生)[）)]?。?$"
    rf"|(?!.*[谢迎请您你我])[\u3400-\u9fff·]{{2,4}}[，,][^，,。！？!?]{{1,20}}(?:{OFFICE_WORD}|{CALLING})(?=[，,。]|$)"
)
_CAST_CHARS = 60
_NUMBERED = re.compile(r"(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[.、．])")
_ORDINAL = re.compile(r"(?P<number>\d{1,2})\s*[.、．]\s*")
_MIN_NUMBERED = 3
_MIN_ASKS = 4
_MIN_ASKING = 3
_MIN_PLAIN = 4
_QUESTION_CHARS = 120
_YOU = re.compile(r"您|你们?(?!好)")
# Print of a question, not words of it.
_DASHES = "—─- "
_DASHED = ("——", "--", "──")
_ASK = re.compile(r"^[—\-─]*\s*(?:请|最后).{2,40}(?:谈谈|介绍|说说|讲讲|聊聊|提醒|建议|分享).{0,20}。?$")
_SUBHEAD_CHARS = 32
_NAME_ONLY = re.compile(r"[\u3400-\u9fff·A-Za-z ]{2,12}(?:\s*[（(，,、\s].{0,40})?")

# A label inside a paragraph stands at white space or after the end of a sentence.
_INNER = re.compile(
    r"(?:(?<=[\s。！？!?…])|(?<=[。！？!?…][”\"’』」）)\]】]))(?P<label>[\u3400-\u9fffA-Za-z·•]{1,12}(?:[（(][^（()）。！？：:]{1,20}[）)])?)"
    r"[:：](?!\s*[“\"「『])"
)
_PUNCTUATION = re.compile(r"[，。！？：；、,.!?:;]")
_TIME = re.compile(r"[\[（(]?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?[\])）]?")
_MIN_IN_ELEMENTS = 4
_VERB = re.compile(r"(?:说|道|称|表示|指出|认为|介绍|强调|问|回答|透露|告诉|写道|是|为|有|的|了|如下|包括|例如|比如|即)$")
_FUNCTION_WORD = re.compile(r"[的了是有在和与就都这那我你他她们不要说问把被对为从到个一二三四五六七八九十第\d]")
_LONE_CHARS = 16
_ASK_CHARS = 400
_ASKING: frozenset[str | None] = frozenset(("interviewer", "audience"))
_UNKNOWN_CHARS = 8

# So many are counted faster one by one: a list of 10,000 names and 600,000 characters took 2 s so, 20,000 took 8 s.
_FEW_NAMES = 100

# A digest of the press has many outlets and nobody who answers them.
_MAX_HOSTS = 2

# Words without which bold questions are a manual's, not an interview's.
_INTERVIEW = re.compile(r"采访|专访|访谈|对话|实录|主持|记者|嘉宾|问答|连线|接受.{0,12}(?:采访|提问)|请[来到]了|一一解答|答疑")
_MIN_QUESTIONS = 2


# 「[10:05]」, 「（2015-10-16 10:05:30）」
_CLOCK_BEHIND = re.compile(r"[\[（(【]\s?(?:\d{4}-\d{1,2}-\d{1,2}\s)?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?\s?[\])）】]\s*$")
_CLOCK_CHARS = 30


class Line(NamedTuple):
    """A paragraph of the article, and how it is set."""

    text: str
    strong_prefix: int = 0
    """Characters at its beginning, white space aside, that are set bold."""

    is_strong: bool = False
    """All of it is bold or a heading."""

    edges: tuple[int, ...] = ()
    """Where its first text nodes end, in characters without white space."""


class _Part(NamedTuple):
    """A stretch of a paragraph: from a label, or from its beginning, to the next label or its end."""

    line: int
    start: int
    """Offset of the stretch in the article's text."""

    words: int
    """Offset of the first of the speaker's own words."""

    end: int
    label: str
    """As printed; empty without one."""

    voice: Voice | None
    is_bracketed: bool = False
    is_initial: bool = True


def extract_turns(lines: Sequence[Line], title: str = "") -> tuple[tuple[Turn, ...], tuple[Speaker, ...]]:
    """The turns and speakers of an interview; two empty tuples for an article without dialogue. O(characters).

    Spans are offsets into the lines' texts joined by a line feed. ``title``, the headline, is asked for names and offices
    that the text does not give.
    """
    text = "\n".join(line.text for line in lines)
    for reads in (_initial_label, _label_in_element):
        parts = list(_candidates(lines, reads))
        voices = _voices(parts, text)
        turns = list(_labelled_turns(lines, _merge(parts, voices), text))
        if _is_dialogue(turns, voices):
            return _with_speakers(turns, voices, text, title)
        in_elements = sum(1 for line in lines if _label_in_element(line))
        if in_elements < _MIN_IN_ELEMENTS or in_elements * 2 < len(lines):
            break
    return _unlabelled(lines, text, title)


def _candidates(lines: Sequence[Line], reads: Callable[[Line], Label | None]) -> Iterator[_Part]:
    """Every stretch that may begin with a label."""
    offset = 0
    voice_of = cache(parse_voice)
    for number, line in enumerate(lines):
        initial = reads(line)
        behind = initial.start if initial and voice_of(initial.name) else 0
        begins = [(0, initial)] + [(label.start, label) for label in _inner_labels(line.text) if label.start >= behind]
        yield from _stretches(number, offset, line.text, begins, voice_of)
        offset += len(line.text) + 1


def _initial_label(line: Line) -> Label | None:
    return parse_label(line.text) or _bold_label(line) or _lone_label(line.text)


def _bold_label(line: Line) -> Label | None:
    """A bold name or role word before plain text, no colon between."""
    if line.is_strong or not 1 <= line.strong_prefix <= 16:
        return None
    end = _offset_of(line.text, line.strong_prefix)
    name = line.text[:end].strip(" :：")
    voice = parse_voice(name)
    return Label(name, end + len(line.text[end:]) - len(line.text[end:].lstrip(" :："))) if voice else None


def _label_in_element(line: Line) -> Label | None:
    """A name in an element of its own, behind a time or not, no colon between: what it is the whole interview decides."""
    begin = 0
    for end in (_offset_of(line.text, edge) for edge in line.edges):
        name = line.text[begin:end].strip()
        if not _TIME.fullmatch(name):
            is_name = 0 < len(name) <= _LONE_CHARS and not _PUNCTUATION.search(name) and (parse_voice(name) or _may_be_name(name))
            return Label(name, end) if is_name else None
        begin = end
    return None


def _offset_of(text: str, chars: int) -> int:
    """Where in a text so many of its characters end, white space behind them included."""
    end = 0
    while end < len(text) and (chars or text[end].isspace()):
        chars -= not text[end].isspace()
        end += 1
    return end


def _lone_label(text: str) -> Label | None:
    """A name or role word that is a whole line, no colon behind it; what it is the whole interview decides."""
    name = text.strip(" 【】[]")
    if len(name) > _LONE_CHARS or _PUNCTUATION.search(name):
        return None
    return Label(name, len(text)) if parse_voice(name) or _may_be_name(name) else None


def _may_be_name(text: str) -> bool:
    """Whether a short text that no table knows could be what somebody or something is called."""
    return 0 < len(text) <= _UNKNOWN_CHARS and not _VERB.search(text) and not _FUNCTION_WORD.search(text)


def _may_recur(text: str) -> bool:
    """Whether a text is a label if it stands there again and again, whatever its words: ``十点人物志``."""
    return 0 < len(text) <= _LONE_CHARS and not _VERB.search(text)


def _inner_labels(text: str) -> Iterator[Label]:
    """Labels within a paragraph; ``start`` is where the label itself begins."""
    for found in _INNER.finditer(text):
        voice = parse_voice(found["label"]) if parse_label(found[0]) else None
        if voice and not voice.office and (voice.role or found["label"].startswith(voice.key)):
            yield Label(found["label"], found.start("label"))


def _stretches(
    number: int, offset: int, text: str, begins: Sequence[tuple[int, Label | None]], voice_of: Callable[[str], Voice | None]
) -> Iterator[_Part]:
    ends = [begin for begin, _ in begins[1:]] + [len(text)]
    for index, ((begin, label), end) in enumerate(zip(begins, ends, strict=True)):
        if index and begin <= begins[index - 1][0]:
            continue
        words = begin
        if label:
            words = label.start if index == 0 else begin + (parse_label(text[begin:end]) or label).start
        yield _Part(
            line=number,
            start=offset + begin,
            words=offset + min(words, end),
            end=offset + _end_of_words(text, end),
            label=label.name if label else "",
            voice=_voice(label, voice_of),
            is_bracketed=bool(label and label.is_bracketed),
            is_initial=begin == 0,
        )


def _end_of_words(text: str, end: int) -> int:
    """Without the time that live interviews print behind a turn: ``[10:05]``; white space goes only with something behind it."""
    clock = _CLOCK_BEHIND.search(text, max(0, end - _CLOCK_CHARS), end)
    return len(text[: clock.start()].rstrip()) if clock else len(text[:end].rstrip()) if end < len(text) else end


def _voice(label: Label | None, voice_of: Callable[[str], Voice | None]) -> Voice | None:
    """The voice of a label; one that no table knows is a voice by itself if it is short and no verb ends it."""
    if label is None:
        return None
    known = voice_of(label.name)
    return known or (Voice(label.name, None) if _may_recur(label.name) else None)


def _voices(parts: Sequence[_Part], text: str) -> dict[str, Voice]:
    """The voices that the whole interview bears out, by their keys."""
    found = [part for part in parts if part.voice]
    counts = Counter(part.voice.key for part in found if part.voice)
    several = len({part.line for part in found}) > 1
    initial = {part.voice.key for part in found if part.voice and part.is_initial}
    askers = {part.voice.key for part in found if part.voice and part.voice.role in _ASKING} | _asking(found, counts, text)
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
    return voices | _asking_one(found, voices, text)


def _asking_one(found: Sequence[_Part], voices: Mapping[str, Voice], text: str) -> dict[str, Voice]:
    """Who asks one person one question each, by any name: 「爱做饭的猫：油锅着火了怎么办？」, 「老秦：盖锅盖。」"""
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
    answering, count = max(told.items(), key=lambda item: item[1], default=("", 0))
    names = {voice.key: voice._replace(role="audience") for voice, key in asks if key == answering != voice.key}
    if count < _MIN_ASKS or len(names) < _MIN_ASKING or any(key in voices for key in names):
        return {}
    return names | {part.voice.key: part.voice for part in found if part.voice and part.voice.key == answering}


def _is_credit(part: _Part, text: str) -> bool:
    """「采访：江岸画报编辑部」: words on the label's line, and no sentence."""
    words = _LAST_ASIDE.sub("", text[part.words : part.end].strip())
    return part.is_initial and 0 < len(words) <= _CAST_CHARS and not _SENTENCE_END.search(words)


def _has_sentence(part: _Part, voice: Voice, text: str) -> bool:
    """「人大代表林水生：我同意。」 in an interview: a person with an office, and a sentence or a line of their own."""
    words = _LAST_ASIDE.sub("", text[part.words : part.end].rstrip())
    return bool(voice.office) and part.is_initial and (not words or _SENTENCE_END.search(words) is not None)


def _asking(found: Sequence[_Part], counts: Mapping[str, int], text: str) -> set[str]:
    """The keys of the labels whose paragraphs often end with a question mark: an interviewer by any name."""
    ends = [*(part.start for part in found), len(text)][1:]
    says = (
        _QUESTION.search(text[part.words : min(end, part.words + _ASK_CHARS)].rstrip())
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
        return count >= 2 or (asked and (answers or said[voice.name or voice.key] > count))
    return asked and count >= (2 if _may_be_name(voice.key) else 3)


def _merge(parts: Sequence[_Part], voices: Mapping[str, Voice]) -> Iterator[_Part]:
    """The stretches again, where what is no label after all goes on with the stretch before it in its paragraph."""
    last: _Part | None = None
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


def _asks(words: str) -> bool:
    """Whether a text ends with a question mark."""
    return _QUESTION.search(words[-_END_CHARS:]) is not None


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


def _labelled_turns(lines: Sequence[Line], parts: Iterator[_Part], text: str) -> Iterator[_Spoken]:
    begun, spans = None, list[Span]()
    is_open = False
    for part in parts:
        if part.voice and not _is_cast_line(part, text):
            yield from _spoken(begun, spans, text)
            begun, is_open = part, True
            spans = [(part.words, part.end)] if part.end > part.words else []
        elif part.voice or _CLOSING.match(lines[part.line].text):
            is_open = False
        elif is_open and not _is_aside(lines[part.line]):
            spans.append((part.start, part.end))
    yield from _spoken(begun, spans, text)


def _spoken(part: _Part | None, spans: Sequence[Span], text: str) -> Iterator[_Spoken]:
    """The turn that a label began, if anything is said in it."""
    if part and part.voice and spans:
        words = "\n".join(text[a:b] for a, b in spans)
        yield _Spoken(part.label, (part.start, part.words), part.voice, tuple(spans), words)


def _is_cast_line(part: _Part, text: str) -> bool:
    """「嘉宾：李勇霖 梅河口市公安局局长」 says who takes part, a biography who somebody is; nobody speaks."""
    words = text[part.words : part.end]
    if _BIOGRAPHY.match(words) or (not words and _BIOGRAPHY.match(text[part.end : part.end + _ASK_CHARS].lstrip())):
        return True
    if not words or part.voice is None or part.voice.role is None or len(words) > _CAST_CHARS:
        return False
    if _CAST.match(words):
        return True
    if _SENTENCE_END.search(words) or not _NAME_ONLY.match(words):
        return False
    voice = parse_voice(re.split(r"[\s（(，,、]", words, maxsplit=1)[0])
    return voice is not None and (voice.is_person or _names_press(words))


def _names_press(words: str) -> bool:
    """「本报记者 叶晚」"""
    voice = parse_voice(words)
    return voice is not None and voice.role == "interviewer" and bool(voice.name)


def _is_aside(line: Line) -> bool:
    """A subhead, a stage direction, a biography: it belongs to no turn."""
    text = line.text.strip()
    if _ASIDE.fullmatch(text) or _BIOGRAPHY.match(text):
        return True
    if line.is_strong and len(text) <= _SUBHEAD_CHARS + 8:
        return True
    return len(text) <= _SUBHEAD_CHARS and not _SENTENCE_END.search(text) and "，" not in text[:-1]


def _is_dialogue(turns: Sequence[_Spoken], voices: Mapping[str, Voice]) -> bool:
    """Two voices at least that answer each other in sentences; persons without an interviewer must each speak again."""
    counts = Counter(turn.key for turn in turns)
    if len(counts) < 2:
        return False
    sentences = sum(_SENTENCE.search(turn.text) is not None or len(turn.text) > 40 for turn in turns)
    if sentences * 2 < len(turns):
        return False
    asked = Counter(turn.key for turn in turns if _asks(turn.text))
    asking = {key for key in counts if voices[key].role in _ASKING or asked[key] * 2 > counts[key] >= 2}
    if asking:
        answering = [voices[key] for key in counts if voices[key].role not in _ASKING and asked[key] * 2 <= counts[key]]
        if any(voice.role or voice.is_person for voice in answering):
            return True
        is_press = all(is_outlet(key) for key in asking)
        is_press_digest = is_press and (len(counts) - len(answering) > _MAX_HOSTS or not any(asked[key] for key in asking))
        return bool(answering) and not is_press_digest
    return sum(count >= 2 and voices[key].is_person for key, count in counts.items()) >= 2


def _with_speakers(
    turns: Sequence[_Spoken], voices: Mapping[str, Voice], text: str, title: str
) -> tuple[tuple[Turn, ...], tuple[Speaker, ...]]:
    asked = Counter(turn.key for turn in turns if _asks(turn.text))
    counts = Counter(turn.key for turn in turns)
    fullest: dict[str, _Spoken] = {}
    for turn in turns:
        fullest[turn.key] = max(fullest.get(turn.key, turn), turn, key=_fullness)
    order = [turn.voice for turn in fullest.values()]
    led = Counter(turn.key for turn in turns if leads(turn.text))
    manners = {key: Manner(counts[key], asked[key], led[key]) for key in counts}
    roles = roles_of([voices[key] for key in fullest], manners, text)
    labels = {key: turn.place for key, turn in fullest.items()}
    cast = cast_speakers(order, roles, Said(text, turns[0].spans[0][0], title, labels))
    role_by_name = {speaker.name: speaker.role for speaker in cast.speakers}
    named = [(turn, cast.name_by_key[turn.key]) for turn in turns]
    return tuple(Turn(name, turn.label, role_by_name[name], turn.text, turn.spans) for turn, name in named), cast.speakers


def _fullness(turn: _Spoken) -> int:
    """How much a label says of its speaker: ``何知秋（局长）`` says more than ``何知秋``."""
    return len(turn.voice.office)


def _unlabelled(lines: Sequence[Line], text: str, title: str) -> tuple[tuple[Turn, ...], tuple[Speaker, ...]]:
    """Questions set in bold without a label, each followed by plain paragraphs that answer it."""
    questions = _questions(lines)
    questions = questions if any(questions) else _numbered_questions(lines)
    questions = questions if any(questions) else _plain_questions(lines, text)
    asked = "".join(line.text for line, is_question in zip(lines, questions, strict=True) if is_question)
    if sum(questions) < _MIN_QUESTIONS or not (_INTERVIEW.search(text) or _YOU.search(asked)):
        return (), ()
    guest = only_guest(text, title, text.find(lines[questions.index(True)].text))
    turns = tuple(_asked_and_answered(lines, questions, guest, text))
    if not any(turn.role == "guest" for turn in turns) or (
        _only_labels_ask(lines, questions) and (guest is None or _other_labels(lines, questions))
    ):
        return (), ()
    return _cast_unlabelled(turns, Said(text, title=title))


def _only_labels_ask(lines: Sequence[Line], questions: Sequence[bool]) -> bool:
    """Whether labels alone set the questions apart, so that nobody may be there to answer them."""
    asking = [line for line, is_question in zip(lines, questions, strict=True) if is_question]
    return not any(line.is_strong for line in asking) and all(_asker(line) for line in asking)


def _other_labels(lines: Sequence[Line], questions: Sequence[bool]) -> bool:
    """Whether a label stands before other words than the questions: 「前方记者叶晚：很大。」 is no guest's answer."""
    labels = (parse_label(line.text) for line, is_question in zip(lines, questions, strict=True) if not is_question)
    voices = (parse_voice(label.name) for label in labels if label)
    return any(voice is not None and voice.role is not None for voice in voices)


def _cast_unlabelled(turns: Sequence[Turn], said: Said) -> tuple[tuple[Turn, ...], tuple[Speaker, ...]]:
    """The turns under the fullest names of their speakers; nobody is null."""
    roles = {turn.speaker: turn.role for turn in turns if turn.speaker}
    voices = {name: parse_voice(name) or Voice(name, None, name=name) for name in roles}
    cast = cast_speakers(tuple(voices.values()), {voices[name].key: role for name, role in roles.items()}, said)
    full = {name: cast.name_by_key[voice.key] for name, voice in voices.items()}
    named = (msgspec.structs.replace(turn, speaker=full[turn.speaker]) if turn.speaker else turn for turn in turns)
    return tuple(named), cast.speakers


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
        elif _CLOSING.match(line.text):
            is_open = False
        elif is_open and not _is_aside(line):
            answer.append(span)
    yield from _answer(answer, guest, text)


def _ask(line: Line, span: Span, text: str) -> Turn:
    """A question; 「江岸周刊：」 before it says whose, though no label says who answers."""
    if label := _asker(line):
        voice = parse_voice(label.name)
        begin, speaker, name = span[0] + label.start, voice.key if voice else None, label.name
    else:
        begin, speaker, name = span[1] - len(_ORDINAL.sub("", line.text).lstrip(_DASHES)), None, ""
    return Turn(speaker, name, "interviewer", text[begin : span[1]], ((begin, span[1]),))


def _asker(line: Line) -> Label | None:
    """The label of who asks, before words of their own."""
    label = parse_label(line.text)
    voice = parse_voice(label.name) if label and label.start < len(line.text) else None
    return label if voice and voice.role == "interviewer" and not voice.name else None


def _questions(lines: Sequence[Line]) -> list[bool]:
    """Which lines ask: bold ones, or ones behind a dash; where most of those ask, the others do that speak to somebody."""
    is_set = [_is_set(line) for line in lines]
    asks = [found and _is_question(line) for found, line in zip(is_set, lines, strict=True)]
    if sum(asks) < _MIN_QUESTIONS or sum(asks) * 2 <= sum(is_set):
        return asks
    return [ask or (found and _speaks_to_you(line)) for ask, found, line in zip(asks, is_set, lines, strict=True)]


def _plain_questions(lines: Sequence[Line], text: str) -> list[bool]:
    """Questions that nothing but their words sets apart: they speak to somebody, and other paragraphs answer each of them."""
    asks = [_QUESTION.search(line.text) is not None and len(line.text) <= _QUESTION_CHARS for line in lines]
    spoken = sum(ask and _YOU.search(line.text) is not None for ask, line in zip(asks, lines, strict=True))
    answered = sum(ask and not after for ask, after in pairwise(asks))
    is_interview = _INTERVIEW.search(text[:INTRODUCTION]) is not None and sum(asks) >= _MIN_PLAIN
    is_interview = is_interview and spoken * 2 >= sum(asks) and answered * 4 >= sum(asks) * 3 and sum(asks) * 4 >= len(lines)
    return asks if is_interview else [False] * len(lines)


def _is_set(line: Line) -> bool:
    if (line.is_strong or line.text.startswith(_DASHED)) and not _NUMBERED.match(line.text):
        return True
    label = _asker(line)
    return label is not None and not is_outlet(label.name)


def _numbered_questions(lines: Sequence[Line]) -> list[bool]:
    """Questions that are numbered through, in bold: 「1. 租房提取的额度提高了多少？」"""
    numbers = [_ORDINAL.match(line.text) if line.is_strong else None for line in lines]
    counted = [int(number["number"]) for number in numbers if number]
    asks = [bool(number and _QUESTION.search(line.text)) for number, line in zip(numbers, lines, strict=True)]
    return asks if counted == list(range(1, len(counted) + 1)) and sum(asks) >= _MIN_NUMBERED else [False] * len(lines)


def _is_question(line: Line) -> bool:
    return bool(_QUESTION.search(line.text) or _ASK.search(line.text))


def _speaks_to_you(line: Line) -> bool:
    """「地震能预报吗？您大概被问过很多次。」"""
    has_end = _SENTENCE_END.search(line.text) is not None
    return has_end and (line.text.startswith(_DASHED) or "？" in line.text or _YOU.search(line.text) is not None)


def _answer(spans: Sequence[tuple[int, int]], guest: str | None, text: str) -> list[Turn]:
    words = "\n".join(text[a:b] for a, b in spans)
    return [Turn(guest, "", "guest", words, tuple(spans))] if spans else []
