"""Bytes to text: the encoding of a page, whatever it declares."""

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from resiliparse.parse.encoding import detect_encoding
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding

from cleaners.article import CleaningError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

# What a label means on a Chinese page: the superset in use. Python's gb2312 reads A1AA as U+2015, gb18030 as U+2014.
_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "cp950": "big5hkscs",
    "cp936": "gb18030",
}
# Codecs of Python that are no encoding of a page; a label may name them all the same.
_NO_CHARSETS = frozenset("idna punycode undefined unicode-escape raw-unicode-escape utf-7 mbcs oem".split())
_SINGLE_BYTE = re.compile(r"cp125\d|latin|iso8859|ascii|koi8|mac|cp437|cp85\d|cp874|tis")

# A share of broken sequences under which a page is UTF-8 with a few torn characters: a cut excerpt, a pasted byte.
_UTF8_TORN = 0.02

# So much of a page tells what it is.
_SAMPLE_BYTES = 16384

# Lead bytes of the characters in daily use: level 1 of GB 2312, the frequent plane of Big5.
_LEVEL_1 = {"gb18030": (0xB0, 0xD7), "big5hkscs": (0xA4, 0xC6)}

_WIDE = re.compile("[\u3040-\u9fff\ue000-\ufaff]")

# NUL and other controls that no page needs: an image or an archive has many, a mis-typed page a few.
_CONTROL = re.compile("[\\x00-\\x08\\x0e-\\x1f]")
_CONTROL_SHARE = 0.01
_MOJIBAKE_SHARE = 0.001


class Decoded(NamedTuple):
    """A page as text."""

    text: str
    """NUL taken out; everything else as decoded."""

    encoding: str
    """Python's name of the codec."""

    replacements: int
    """U+FFFD characters in ``text``."""


def decode(body: bytes, content_type: str = "") -> Decoded:
    """The text of a page: BOM, valid UTF-8, what header or ``<meta>`` declare, detection, GB18030, in this order.

    >>> decode("他说——好".encode("gb18030"), "text/html; charset=gb2312").text == "他说\\u2014\\u2014好"
    True

    :raises CleaningError: ``empty``, ``binary``, or ``mojibake`` where more than 1 character in 1,000 is broken.
    """
    if not body.strip():
        raise CleaningError("empty", "the file holds nothing; fetch it again")
    bom, encoding = next(((bom, name) for bom, name in _BOMS if body.startswith(bom)), (b"", ""))
    encoding = encoding or _encoding(body, content_type)
    text = body[len(bom) :].decode(encoding, "replace")
    if len(_CONTROL.findall(text)) > len(text) * _CONTROL_SHARE:
        raise CleaningError("binary", "this is no text; hand in HTML pages, WARC or WACZ files")
    replacements = text.count("\ufffd")
    if replacements > max(1, len(text) * _MOJIBAKE_SHARE):
        raise CleaningError("mojibake", f"{replacements} characters are broken in {encoding}; fetch the page again")
    return Decoded(text.replace("\0", ""), encoding, replacements)


def _encoding(body: bytes, content_type: str) -> str:
    if _decodes(body, "utf-8") or _is_torn_utf8(body):
        return "utf-8"
    detected = _superset(detect_encoding(body) or "")
    for declared in _declared(body, content_type):
        if _decodes(body, declared) and not _contradicts(body, declared, detected):
            return declared
    if detected and not _SINGLE_BYTE.match(detected) and _decodes(body, detected):
        return detected
    if detected and not _is_double_byte(body):
        return detected
    return "gb18030"


def _declared(body: bytes, content_type: str) -> Iterator[str]:
    for name in (http_content_type_encoding(content_type), html_body_declared_encoding(body)):
        if name and name != "utf-8":
            yield _superset(name)


def _superset(name: str) -> str:
    try:
        canonical = codecs.lookup(name).name
    except LookupError:
        return ""
    return "" if canonical.replace("_", "-") in _NO_CHARSETS else _SUPERSETS.get(canonical, canonical)


def _decodes(body: bytes, encoding: str) -> bool:
    try:
        body.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _is_torn_utf8(body: bytes) -> bool:
    """Whether nearly all of the multi-byte sequences are UTF-8; in a GBK page nearly none is."""
    start = next(re.finditer(rb"[\x80-\xff]", body)).start()  # there is one, else the page were ASCII and valid
    text = body[start : start + _SAMPLE_BYTES].decode("utf-8", "replace")
    wide = sum(1 for char in text if char > "\u07ff")
    return 0 < text.count("\ufffd") <= wide * _UTF8_TORN


def _contradicts(body: bytes, declared: str, detected: str) -> bool:
    """Whether the bytes are plainly something else than declared, though they decode as it."""
    if _SINGLE_BYTE.match(declared):
        return _is_double_byte(body)
    if detected == declared or detected not in _LEVEL_1 or declared not in _LEVEL_1:
        return False
    return _everyday(body, detected) > _everyday(body, declared) + 0.1


def _is_double_byte(body: bytes) -> bool:
    """Whether high bytes come in runs, as in GBK and Big5; accents of a European page stand alone."""
    runs = re.findall(rb"[\x80-\xff]+", body)
    return sum(len(run) for run in runs if len(run) > 1) >= 0.8 * sum(map(len, runs))


def _everyday(body: bytes, encoding: str) -> float:
    """Share of the wide characters that are in daily use, read as ``encoding``; 0 where it does not decode.

    Big5 read as GB 18030 gives private-use characters, kana and bopomofo among rare hanzi: they count as wide.
    """
    low, high = _LEVEL_1[encoding]
    try:
        leads = [char.encode(encoding)[0] for char in _WIDE.findall(body.decode(encoding))]
    except UnicodeDecodeError:
        return 0.0
    return sum(low <= lead <= high for lead in leads) / len(leads) if leads else 0.0
