"""Stretches of paragraphs that may begin with a speaker label: every candidate, before the whole interview decides."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from cleaners.names import Voice, is_role_word, parse_voice
from cleaners.speech import Label, base_name, is_field_name, parse_label

# A label inside a paragraph stands at white space or after the end of a sentence.
_INNER = re.compile(
    r"(?:(?<=[\s。！？!?…])|(?<=[。！？!?…][”\"’』」）)\]】]))(?P<label>[\u3400-\u9fffA-Za-z·•]{1,12}(?:[（(][^（()）。！？：:]{1,20}[）)])?)"
    r"[:：](?P<quotes>\s*[“\"「『])?"
)
# 「[主持人]真名吗？[计数]真名。」: brackets of a page whose paragraphs begin with them, too.
_INNER_BRACKETED = re.compile(
    r"(?:(?<=[\s。！？!?…：:～~])|(?<=[。！？!?…～~][”\"’』」）)\]】]))[\[【](?P<label>[^\[\]【】，。！？：:]{1,16})[\]】][:：]?"
)
_MIN_BRACKETED = 3
_MIN_INNER = 3
_MIN_REPEATED = 4
# 「记者　您不怕吗？」
_BEFORE_SPACE = re.compile(r"\s*+(?P<name>[\u3400-\u9fffA-Za-z·《》]{1,12})[ \u3000]++(?=\S)")
# 「省民政厅厅长 陆知微 看到这样的留言」
_TWO_BEFORE_SPACE = re.compile(
    r"\s*+(?P<name>[\u3400-\u9fffA-Za-z·《》、]{2,20}[ \u3000]++[\u3400-\u9fff·]{2,6})[ \u3000]++(?=\S)"
)
# 「时｜你辞职的时候，爸爸怎么说？」
_BEFORE_BAR = re.compile(r"\s*+(?P<name>[\u3400-\u9fffA-Za-z·《》 ]{1,16}?)(?:\s*+[｜|丨│]|\s*+[—─]{1,2}|\s++[-–])\s*+(?=\S)")
_BAR_CHARS = 40
_PUNCTUATION = re.compile(r"[，。！？：；、,.!?:;]")
_TIME = re.compile(r"[\[（(]?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?[\])）]?")
_NUMBERED = re.compile(r"\s*\d{1,3}[.、．]")
_VERB = re.compile(r"(?:说|道|称|表示|指出|认为|介绍|强调|问|回答|透露|告诉|写道|是|为|有|的|了|如下|包括|例如|比如|即)$")
_FUNCTION_WORD = re.compile(r"[的了是有在和与就都这那我你他她们不要说问把被对为从到个一二三四五六七八九十第\d]")
# 「子书00:02」, 「09:31 程远舟」: what transcripts of recordings print before a turn.
_TIME_AROUND = re.compile(r"^[\[（(]?\d{1,2}:\d{2}(?::\d{2})?[\])）]?\s*|\s*[\[（(]?\d{1,2}:\d{2}(?::\d{2})?[\])）]?$")
_LONE_CHARS = 16

# 「省民政厅养老服务处处长 牧歌」 alone on its line is longer.
_OFFICE_CHARS = 40
_LINE_CHARS = 80
_PARTED = re.compile(r"\s")
_UNKNOWN_CHARS = 8

# 和, 那, 从 and 都 are surnames, too.
_SURNAMES_TOO = "和那从都"
_NAME_CHARS = 4

# 「[10:05]」, 「（2015-10-16 10:05:30）」, 「好的。 10:05:30」
_CLOCK_BEHIND = re.compile(
    r"(?:(?<=[。！？!?…”）)：:；;，,])\s(?:\d{4}-\d{1,2}-\d{1,2}\s)?\d{1,2}:\d{2}(?::\d{2})?|(?<=[。！？!?…”）)])\d{1,2}:\d{2}:\d{2})\s*$"
    r"|[\[（(【]\s?(?:\d{4}-\d{1,2}-\d{1,2}\s)?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?\s?[\])）】]\s*$"
)
_CLOCK_CHARS = 30


class Line(NamedTuple):
    """A paragraph of the article, and how it is set."""

    text: str
    strong_prefix: int = 0
    """Characters at its beginning, white space aside, that are set bold."""

    is_strong: bool = False
    """All of it is bold or a heading."""

    is_tinted: bool = False
    """All of it is set in a colour, slant, type, size, ground or line that most of the article is not."""

    is_apart: bool = False
    """It stands in an element of another kind than most of the article: ``p.question``, ``blockquote``."""

    edges: tuple[int, ...] = ()
    """Where its first text nodes end, in characters without white space."""


class Part(NamedTuple):
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


def candidates(lines: Sequence[Line], reads: Callable[[Line], Label | None]) -> Iterator[Part]:
    """Every stretch that may begin with a label."""
    offset = 0
    repeated = _repeated_lines(lines)
    initials = _without_items([reads(line) or repeated.get(line.text.strip()) for line in lines], lines)
    inner = [_inner(line.text, initial) for line, initial in zip(lines, initials, strict=True)]
    known = _recurring(initials, inner, lines)
    for number, (line, initial) in enumerate(zip(lines, initials, strict=True)):
        behind = initial.start if initial and (parse_voice(initial.name) or initial.name in known.names) else 0
        labels = _inner_labels(line.text, inner[number], known)
        begins = [(0, initial)] + [(label.start, label) for label in labels if label.start >= behind]
        yield from _stretches(number, offset, line.text, begins)
        offset += len(line.text) + 1


def _without_items(labels: Sequence[Label | None], lines: Sequence[Line]) -> list[Label | None]:
    """The labels without names of fields, and without numbered items: 「3、车损险：」, whose names do not come back."""
    counts = Counter(label.name for label in labels if label)
    return [
        None
        if label
        and (
            (label.name.isascii() and is_field_name(label.name))
            or (counts[label.name] < _MIN_INNER and _NUMBERED.match(line.text) and not is_role_word(label.name))
        )
        else label
        for label, line in zip(labels, lines, strict=True)
    ]


def _repeated_lines(lines: Sequence[Line]) -> dict[str, Label]:
    """Short lines that stand there again and again, whatever their words: 「城与人」, an outlet that no table knows."""
    counts = Counter(line.text.strip() for line in lines if len(line.text) <= _LONE_CHARS)
    repeated = (text for text, count in counts.items() if count >= _MIN_REPEATED and text and not _PUNCTUATION.search(text))
    return {text: Label(text, len(text)) for text in repeated if not _VERB.search(text)}


class _Known(NamedTuple):
    """What the beginnings of a page's paragraphs say of its labels."""

    names: frozenset[str]
    """Those that begin two paragraphs at least."""

    is_bracketed: bool
    """Whether most of them stand in brackets."""


def _inner(text: str, initial: Label | None) -> Sequence[re.Match[str]]:
    """What may be labels behind the one that a paragraph begins with."""
    begin = initial.start if initial and parse_voice(initial.name) else 0
    return tuple(_INNER.finditer(text, begin)) if text.find("：", begin) >= 0 or text.find(":", begin) >= 0 else ()


def _recurring(labels: Sequence[Label | None], within: Sequence[Sequence[re.Match[str]]], lines: Sequence[Line]) -> _Known:
    counts = Counter(label.name for label in labels if label)
    bracketed = sum(1 for label in labels if label and label.is_bracketed)
    if 0 < bracketed < _MIN_BRACKETED:
        brackets = (
            _INNER_BRACKETED.finditer(line.text)
            for line, label in zip(lines, labels, strict=True)
            if label and label.is_bracketed
        )
        bracketed += sum(1 for found in brackets for _ in found)
    inner = Counter(found["label"] for finds in within for found in finds if not found["quotes"])
    names = frozenset(name for name, count in counts.items() if count >= 2)
    names |= frozenset(name for name, count in inner.items() if count >= _MIN_INNER and may_be_name(name))
    return _Known(names, bracketed >= _MIN_BRACKETED and bracketed * 2 > counts.total())


def initial_label(line: Line) -> Label | None:
    """The label that a line begins with."""
    return parse_label(line.text) or _bold_label(line) or _lone_label(line.text)


def _bold_label(line: Line) -> Label | None:
    """A bold name or role word before plain text, no colon between."""
    if line.is_strong or not 1 <= line.strong_prefix <= 16:
        return None
    end = _offset_of(line.text, line.strong_prefix)
    name = line.text[:end].strip(" :：")
    voice = parse_voice(name) or may_be_name(name)
    return Label(name, end + len(line.text[end:]) - len(line.text[end:].lstrip(" :："))) if voice else None


def label_in_element(line: Line) -> Label | None:
    """A name in an element of its own, behind a time or not, no colon between: what it is the whole interview decides."""
    begin = 0
    for end in (_offset_of(line.text, edge) for edge in line.edges):
        name = line.text[begin:end].strip()
        if not _TIME.fullmatch(name):
            is_name = 0 < len(name) <= _LONE_CHARS and not _PUNCTUATION.search(name) and (parse_voice(name) or may_be_name(name))
            return Label(name, end) if is_name else None
        begin = end
    return None


def label_before_space(line: Line) -> Label | None:
    """A name and a space, no colon between: what it is the whole interview decides."""
    two = _TWO_BEFORE_SPACE.match(line.text)
    voice = parse_voice(two["name"]) if two else None
    if two and voice and voice.name:
        return Label(two["name"], two.end())
    found = _BEFORE_SPACE.match(line.text)
    if found is None or not (parse_voice(found["name"]) or may_be_name(found["name"])):
        return None
    return Label(found["name"], found.end())


def label_before_bar(line: Line) -> Label | None:
    """A name and a bar: what it is the whole interview decides."""
    head = line.text[:_BAR_CHARS]
    found = _BEFORE_BAR.match(line.text) if any(bar in head for bar in "｜|丨│—─-–") else None
    if found is None or not (parse_voice(found["name"]) or may_be_name(found["name"])):
        return None
    return Label(found["name"], found.end())


def _offset_of(text: str, chars: int) -> int:
    """Where in a text so many of its characters end, white space behind them included."""
    end = 0
    while end < len(text) and (chars or text[end].isspace()):
        chars -= not text[end].isspace()
        end += 1
    return end


def _lone_label(text: str) -> Label | None:
    """A name or role word that is a whole line, no colon behind it; what it is the whole interview decides."""
    name = _TIME_AROUND.sub("", text.strip()).strip(" \u3000【】[]") if len(text) <= _LINE_CHARS else text
    if len(name) > _OFFICE_CHARS or _PUNCTUATION.search(name.replace("、", "")):
        return None
    voice = parse_voice(name)
    if len(name) > _LONE_CHARS or "、" in name:
        return Label(name, len(text)) if voice and voice.office and voice.name and _PARTED.search(name) else None
    return Label(name, len(text)) if voice or may_be_name(name) else None


def may_be_name(text: str) -> bool:
    """Whether a short text that no table knows could be what somebody or something is called."""
    rest = text[1:] if text[:1] in _SURNAMES_TOO and 1 < len(text) <= _NAME_CHARS else text
    return 0 < len(text) <= _UNKNOWN_CHARS and not _VERB.search(rest) and not _FUNCTION_WORD.search(rest)


def _may_recur(text: str) -> bool:
    """Whether a text is a label if it stands there again and again, whatever its words: ``十点人物志``."""
    return 0 < len(text) <= _LONE_CHARS and not _VERB.search(text)


def _inner_labels(text: str, finds: Sequence[re.Match[str]], known: _Known) -> Iterator[Label]:
    """Labels within a paragraph; ``start`` is where the label itself begins."""
    if known.is_bracketed:
        yield from (Label(found["label"].strip(), found.start(), is_bracketed=True) for found in _INNER_BRACKETED.finditer(text))
        return
    for found in finds:
        name = found["label"]
        voice = parse_voice(name) if parse_label(found[0]) and not found["quotes"] else None
        is_voice = voice and not voice.office and (voice.role or name.startswith(voice.key))
        if is_voice or (name in known.names and (voice or may_be_name(name))):
            yield Label(name, found.start("label"))


def _stretches(number: int, offset: int, text: str, begins: Sequence[tuple[int, Label | None]]) -> Iterator[Part]:
    ends = [begin for begin, _ in begins[1:]] + [len(text)]
    for index, ((begin, label), end) in enumerate(zip(begins, ends, strict=True)):
        if index and begin <= begins[index - 1][0]:
            continue
        words = begin
        if label:
            words = label.start if index == 0 else begin + (parse_label(text[begin:end]) or label).start
        yield Part(
            line=number,
            start=offset + begin,
            words=offset + min(words, end),
            end=offset + _end_of_words(text, end),
            label=label.name if label else "",
            voice=_voice(label),
            is_bracketed=bool(label and label.is_bracketed),
            is_initial=begin == 0,
        )


def _end_of_words(text: str, end: int) -> int:
    """Without the time that live interviews print behind a turn: ``[10:05]``; white space goes only with something behind it."""
    begin = max(0, end - _CLOCK_CHARS)
    may_be = text.find(":", begin, end) >= 0 or text.find("：", begin, end) >= 0
    clock = _CLOCK_BEHIND.search(text, begin, end) if may_be else None
    last = clock.start() if clock else end
    while (clock or end < len(text)) and last and text[last - 1].isspace():
        last -= 1
    return last


def _voice(label: Label | None) -> Voice | None:
    """The voice of a label; one that no table knows is a voice by itself if it is short and no verb ends it."""
    if label is None:
        return None
    known = parse_voice(label.name)
    return known or (Voice(base_name(label.name) or label.name, None) if _may_recur(label.name) else None)
