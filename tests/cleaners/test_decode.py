"""Bytes to text, byte by byte."""

import codecs
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaners.article import CleaningError
from cleaners.decode import decode

HANS = "今天的访谈在长春举行，嘉宾介绍了县城的供热、道路和停车情况。记者了解到，改造从四月开始，十月完工。"
HANT = "今天的訪談在臺北舉行，來賓介紹了縣城的供熱、道路與停車情況。記者瞭解到，改造從四月開始，十月完工。"
FRENCH = "L'été dernier, les élèves de la région ont visité le château à pied; c'était très animé."
META = '<meta http-equiv="Content-Type" content="text/html; charset={}">'
HTML5 = '<meta charset="{}">'


def html(text: str, charset: str = "", *, head: str = META) -> str:
    return f"<html><head>{head.format(charset) if charset else ''}</head><body><p>{text}</p></body></html>"


# name: bytes, Content-Type, a text that must be in it, codec
CASES: dict[str, tuple[bytes, str, str, str]] = {
    "utf-8": (html(HANS, "utf-8").encode(), "text/html; charset=utf-8", HANS, "utf-8"),
    "utf-8-undeclared": (html(HANS).encode(), "", HANS, "utf-8"),
    "utf-8-short": ("好".encode(), "", "好", "utf-8"),
    "utf-8-declared-gb2312": (html(HANS, "gb2312").encode(), "text/html; charset=gb2312", HANS, "utf-8"),
    "utf-8-declared-big5": (html(HANT, "big5").encode(), "text/html; charset=big5", HANT, "utf-8"),
    "utf-8-declared-latin-1": (html(HANS).encode(), "text/html; charset=ISO-8859-1", HANS, "utf-8"),
    "utf-8-bom": (codecs.BOM_UTF8 + html(HANS, "gbk").encode(), "text/html; charset=gbk", HANS, "utf-8"),
    "utf-8-rare": (html("𠮷野家的于镇通").encode(), "", "𠮷野家", "utf-8"),
    "utf-8-french": (html(FRENCH).encode(), "", FRENCH, "utf-8"),
    "ascii": (b"<p>hello</p>", "", "hello", "utf-8"),
    "ascii-declared-gbk": (b"<p>hello</p>", "text/html; charset=gbk", "hello", "utf-8"),
    "utf-8-torn-byte": (html(HANS * 40).encode() + b"\xe4\xbd", "", HANS, "utf-8"),
    "utf-8-torn-in-the-middle": (html(HANS * 20 + "X" + HANS * 20).encode().replace(b"X", b"\xe4"), "", HANS, "utf-8"),
    "utf-16-le-bom": (codecs.BOM_UTF16_LE + html(HANS).encode("utf-16-le"), "", HANS, "utf-16-le"),
    "utf-16-be-bom": (codecs.BOM_UTF16_BE + html(HANS).encode("utf-16-be"), "", HANS, "utf-16-be"),
    "utf-16-le-bom-declared-gbk": (
        codecs.BOM_UTF16_LE + html(HANS, "gbk").encode("utf-16-le"),
        "text/html; charset=gbk",
        HANS,
        "utf-16-le",
    ),
    "utf-32-le-bom": (codecs.BOM_UTF32_LE + html(HANS).encode("utf-32-le"), "", HANS, "utf-32-le"),
    "utf-32-be-bom": (codecs.BOM_UTF32_BE + html(HANS).encode("utf-32-be"), "", HANS, "utf-32-be"),
    "gb18030-bom": (b"\x84\x31\x95\x33" + html(HANS).encode("gb18030"), "", HANS, "gb18030"),
    "gbk-header": (html(HANS).encode("gbk"), "text/html; charset=gbk", HANS, "gb18030"),
    "gbk-header-quoted": (html(HANS).encode("gbk"), 'text/html; charset="GBK"', HANS, "gb18030"),
    "gbk-meta": (html(HANS, "gbk").encode("gbk"), "", HANS, "gb18030"),
    "gbk-html5-meta": (html(HANS, "gbk", head=HTML5).encode("gbk"), "", HANS, "gb18030"),
    "gb2312-meta": (html(HANS, "gb2312").encode("gbk"), "text/html", HANS, "gb18030"),
    "gb2312-dash-and-dot": (html("他说——阿迪力·买买提", "gb2312").encode("gb18030"), "", "他说——阿迪力·买买提", "gb18030"),
    "gbk-as-cp936": (html(HANS).encode("gbk"), "text/html; charset=cp936", HANS, "gb18030"),
    "gbk-undeclared": (html(HANS).encode("gbk"), "", HANS, "gb18030"),
    "gbk-declared-utf-8": (html(HANS, "utf-8").encode("gbk"), "text/html; charset=utf-8", HANS, "gb18030"),
    "gbk-declared-latin-1": (html(HANS, "iso-8859-1").encode("gbk"), "text/html; charset=ISO-8859-1", HANS, "gb18030"),
    "gbk-declared-cp1252": (html(HANS, "windows-1252").encode("gbk"), "", HANS, "gb18030"),
    "gbk-declared-cp1251": (html(HANS, "windows-1251").encode("gbk"), "", HANS, "gb18030"),
    "gbk-declared-nonsense": (html(HANS, "chinese-simple").encode("gbk"), "text/html; charset=xyz", HANS, "gb18030"),
    "gbk-beyond-gb2312": (html("朱镕基、喆、堃，" + HANS, "gb2312").encode("gbk"), "", "朱镕基、喆、堃", "gb18030"),
    "gbk-short": ("好的，感谢。".encode("gbk"), "", "好的，感谢。", "gb18030"),
    "gb18030-four-byte": (html("㐂㑇䶮𠮷" + HANS, "gbk").encode("gb18030"), "", "㐂㑇䶮𠮷", "gb18030"),
    "gb18030-undeclared": (html("䶮" + HANS).encode("gb18030"), "", "䶮", "gb18030"),
    "gbk-euro": (html("€5，" + HANS).encode("gb18030"), "text/html; charset=gb2312", "€5", "gb18030"),
    "traditional-in-gbk": (html(HANT, "gbk").encode("gbk"), "", HANT, "gb18030"),
    "big5-meta": (html(HANT, "big5").encode("big5"), "", HANT, "big5hkscs"),
    "big5-header": (html(HANT).encode("big5"), "text/html; charset=Big5", HANT, "big5hkscs"),
    "big5-undeclared": (html(HANT * 3).encode("big5"), "", HANT, "big5hkscs"),
    "big5-hkscs": (html("啲嘢喺邊度？" + HANT, "big5").encode("big5hkscs"), "", "啲嘢喺邊度？", "big5hkscs"),
    "big5-declared-gbk": (html(HANT * 3, "gbk").encode("big5"), "text/html; charset=gbk", HANT, "big5hkscs"),
    "gbk-declared-big5": (html(HANS * 3, "big5").encode("gbk"), "", HANS, "gb18030"),
    "header-right-meta-wrong": (html(HANS * 3, "big5").encode("gbk"), "text/html; charset=gb2312", HANS, "gb18030"),
    "header-wrong-meta-right": (html(HANS * 3, "gb2312").encode("gbk"), "text/html; charset=big5", HANS, "gb18030"),
    "header-latin-meta-gbk": (html(HANS, "gb2312").encode("gbk"), "text/html; charset=iso-8859-1", HANS, "gb18030"),
    "latin-1-french": (html(FRENCH, "iso-8859-1").encode("latin-1"), "", FRENCH, "cp1252"),
    "cp1252-french-quotes": (html("« été » — 5 € ’ " + FRENCH, "windows-1252").encode("cp1252"), "", FRENCH, "cp1252"),
    "one-nul": (html(HANS * 3).encode() + b"\0", "", HANS, "utf-8"),
    "nul-inside": (html("今天\0的访谈" + HANS * 3).encode(), "", "今天的访谈", "utf-8"),
}


@pytest.mark.parametrize(("body", "kind", "text", "encoding"), CASES.values(), ids=CASES)
def test_decode(body: bytes, kind: str, text: str, encoding: str) -> None:
    found = decode(body, kind)
    assert text in found.text
    assert found.encoding == encoding
    assert "\0" not in found.text
    assert found.replacements == found.text.count("\ufffd") <= 1


def test_there_are_cases_enough() -> None:
    assert len(CASES) >= 40


NO_CHARSETS = ("undefined", "unicode_escape", "raw_unicode_escape", "idna", "punycode", "utf-7", "rot13", "base64", "zlib", "")


@pytest.mark.parametrize("name", NO_CHARSETS)
def test_a_label_that_names_no_charset_is_ignored(name: str) -> None:
    """Python has codecs of these names; ``undefined`` raises whatever it is given, ``unicode_escape`` reads everything."""
    assert HANS in decode(html(HANS, name).encode("gbk"), f"text/html; charset={name}").text


REFUSED = {
    "nothing": (b"", "empty"),
    "white-space": (b" \r\n\t ", "empty"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "mojibake"),
    "zeros": (b"\0" * 1000, "binary"),
    "nul-every-second": (b"a\0" * 500, "binary"),
    "utf-16-without-bom": ("<p>hello world</p>".encode("utf-16-le") * 20, "binary"),
    "gzip": (bytes.fromhex("1f8b0800000000000003") + bytes((i * 73 + 41) % 256 for i in range(2000)), "mojibake"),
}


@pytest.mark.parametrize(("body", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_text_is_refused(body: bytes, reason: str) -> None:
    with pytest.raises(CleaningError) as caught:
        decode(body, "")
    assert caught.value.reason in (reason, "binary")
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("broken", "of", "is_refused"),
    [(0, 5000, False), (1, 100, False), (1, 5000, False), (5, 5000, False), (6, 5000, True), (40, 5000, True)],
    ids=["none", "one-of-few", "one", "at-the-limit", "over-the-limit", "many"],
)
def test_mojibake_limit(broken: int, of: int, *, is_refused: bool) -> None:
    """More than 1 broken character in 1,000; a single one is always let pass."""
    body = ("访" * (of - broken)).encode() + b"\xff" * broken
    if is_refused:
        with pytest.raises(CleaningError) as caught:
            decode(body, "text/html; charset=utf-8")
        assert caught.value.reason == "mojibake"
        assert str(broken) in caught.value.remedy
    else:
        assert decode(body, "text/html; charset=utf-8").replacements == broken


def test_real_replacement_characters_are_counted() -> None:
    """A portal that stored its own mojibake sends U+FFFD as valid UTF-8."""
    assert decode((HANS * 30 + "\ufffd").encode()).replacements == 1


@given(
    st.binary(max_size=400),
    st.sampled_from(["", "text/html", "text/html; charset=gbk", "text/html; charset=utf-7", "x; charset=idna"]),
)
@example(b"+AGE-", "text/html; charset=utf-7")
@example(b"<meta charset=undefined>\xff\xff", "")
@example(b"<meta charset=base64>\xff\xff", "")
@example(b"\xff\xff", "text/html; charset=rot13")
@example(b"\xff\xff", "text/html; charset=unicode_escape")
def test_no_bytes_raise_anything_else(body: bytes, kind: str) -> None:
    with suppress(CleaningError):
        assert "\0" not in decode(body, kind).text


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=40, max_size=200))
def test_declared_gbk_of_any_characters_comes_back(text: str) -> None:
    """Rare characters are no reason to doubt what both declarations say, as long as the bytes are not plainly Big5."""
    assert text in decode(html(text + HANS * 3, "gbk").encode("gbk"), "text/html; charset=gbk").text
