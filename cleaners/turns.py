"""Speaker turns: who says what in the article's paragraphs."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cleaners.article import Role, Speaker, Turn
from cleaners.speech import ROLE_OF_WORD, base_name, parse_label

_OUTLET = re.compile(r".+(?:网|报|社|台|刊|新闻|频道|日报|晚报|时报|在线)$")
_SENTENCE_END = re.compile(r"[。！？!?…；;：:][”’」』）)\]]*$")
_OFFICE = re.compile(
    r"(?:长|主任|书记|经理|教授|院士|委员|代表|总裁|董事|会长|主席|研究员|医生|专家|队员|民警|记者|主编|政委|巡视员|调研员|所长|导演|作家|演员)$"
)
_OFFICE_BEGINS = re.compile(
    r"(?:邀请到了?的?是?|邀请了?|请到了?的?是?|嘉宾是|嘉宾|采访了?|专访了?|听一听|作客的是|做客的是|对话|的是|^由|^是|让我们走进)"
)
_SUBHEAD_CHARS = 30
_NAME = re.compile(r"[\u3400-\u9fff·]{2,8}")


class _Labelled(NamedTuple):
    """A paragraph of the article, and the label that it begins with."""

    start: int
    """Offset of the paragraph in the text."""

    text: str
    label: str
    """Empty without one."""

    words: int
    """Offset of the first of the speaker's own words within the paragraph."""


def extract_turns(paragraphs: Sequence[str]) -> tuple[tuple[Turn, ...], tuple[Speaker, ...]]:
    """The turns and speakers of an interview; two empty tuples for an article without dialogue. O(characters).

    Spans are offsets into ``"\\n".join(paragraphs)``.
    """
    labelled = list(_labelled(paragraphs))
    names = _speaker_names(labelled, paragraphs)
    turns = list(_turns(labelled, names))
    if len(turns) < 2:
        return (), ()
    roles = _roles(turns, names)
    text = "\n".join(paragraphs)
    speakers = tuple(
        Speaker(name, roles[name], _office(name, text)) for name in dict.fromkeys(names[base_name(t.label)] for t in turns)
    )
    return tuple(_with_role(turn, names, roles) for turn in turns), speakers


def _labelled(paragraphs: Sequence[str]) -> Iterator[_Labelled]:
    start = 0
    for text in paragraphs:
        label = parse_label(text)
        yield _Labelled(start, text, label.name if label else "", label.start if label else 0)
        start += len(text) + 1


def _speaker_names(labelled: Sequence[_Labelled], paragraphs: Sequence[str]) -> dict[str, str]:
    """The base of each label that is a speaker's, and the speaker's name."""
    counts = Counter(base_name(part.label) for part in labelled if part.label)
    words = "\n".join(part.text[part.words :] for part in labelled)
    return {base: base for base, count in counts.items() if _is_speaker(base, count, words)}


def _is_speaker(base: str, count: int, words: str) -> bool:
    if base.lower() in ROLE_OF_WORD or count >= 2:
        return True
    return _NAME.fullmatch(base) is not None and base in words


def _turns(labelled: Sequence[_Labelled], names: dict[str, str]) -> Iterator[Turn]:
    label, parts = "", list[tuple[_Labelled, int]]()
    for part in labelled:
        if part.label and base_name(part.label) in names:
            if label and parts:
                yield _turn(label, parts)
            label, parts = part.label, []
            if part.text[part.words :].strip():
                parts.append((part, part.words))
        elif label and not _is_subhead(part.text):
            parts.append((part, 0))
    if label and parts:
        yield _turn(label, parts)


def _turn(label: str, parts: Sequence[tuple[_Labelled, int]]) -> Turn:
    spans = tuple((part.start + words, part.start + len(part.text)) for part, words in parts)
    return Turn(None, label, None, "\n".join(part.text[words:] for part, words in parts), spans)


def _is_subhead(text: str) -> bool:
    return len(text) <= _SUBHEAD_CHARS and not _SENTENCE_END.search(text)


def _roles(turns: Sequence[Turn], names: dict[str, str]) -> dict[str, Role | None]:
    """Role words say it; an outlet asks; else who mostly asks is the interviewer, and the others are guests."""
    roles: dict[str, Role | None] = {}
    for base, name in names.items():
        word = ROLE_OF_WORD.get(base.lower()) or ("interviewer" if _OUTLET.fullmatch(base) else None)
        roles[name] = word  # type: ignore[assignment]  # the table holds roles only
    if "interviewer" not in roles.values():
        for name in names.values():
            own = [turn for turn in turns if names[base_name(turn.label)] == name]
            asking = sum(turn.text.rstrip().endswith(("？", "?")) for turn in own)
            roles[name] = roles[name] or ("interviewer" if own and asking * 2 > len(own) else None)
    if "interviewer" in roles.values():
        roles = {name: role or "guest" for name, role in roles.items()}
    return roles


def _with_role(turn: Turn, names: dict[str, str], roles: dict[str, Role | None]) -> Turn:
    name = names[base_name(turn.label)]
    return Turn(name, turn.label, roles[name], turn.text, turn.spans)


def _office(name: str, text: str) -> str | None:
    """The office that stands before the name where it is first introduced, in the page's own words."""
    at = text.find(name)
    while at >= 0:
        sentence = re.split(r"[。！？\n；;]", text[max(0, at - 80) : at])[-1]
        office = _OFFICE_BEGINS.split(sentence)[-1].strip(" ，,、：:“”")
        if _OFFICE.search(office) and len(office) >= 3:
            return office
        at = text.find(name, at + 1) if at < 4000 else -1
    return None
