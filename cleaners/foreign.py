"""Text that is no HTML: told before it is parsed, for a parser makes a page of anything."""

import json
import re

from lxml.html import defs

# The head of a mail that holds a page and its pictures: what browsers save as "single file".
_MHTML = re.compile(r"(?=[\w-]+:)(?=.*?^content-type:\s*multipart/related)", re.IGNORECASE | re.DOTALL | re.MULTILINE)
_TAG = re.compile(r"<(/?[a-zA-Z][a-zA-Z0-9]*|!doctype(?=\s+html))(?=[\s/>])", re.IGNORECASE)
_HTML = defs.tags | {f"/{name}" for name in defs.tags} | {"!doctype"}
_HEAD_CHARS = 2048


def foreign_kind(text: str) -> str | None:
    """What the text is instead of HTML; None for HTML, of which one tag that HTML knows is enough.

    >>> foreign_kind("记者：你好！\\n李勇霖：你好。"), foreign_kind('{"html": "<p>记者：你好！</p>"}')
    ('plain text', 'JSON')
    >>> foreign_kind("开头<br>记者：你好！")
    """
    head = text[:_HEAD_CHARS].lstrip()
    if head.startswith(("{", "[")) and _is_json(text):
        return "JSON"
    if head.startswith("%PDF-"):
        return "a PDF file"
    if _MHTML.match(head):
        return "MHTML (save the page again as HTML only)"
    tags = (found[1].lower() in _HTML for found in _TAG.finditer(text))
    if head.startswith("<?xml"):
        return None if next(tags, False) else "XML"
    return None if any(tags) else "plain text"


def _is_json(text: str) -> bool:
    """Whether this is a JSON document, or lines of them."""
    try:
        _, end = json.JSONDecoder(strict=False).raw_decode(text.lstrip())
    except (ValueError, RecursionError):
        return False
    rest = text.lstrip()[end:].lstrip()
    return not rest or rest.startswith(("{", "["))
