"""What speaks for and against a block being article text: a small table of round weights."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from cleaners.article import Block
from cleaners.notices import notice_rule
from cleaners.speech import is_lone_label, is_speech
from cleaners.tree import Tree

_PAUSE = re.compile(r"[，,、；;：:“”「」]")
_STOP = re.compile(r"[。！？!?…；;]")
_SENTENCE_END = re.compile(r"[。！？!?…；;：:.][”’」』）)\]】\"']*$")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_LISTS = frozenset(("li", "dt", "select", "button", "form", "menu", "nav", "footer"))
_SENTENCE_CHARS = 20

# Of laws and rules: 「第三条　渡口管理坚持安全第一。」, 「第二章 渡口设置」.
_CLAUSE = re.compile(r"第[一二三四五六七八九十百零〇\d]{1,6}[条條章节節编編]\s*[\s　：:]")

# What may stand between two paragraphs of an article, or two posts, says little of what stands around it.
_LIGHT = frozenset(
    """media/caption chrome/counters chrome/edit chrome/clock chrome/mail-header chrome/rule-line chrome/continue
    chrome/advert""".split()
)
_LIGHT_WEIGHT = -0.5

# Words in class and id. Chinese portals of 2003 to 2024 use English, pinyin and initials.
_BAD_CLASS = re.compile(
    r"comment|foot|nav|menu|side|share|relat|hot|rank|recom|copyright|advert|(?:^|[\s_-])ads?(?:$|[\s\d_-])|banner|crumb|tool|login"
    r"|search|links?(?:$|[\s_-])|tags?(?:$|[\s_-])|pager?(?:$|[\s_-])|qr|discuss|reply|bottom|widget|xiangguan|tuijian"
    r"|pinglun|daohang|fenxiang|popup|dialog|disclaimer|legal|subscribe|keyword",
    re.IGNORECASE,
)
_GOOD_CLASS = re.compile(
    r"TRS_Editor|UCAP|artibody|endText|rwb_zw|main_?content|article|content|(?:^|[\s_-])(?:art|text|txt|zw|body|post|entry|story|detail)"
    r"|contText|neirong|zhengwen",
    re.IGNORECASE,
)
_CHROME_TAGS = frozenset(("nav", "footer", "aside", "header", "form"))

# An element with more than this share of the page's sentences is no chrome, whatever it is called.
_LARGE_SHARE = 0.25


class Facts(NamedTuple):
    """The weights of one block."""

    weight: float
    """Their sum; above 0 speaks for article text."""

    is_sentence: bool
    notice: str | None
    """The rule of a notice that the line would be at the article's ends."""

    reasons: str
    """The weights that are not 0, for the verdict's evidence."""

    @property
    def is_text(self) -> bool:
        """Whether it is a sentence that its own weights speak for."""
        return self.is_sentence and self.weight > 1


def block_facts(block: Block) -> Facts:
    """The facts of one block by itself, without its neighbours and elements."""
    if block.verdict and block.verdict.rule in _LIGHT:
        return Facts(_LIGHT_WEIGHT, is_sentence=False, notice=None, reasons=block.verdict.rule)
    chars, links = block.chars, block.link_chars / block.chars
    pauses, stops = len(_PAUSE.findall(block.text)), len(_STOP.findall(block.text))
    notice = None if block.verdict else notice_rule(block.text)
    ends = _SENTENCE_END.search(block.text) is not None
    found = (
        ("length", _length_weight(chars)),
        ("punctuation", min(1.5, 0.35 * pauses + 0.5 * stops) if chars >= 8 else 0.0),
        ("sentence end", 1.0 if chars >= 6 and ends else 0.0),
        ("links", -3.0 if links > 0.6 else -1.5 if links > 0.25 and stops < 2 else 0.0),
        ("tag", _tag_weight(block.tag, chars)),
        ("hidden", -0.75 if "hidden:display:none" in block.marks else 0.0),
        ("caption", -2.0 if "caption" in block.marks else 0.0),
        ("speech", _speech_weight(block.text, ends=ends) if links <= 0.5 else 0.0),
        ("clause", 1.5 if links <= 0.25 and _CLAUSE.match(block.text) else 0.0),
        ("verdict", -4.0 if block.verdict else 0.0),
        ("notice", -4.0 if notice else 0.0),
    )
    is_sentence = chars >= _SENTENCE_CHARS and pauses + stops > 0 and links < 0.3
    return Facts(sum(w for _, w in found), is_sentence, notice, ", ".join(f"{name} {w:+g}" for name, w in found if w))


def _speech_weight(text: str, *, ends: bool) -> float:
    """``ends``: like a sentence, or a label."""
    return 2.0 if ends and is_speech(text) else 1.5 if is_lone_label(text) else 0.0


def element_hints(tree: Tree, sentence_chars: Sequence[float]) -> list[float]:
    """Beside each element what its names and tag, and those of the elements around it, say: -2.5 to 1.

    ``sentence_chars`` are the characters of sentences below each element.
    """
    large = _LARGE_SHARE * max(sentence_chars, default=0.0)
    hints: list[float] = []
    said: dict[str, int] = {" ": 0}  # lists repeat their names
    for element, parent, chars in zip(tree.elements, tree.parents, sentence_chars, strict=True):
        inherited = hints[parent] if parent >= 0 else 0.0
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if (sign := said.get(names)) is None:
            sign = said[names] = _sign_of_names(names)
        own = 0.4 if sign > 0 else -1.25 if sign < 0 and chars < large else 0.0
        if element.tag in _CHROME_TAGS and chars < large:
            own -= 1.25
        hints.append(max(-2.5, min(1.0, inherited + own)))
    return hints


def _length_weight(chars: int) -> float:
    if chars < 16:
        return -1.5 if chars < 8 else -0.75
    return 0.25 if chars < 40 else 1.25 if chars < 80 else 2.25


def _tag_weight(tag: str, chars: int) -> float:
    if tag == "p":
        return 0.75
    if tag == "option":
        return -4.0
    if tag in _HEADINGS:
        return -1.0 if chars < 25 else 0.0
    return -0.75 if tag in _LISTS else 0.0


def _sign_of_names(names: str) -> int:
    """1 for the names of an article's element, -1 for those of chrome, 0 for all others."""
    return 1 if _GOOD_CLASS.search(names) else -1 if _BAD_CLASS.search(names) else 0
