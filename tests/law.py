"""The law of cleaning, read from outside: kept and removed blocks of a page, in order, are its visible text.

Reads pages with the standard library's ``html.parser`` and records as plain JSON; imports nothing from ``cleaners``.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from html.parser import HTMLParser
from itertools import accumulate
from typing import Any
from urllib.parse import unquote

INVISIBLE = frozenset(
    "title script style template noscript textarea iframe noframes noembed audio video canvas applet svg math xml".split()
)

_ALL_DATA = re.compile(r"\ballData\s*=\s*(?=\{)")

_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|n|r|t|(.))", re.DOTALL)

# White space of any script, zero-width characters, C0 and C1 controls.
_UNSEEN = re.compile("[\\s\u200b\u2060\ufeff\x00-\x1f\x7f-\x9f]")


def visible_text(text: str) -> str:
    """All that a decoded page says to a reader, white space and invisible characters left out, in NFC.

    Of a page whose article sits in ``allData`` the fragments there, else the text nodes of the document.
    """
    return bare("".join(_article_data(text) or (_text_nodes(text),)))


def bare(text: str) -> str:
    """Text as the law compares it.

    >>> bare(" 乾安\\u3000县\\u200b\\n，e\\u0301") == "乾安县，é"
    True
    """
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text))


def broken_law(texts: Sequence[str], record: Mapping[str, Any], removed: Sequence[Mapping[str, Any]]) -> str:
    """What of the law a record and its removed blocks break, in one line; empty where it holds.

    ``texts`` are the article's decoded pages in order, ``record`` and ``removed`` the JSON as published.
    """
    kept = (record["original"] or record)["text"].split("\n")
    if len(kept) != len(record["blocks"]) or len(kept) != len(record["text"].split("\n")):
        return f"{len(kept)} paragraphs stand in {len(record['blocks'])} blocks"
    if record["removed"] != len(removed):
        return f"removed is {record['removed']}, removed.jsonl has {len(removed)} lines"
    placed = [*zip(map(tuple, record["blocks"]), kept, strict=True)]
    placed += [((line["page"], line["block"]), line["text"]) for line in removed]
    placed.sort()
    for page, text in enumerate(texts):
        numbers = [block for (at, block), _ in placed if at == page]
        if numbers != list(range(len(numbers))):
            return f"page {page}: its blocks are {numbers}"
        if problem := _page_problem(text, [bare(words) for (at, _), words in placed if at == page]):
            return f"page {page}: {problem}"
    return "" if all(0 <= page < len(texts) for (page, _), _ in placed) else "a block stands on a page that is none"


def _page_problem(text: str, blocks: Sequence[str]) -> str:
    """Of a page that shows no article the words of its scripts may stand behind all that it shows."""
    visible = visible_text(text)
    shown = next((n for n, length in enumerate(accumulate(map(len, blocks)), 1) if length >= len(visible)), len(blocks))
    shown = 0 if not visible else shown
    if problem := difference(visible, "".join(blocks[:shown])):
        return problem
    at, held = 0, _scripted_text(text) if blocks[shown:] else ""
    for block in blocks[shown:]:
        if (found := held.find(block, at)) < 0:
            return f"{block[:40]!r} stands neither on the page nor, in order, in its scripts"
        at = found + len(block)
    return ""


def difference(page: str, ours: str) -> str:
    """Where two texts part, in one line; empty where they are equal."""
    if page == ours:
        return ""
    at = next((i for i, (a, b) in enumerate(zip(page, ours, strict=False)) if a != b), min(len(page), len(ours)))
    near = slice(max(0, at - 20), at + 20)
    return f"character {at} of {len(page)}: the page has {page[near]!r}, kept and removed {ours[near]!r}"


class _Reader(HTMLParser):
    """Text nodes with no invisible element above them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.above: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in INVISIBLE:
            self.above.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.above:
            while self.above.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self.above:
            self.pieces.append(data)


class _Scripts(_Reader):
    """What stands in the elements that hold text which only scripts show."""

    def handle_data(self, data: str) -> None:
        if self.above and self.above[0] in ("script", "textarea", "noscript"):
            self.pieces.append(data)


def _scripted_text(text: str) -> str:
    """The words in the page's scripts: escapes read, percent-encoding too, tags taken out."""
    reader = _Scripts()
    reader.feed(text)
    held = "".join(unquote(piece) if piece.lstrip().startswith("%") else piece for piece in reader.pieces)
    for _ in range(3):
        held = _ESCAPE.sub(_read_escape, held)
        held = unescape(held)
    return bare(re.sub("<[^<>]*>", "", held))


def _read_escape(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else found[3] or " "


def _text_nodes(text: str) -> str:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return "".join(reader.pieces)


def _article_data(text: str) -> tuple[str, ...]:
    """The text of each piece of HTML in the first ``allData`` that has any; pictures of a slide page by their description."""
    for found in _ALL_DATA.finditer(text):
        try:
            data, _ = json.JSONDecoder(strict=False).raw_decode(text, found.end())
        except ValueError:
            continue
        if pieces := tuple(map(_text_nodes, _pieces(data))):
            return pieces
    return ()


def _pieces(data: Any) -> Iterator[str]:
    content = (data.get("docData") or {}).get("contentData") or {}
    for part in content.get("contentList") or ():
        if part.get("type", "text") == "text":
            yield part["data"]
    for image in content.get("image") or ():
        yield image["description"]
