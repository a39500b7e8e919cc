"""Control characters as pictures: what pages say must not command a terminal or vanish in a browser."""

from collections.abc import Mapping

_DELETE = 0x7F
_PICTURES: Mapping[int, str] = {
    **{point: chr(0x2400 + point) for point in range(0x20) if chr(point) not in "\n\t"},
    _DELETE: "\u2421",
    **dict.fromkeys(range(0x80, 0xA0), "\ufffd"),
}


def visible(text: str) -> str:
    """The text, its control characters but line feeds and tabs as pictures.

    >>> visible("a\\x1b[2J")
    'a␛[2J'
    """
    return text.translate(_PICTURES)
