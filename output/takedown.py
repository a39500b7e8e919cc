"""``takedown.txt``: what stays out of every published file."""

import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from crawler.portal import Portal
from crawler.urls import article_id, article_url

_ID = re.compile(r"[0-9a-f]{16}")
_URL = re.compile(r"https?://\S+")


class TakedownError(ValueError):
    """A line of ``takedown.txt`` cannot be obeyed; the message names it and says how it is written."""


def read_takedowns(path: Path, portal: Portal) -> Mapping[str, str]:
    """The reason by article id; empty where there is no such file.

    A line is an id or URL, white space, and the reason; ``#`` begins a comment. Nothing is published while a line
    cannot be understood: it may name the very article that must not appear.

    :raises TakedownError: no UTF-8, or a line without id, URL or reason.
    """
    lines = enumerate(_read(path).splitlines(), 1)
    return dict(_parse_takedown(line, f"{path}:{number}", portal) for number, line in lines if _is_entry(line))


def _read(path: Path) -> str:
    """The text of the file; a link that leads nowhere is no missing file: what it named must not appear."""
    if not path.exists() and not path.is_symlink():
        return ""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise TakedownError(f"{path}: is not UTF-8; save it as UTF-8") from None


def _is_entry(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _parse_takedown(line: str, place: str, portal: Portal) -> tuple[str, str]:
    what, _, reason = line.strip().replace("\t", " ").partition(" ")
    if not reason.strip():
        raise TakedownError(f"{place}: no reason; write '<id or URL> <reason>'")
    if _ID.fullmatch(what):
        return what, reason.strip()
    with suppress(ValueError):  # e.g. http://[1
        if _URL.fullmatch(what):
            return article_id(article_url(what, portal).canonical), reason.strip()
    raise TakedownError(f"{place}: {what!r} is neither an id of 16 hex digits nor a URL; write '<id or URL> <reason>'")
