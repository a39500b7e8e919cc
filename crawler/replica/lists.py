"""The list pages: which items stand on which page, and in what order."""

from collections.abc import Sequence
from typing import Literal

import msgspec

from crawler.replica.chrome import HOST, Chrome
from crawler.replica.pages import page_fields, template

LIST_URL = f"http://{HOST}/listpage/80001/{{page}}/list.shtml"

Outcome = Literal["article", "gone", "soft-gone", "forbidden", "no-article", "foreign", "other"]
"""What a listed URL leads to; ``other`` is an article that belongs to no series."""


class Entry(msgspec.Struct, frozen=True):
    """A place in the lists. Its title is made only when its page is."""

    url: str
    number: int
    """Of the article; what is no article of the series has a number below zero."""

    outcome: Outcome = "article"


class Item(msgspec.Struct, frozen=True):
    """One item as printed."""

    title: str
    url: str
    summary: str
    date: str
    source: str
    pinned: bool = False


def list_pages(entries: Sequence[Entry], *, per_page: int) -> tuple[tuple[Entry, ...], ...]:
    """The entries of each page. Every even page begins with the last entry of the page before, as after a shift."""
    starts = range(0, max(len(entries), 1), per_page)
    return tuple(tuple(entries[start - (1 if number % 2 else 0) : start + per_page]) for number, start in enumerate(starts))


def render_list(items: Sequence[Item], chrome: Chrome, *, number: int, pages: int) -> str:
    """One list page; ``number`` counts from 1. On the last page the link to the next leads nowhere."""
    near = range(max(1, number - 4), min(pages, number + 5) + 1)
    fields = page_fields(chrome, LIST_URL.format(page=number))
    return template("list.html").render({**fields, "items": items, "number": number, "pages": pages, "near": near})
