"""What is no HTML is told from what is, however little HTML it has."""

import pytest

from cleaners.foreign import foreign_kind

TALK = "记者：你好，请介绍一下情况。\n李勇霖：今年以来，群众的安全感明显提升。"
MHTML = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://news.example.com/1.html\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related;\r\n\ttype="text/html"\r\n\r\n------\r\n<html><p>记者：你好。'
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<p>记者：你好。", None),
        ("开头<br/>记者：你好。", None),
        ("<!DOCTYPE html>\n记者：你好。", None),
        ("记者：你好。</BODY></HTML>", None),
        ("[导读] <p>记者：你好。</p>", None),
        ("{模板} <DIV class=a>记者：你好。</DIV>", None),
        ('<?xml version="1.0"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml"><p>好', None),
        ("Date: 2018<p>记者：你好。", None),
        (TALK, "plain text"),
        ("1 < 2，来信请寄 <a@example.com>，<记者>", "plain text"),
        ('{"content": "<p>记者：你好。</p>"}', "JSON"),
        ('\n[{"content": "<p>记者：你好。</p>"}]\n', "JSON"),
        ('{"text": "<p>好</p>"}\n{"text": "<p>好</p>"}\n', "JSON"),
        ("[" * 99_999, "plain text"),
        ("%PDF-1.4\n1 0 obj << /Type /Catalog >>\n", "a PDF file"),
        ('<?xml version="1.0"?><rss><channel><title>访谈</title></channel></rss>', "XML"),
        (MHTML, "MHTML (save the page again as HTML only)"),
    ],
    ids="p br doctype end-tags bracket brace xhtml colon talk signs object array lines nested pdf rss mhtml".split(),
)
def test_foreign_kind(text: str, kind: str | None) -> None:
    assert foreign_kind(text) == kind
