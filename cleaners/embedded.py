"""The article that a page carries as data: ``var allData = {…}`` of the ifeng group's modern pages."""

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

_ASSIGNMENT = re.compile(r"\ballData\s*=\s*(?=\{)")

# A page has one or two. Each that is no JSON costs its distance from the page's beginning, so they must be bounded.
_MAX_ASSIGNMENTS = 16


class Fragment(NamedTuple):
    """One piece of HTML inside the data."""

    path: str
    """Where it stands, e.g. ``docData.contentData.contentList[0].data``."""

    html: str


class Embedded(NamedTuple):
    """What the data says of the article; empty strings where it is silent."""

    title: str
    published: str
    source: str
    author: str
    editor: str
    column: str
    fragments: tuple[Fragment, ...]


def find_embedded(text: str) -> Embedded | None:
    """The article in the page's ``allData``, or None where there is none.

    Read with a JSON decoder from the brace on: a pattern that looks for ``};`` stops at one inside a string.
    """
    if "allData" not in text:  # fifty times faster than to let the expression find out
        return None
    for found in islice(_ASSIGNMENT.finditer(text), _MAX_ASSIGNMENTS):
        try:
            data, _ = json.JSONDecoder(strict=False).raw_decode(text, found.end())
        except (ValueError, RecursionError):
            continue
        if (document := _table(data, "docData")) and (fragments := tuple(_fragments(_table(document, "contentData")))):
            return _embedded(document, fragments)
    return None


def _embedded(document: dict[str, Any], fragments: tuple[Fragment, ...]) -> Embedded:
    return Embedded(
        title=_string(document, "title"),
        published=_string(document, "newsTime") or _string(document, "createTime"),
        source=_string(document, "source"),
        author=_string(document, "author"),
        editor=_string(document, "editorName"),
        column=_string(_table(document, "fhhAccountDetail"), "catename"),
        fragments=fragments,
    )


def _fragments(content: dict[str, Any]) -> Iterator[Fragment]:
    """Text pieces of an article, or the picture descriptions of a slide page."""
    base = "docData.contentData"
    for number, part in enumerate(_list(content, "contentList")):
        if isinstance(part, dict) and part.get("type", "text") == "text" and isinstance(part.get("data"), str):
            yield Fragment(f"{base}.contentList[{number}].data", part["data"])
    for number, image in enumerate(_list(content, "image")):
        if isinstance(image, dict) and isinstance(image.get("description"), str):
            yield Fragment(f"{base}.image[{number}].description", image["description"])


def _table(data: Any, key: str) -> dict[str, Any]:
    value = data.get(key) if isinstance(data, dict) else None
    return value if isinstance(value, dict) else {}


def _list(data: dict[str, Any], key: str) -> list[Any]:
    value = data.get(key)
    return value if isinstance(value, list) else []


def _string(data: dict[str, Any], key: str) -> str:
    value = data.get(key)
    return value.strip() if isinstance(value, str) else ""
