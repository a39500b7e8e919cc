"""Records for people: a text file an article, and a table that Excel opens."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping

from cleaners.article import Record

BOM = "\ufeff"  # without it Excel reads UTF-8 as the machine's old code page, on a Chinese Windows as GBK

_CELL = 32_000  # Excel cuts a cell at 32,767 characters and spills the rest over the rows below
_TEXT_CELLS = ("text", "text_2", "text_3", "text_4")
_CUT = "〔cut here: Excel takes no more; the whole text stands in the JSONL〕"
# A cell that Excel would compute (OWASP's list, with the full-width signs a Chinese Excel takes too), or round to a number.
_COMPUTED = re.compile(r"[=+\-@\t\r＝＋－＠]|\d{16}|\d+[eE]\d+$")


def render_text(record: Record) -> str:
    """The article as a plain text file: headline, one line on where it is from, and its paragraphs, blank lines between."""
    origin = "  ".join(part for part in (record.source, record.published, record.url, f"id {record.id}") if part)
    return "\n\n".join((record.title or "", origin, *record.text.split("\n"))).lstrip("\n") + "\n"


def text_name(record: Record) -> str:
    """The name of the article's text file: by date, then id, so that a folder sorts as the corpus does.

    The id and not the headline: a headline may hold what no file name may.
    """
    return f"{(record.published or 'undated')[:10]}_{record.id}.txt"


def render_csv(records: Iterable[Record]) -> Iterator[str]:
    """A table with a header and a row an article, line by line; begin the file with :data:`BOM`.

    Line ends are CRLF, line feeds inside a cell are quoted. A cell that a spreadsheet would compute or round gets an
    apostrophe in front. A text of more than 32,000 characters goes on in ``text_2`` to ``text_4``.
    """
    buffer = io.StringIO()
    table = csv.DictWriter(buffer, _COLUMNS, lineterminator="\r\n")
    table.writeheader()
    yield _taken(buffer)
    for record in records:
        table.writerow({name: _safe(cell) for name, cell in _row(record).items()})
        yield _taken(buffer)


def _row(record: Record) -> Mapping[str, str]:
    return {
        "id": record.id,
        "title": record.title or "",
        "subtitle": record.subtitle or "",
        "column": record.column or "",
        "episode": str(record.episode or ""),
        "published": record.published or "",
        "source": record.source or "",
        "author": record.author or "",
        "reporters": "、".join(record.reporters),
        "correspondents": "、".join(record.correspondents),
        "editor": record.editor or "",
        "place": record.place or "",
        "speakers": "、".join(speaker.name for speaker in record.speakers),
        "turns": str(len(record.turns)),
        "paragraphs": str(len(record.blocks)),
        "url": record.url or "",
        **_text_cells(record.text),
    }


_COLUMNS = (
    *("id", "title", "subtitle", "column", "episode", "published", "source", "author", "reporters", "correspondents"),
    *("editor", "place", "speakers", "turns", "paragraphs", "url", *_TEXT_CELLS),
)


def _text_cells(text: str) -> Mapping[str, str]:
    whole = text if len(text) <= _CELL * len(_TEXT_CELLS) else text[: _CELL * len(_TEXT_CELLS) - len(_CUT)] + _CUT
    return {name: whole[_CELL * number : _CELL * (number + 1)] for number, name in enumerate(_TEXT_CELLS)}


def _safe(cell: str) -> str:
    """The cell as a spreadsheet may read it.

    >>> _safe("=1+1"), _safe("1234567890123456"), _safe("2018-11-13")
    ("'=1+1", "'1234567890123456", '2018-11-13')
    """
    return f"'{cell}" if _COMPUTED.match(cell) else cell


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
