"""What a reader should get out of an article's pages."""

from collections.abc import Iterator, Sequence
from functools import partial

import msgspec

from crawler.replica.layouts import Layout
from crawler.replica.texts import Passage, Story
from crawler.replica.typeset import convert, lead_box, printed_story, split_pages

_PUBLISHED = {
    "minute": "%Y-%m-%dT%H:%M+08:00",
    "second": "%Y-%m-%dT%H:%M:%S+08:00",
    "dashed": "%Y-%m-%dT%H:%M:%S+08:00",
    "meta": "%Y-%m-%dT%H:%M:%S+08:00",
    "day": "%Y-%m-%d",
}


class Spoken(msgspec.Struct, frozen=True):
    """One turn of the dialogue as it should come out."""

    speaker: str
    role: str
    """``interviewer`` or ``guest``."""

    text: str
    """The words without the label; paragraphs joined by a line feed."""


class Truth(msgspec.Struct, frozen=True, kw_only=True):
    """What a crawl should make of one article."""

    url: str
    """First page, as the lists name it first; compare without the scheme."""

    urls: tuple[str, ...]
    """All pages in reading order."""

    title: str
    source: str | None
    editor: str | None
    author: str | None
    published: str | None
    """``YYYY-MM-DD``, ``YYYY-MM-DDThh:mm+08:00`` or with seconds, as the page gives it."""

    lead: str | None
    """The summary box, a broken entity at its end cut off."""

    paragraphs: tuple[str, ...]
    """The article's paragraphs in Simplified script, the introduction once."""

    turns: tuple[Spoken, ...]
    episode: int | None
    cases: tuple[str, ...]
    """What is special about the page, e.g. ``lead-cut``; see :attr:`crawler.replica.layouts.Layout.cases`."""

    original_title: str | None = None
    """Title as printed, of a Traditional page only."""

    original_paragraphs: tuple[str, ...] | None = None
    """Paragraphs as printed, of a Traditional page only."""


def truth_of(story: Story, layout: Layout, urls: Sequence[str]) -> Truth:
    """What should come out of the pages that :func:`render_article` makes of the same arguments."""
    story = printed_story(story, layout)
    passages = [passage for part in split_pages(story.passages, layout.pages) for passage in part]
    printed = tuple(passage.printed for passage in passages)
    simple = partial(convert, config="t2s") if layout.script == "Hant" else str
    box = lead_box(story.passages, layout)
    return Truth(
        url=urls[0],
        urls=tuple(urls),
        title=simple(story.title),
        source=None if layout.source == "none" else story.source,
        editor=None if layout.editor == "none" else story.editor,
        author=story.author if layout.author else None,
        published=story.moment.strftime(_PUBLISHED[layout.date]) if layout.date != "none" else None,
        lead=simple(box[1]) if box else None,
        paragraphs=tuple(map(simple, printed)),
        turns=tuple(Spoken(simple(turn.speaker), turn.role, simple(turn.text)) for turn in _turns(passages)),
        episode=story.episode,
        cases=layout.cases,
        original_title=story.title if layout.script == "Hant" else None,
        original_paragraphs=printed if layout.script == "Hant" else None,
    )


def _turns(passages: Sequence[Passage]) -> Iterator[Spoken]:
    open_turn: Spoken | None = None
    for passage in passages:
        if passage.kind == "more" and open_turn:
            open_turn = msgspec.structs.replace(open_turn, text=f"{open_turn.text}\n{passage.text}")
        elif passage.speaker and passage.role:
            if open_turn:
                yield open_turn
            open_turn = Spoken(passage.speaker, passage.role, passage.text)
    if open_turn:
        yield open_turn
