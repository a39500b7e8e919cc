"""Source, author and editor of an article that only the page's scripts hold, as the fields beside its text name them."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from cleaners.byline import is_outlet
from cleaners.document import Document

_KEYS = {
    "source": r"source|source_?name|article-source-name|media_?name",
    "author": r"author|author_?name|article-author|nick_?name|display_?name",
    "editor": r"editor|editor_?name|article-editor-name",
}
# 「"author":{"name":"…"}」, 「source: '…'」, 「<textarea class="article-author">…」
_VALUES = {
    name: re.compile(
        rf"""(?<![\w-])(?:{keys})["']?\s{{0,4}}[:>]\s{{0,4}}(?:\{{[^{{}}]{{0,80}}?["']?name["']?\s{{0,4}}:\s{{0,4}})?["']?(?P<value>[^"'\n<>{{}}\[\],:/]{{2,20}})(?:["'<]|$)""",
        re.IGNORECASE,
    )
    for name, keys in _KEYS.items()
}
_HAN = re.compile("[\u3400-\u9fff]")
_PERCENT = "%22"


def find_in_scripts(document: Document, name: str) -> str:
    """The value of ``source``, ``author`` or ``editor``, where the article stands in scripts and they know of one only."""
    if not any(document.prefixes) or document.embedded or document.root is None:
        return ""
    found = dict.fromkeys(value for text in _texts(document) for one in _VALUES[name].finditer(text) if (value := _value(one)))
    return next(iter(found)) if len(found) == 1 and (name == "source" or not is_outlet(next(iter(found)))) else ""


def _texts(document: Document) -> Iterator[str]:
    for holder in document.root.iter("script", "textarea") if document.root is not None else ():
        text = f"{holder.get('class') or ''}>{holder.text or ''}"
        yield unquote(text) if text.count(_PERCENT) > 1 else text


def _value(found: re.Match[str]) -> str:
    value = found["value"].strip()
    return value if _HAN.search(value) else ""
