"""The corpora that are compared: listed, read in pieces of lines, and single articles read again by their place."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec

from output.corpus import CorpusError, line_problem

STDIN = "-"
"""Label of the corpus that came from stdin."""

_PIECE = 1 << 22  # bytes of a piece of work: some 400 articles
_GZIP = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"  # Windows editors put one in front of the first line


class CorporaError(ValueError):
    """The corpora cannot be compared; the message says which, and what to do."""


class Corpus(msgspec.Struct, frozen=True):
    """One file of articles."""

    label: str
    """What reports call it: the path as given, without ``/articles.jsonl``."""

    path: Path
    """The file."""

    size: int
    """Its length in bytes."""

    @property
    def name(self) -> str:
        """What messages about its lines call it."""
        return STDIN if self.label == STDIN else str(self.path)


class Piece(msgspec.Struct, frozen=True):
    """The lines of a corpus that begin in [start, end)."""

    corpus: int
    """Number of the corpus, from 0."""

    path: Path
    """Its file."""

    start: int
    """Offset in bytes."""

    end: int
    """Offset in bytes."""


class Text(msgspec.Struct, frozen=True):
    """What dedup needs of an article; the other fields of the line are not looked at."""

    id: str
    """Id of the article."""

    text: str
    """Its paragraphs, joined by a line feed."""

    title: str | None = None
    """The headline."""

    source: str | None = None
    """来源."""

    published: str | None = None
    """When it was published, as in the record."""

    url: str | None = None
    """URL as fetched."""


class Line(msgspec.Struct, frozen=True):
    """One line of a corpus."""

    offset: int
    """Where it begins in its file, in bytes."""

    article: Text | None
    """The article; None where the line is blank or cannot be read."""

    problem: str = ""
    """Why it cannot be read; empty where it can, or is blank."""


def list_corpora(paths: Iterable[Path]) -> tuple[Corpus, ...]:
    """The corpora sorted by label, so that the order of the arguments means nothing. A folder stands for its ``articles.jsonl``.

    :raises CorporaError: there is no such file, or it is given twice.
    """
    corpora = sorted((_corpus(path) for path in paths), key=lambda corpus: corpus.label)
    label_by_file: dict[Path, str] = {}
    for corpus in corpora:
        if (other := label_by_file.setdefault(corpus.path.resolve(), corpus.label)) != corpus.label or corpora.count(corpus) > 1:
            raise CorporaError(f"{corpus.label} and {other} are the same file; give it once")
    return tuple(corpora)


def cut_pieces(corpora: Sequence[Corpus], size: int = _PIECE) -> Iterator[Piece]:
    """All corpora in pieces of about ``size`` bytes, in order."""
    for number, corpus in enumerate(corpora):
        for start in range(0, corpus.size, size):
            yield Piece(number, corpus.path, start, min(start + size, corpus.size))


def read_piece(piece: Piece) -> Iterator[Line]:
    """The lines of the piece, blank ones too."""
    decoder = msgspec.json.Decoder(Text)
    with piece.path.open("rb") as file:
        offset = _first_line(file, piece.start)
        while offset < piece.end and (line := file.readline()):
            yield _read_line(line, offset, decoder)
            offset += len(line)


def read_texts(path: Path, offsets: Iterable[int]) -> Mapping[int, Text]:
    """The articles that begin at these offsets, by offset.

    :raises CorpusError: there is none any more.
    """
    decoder = msgspec.json.Decoder(Text)
    try:
        with path.open("rb") as file:
            return {offset: decoder.decode(_line_at(file, offset)) for offset in sorted(offsets)}
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise CorpusError(f"{path} changed while it was compared; run the command again") from None


def _corpus(path: Path) -> Corpus:
    file = path / "articles.jsonl" if path.is_dir() else path
    if problem := _file_problem(file):
        raise CorporaError(f"{path} holds no articles.jsonl" if path.is_dir() else f"{path} {problem}")
    label = str(file.parent) if file.name == "articles.jsonl" and file.parent != Path() else str(file)
    return Corpus(label, file, file.stat().st_size)


def _file_problem(file: Path) -> str | None:
    """Why there is nothing to read from the file in pieces."""
    if not file.exists():
        return "does not exist"
    if not file.is_file():
        return "is no regular file; pipe it in: fangtan dedup - < FILE"
    with file.open("rb") as opened:
        return "is compressed; pipe it in: zcat FILE | fangtan dedup -" if opened.read(2) == _GZIP else None


def _first_line(file: BinaryIO, start: int) -> int:
    """The offset of the first line that begins at ``start`` or after it; the file is left there."""
    if start:
        file.seek(start - 1)
        file.readline()
    return file.tell()


def _read_line(line: bytes, offset: int, decoder: msgspec.json.Decoder[Text]) -> Line:
    if not line.strip():
        return Line(offset, None)
    try:
        return Line(offset, decoder.decode(line.removeprefix(_BOM)))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        return Line(offset, None, line_problem(error))


def _line_at(file: BinaryIO, offset: int) -> bytes:
    file.seek(offset)
    return file.readline().removeprefix(_BOM)
