"""Normal form of a paragraph."""

import unicodedata


def normalize_paragraph(text: str) -> str:
    """NFC, never NFKC, which would turn ， into a comma; white space and invisible characters went with the walk.

    >>> normalize_paragraph("访谈，第１期")
    '访谈，第１期'
    """
    return unicodedata.normalize("NFC", text)
