"""A story in the form of its page: width and script, page breaks, summary box, the inside of a paragraph."""

import html
import re
from collections.abc import Sequence
from functools import cache, partial

import msgspec
import opencc
from markupsafe import Markup, escape

from crawler.replica.layouts import Layout
from crawler.replica.texts import Passage, Story, halve

_SENTENCE_END = re.compile(r"[。！？!?]”?")
_ENTITIES = {"“": "&ldquo;", "”": "&rdquo;", "…": "&hellip;"}
_BOX_CHARS = 96
_LONG_SPEECH = 100


def printed_story(story: Story, layout: Layout) -> Story:
    """The story in the width and script of its page."""
    passages = story.passages
    if layout.width == "half":
        passages = tuple(msgspec.structs.replace(p, text=halve(p.text), colon=":") for p in passages)
    if layout.script == "Hans":
        return msgspec.structs.replace(story, passages=passages)
    traditional = partial(convert, config="s2t")
    passages = tuple(
        msgspec.structs.replace(p, text=traditional(p.text), speaker=traditional(p.speaker) if p.speaker else None)
        for p in passages
    )
    return msgspec.structs.replace(story, title=traditional(story.title), passages=passages)


def split_pages(passages: Sequence[Passage], pages: int) -> tuple[tuple[Passage, ...], ...]:
    """The passages of each page. Each break falls inside a long speech, whose rest is a paragraph of its own."""
    if pages == 1:
        return (tuple(passages),)
    wanted = len(passages) * (pages - 1) // pages
    long = [at for at, passage in enumerate(passages) if passage.kind == "speech" and len(passage.text) >= _LONG_SPEECH]
    at = min(long, key=lambda index: abs(index - wanted))
    head, rest = _break_speech(passages[at])
    return (*split_pages((*passages[:at], head), pages - 1), (rest, *passages[at + 1 :]))


def lead_box(passages: Sequence[Passage], layout: Layout) -> tuple[Markup, str] | None:
    """The summary box as HTML, and its text without a broken entity at its end; None for a page without one."""
    if layout.lead == "none":
        return None
    if layout.lead == "exact":
        return escape(passages[0].printed), passages[0].printed
    first = 0 if layout.lead == "cut" else next(at for at, passage in enumerate(passages) if passage.kind == "speech")
    whole = "".join(passage.printed for passage in passages[first:])
    cut = _cut_at(whole, layout.entity)
    broken = f"&{layout.entity}"[:-2] if layout.entity else ""
    return Markup(_with_entities(whole[:cut]) + broken), whole[:cut]  # noqa: S704 -- escaped where it is made


def paragraph_html(passage: Passage, layout: Layout) -> Markup:
    """One paragraph's inner HTML."""
    text = escape(passage.text)
    if passage.kind == "subhead":
        return Markup("<strong>{}</strong>").format(text)
    if not passage.speaker:
        return text
    styles = {"plain": "{}{}{}", "bold": "<strong>{}{}</strong>{}", "bold-name": "<b>{}</b>{}{}"}
    return Markup(styles[layout.labels]).format(passage.speaker, passage.colon, text)  # noqa: S704 -- three constants


def convert(text: str, config: str) -> str:
    """``text`` by OpenCC's conversion called ``config``, e.g. ``s2t``."""
    return str(_converter(config).convert(text))


def _break_speech(passage: Passage) -> tuple[Passage, Passage]:
    """A speech in two paragraphs, broken at the sentence end nearest to its middle."""
    ends = [found.end() for found in _SENTENCE_END.finditer(passage.text)]
    at = min(ends, key=lambda end: abs(end - len(passage.text) // 2))
    return msgspec.structs.replace(passage, text=passage.text[:at]), Passage(passage.text[at:], "more")


def _cut_at(text: str, entity: str) -> int:
    """Where the box ends: about a hundred characters in, at the first such entity if one is wanted."""
    if not entity:
        return min(_BOX_CHARS, len(text))
    character = html.unescape(f"&{entity};")
    return text.index(character, 40)


def _with_entities(text: str) -> str:
    return "".join(_ENTITIES.get(character) or html.escape(character) for character in text)


@cache
def _converter(config: str) -> opencc.OpenCC:
    """Loading the dictionaries is what costs."""
    return opencc.OpenCC(config)
