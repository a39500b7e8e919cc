"""Articles to pages: the bytes that a server would send."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import jinja2
import msgspec

from crawler.replica.all_data import all_data
from crawler.replica.chrome import CHANNELS, FOOTER, HOST, REGIONS, Chrome, headlines, teasers
from crawler.replica.layouts import Layout
from crawler.replica.texts import Passage, Story
from crawler.replica.typeset import convert, lead_box, paragraph_html, printed_story, split_pages

_SOURCE_LINK = "http://www.cnjiwang.com/"
_CODE = "PK018"

# By charset: what the bytes are, what the header says, what <meta> says.
_CHARSETS = {
    "utf-8": ("utf-8", "utf-8", "utf-8"),
    "gbk-header": ("gbk", "gbk", ""),
    "gbk-meta": ("gbk", "", "gb2312"),
    "gbk-undeclared": ("gbk", "", ""),
    "utf-8-undeclared": ("utf-8", "", ""),
    "utf-8-as-gb2312": ("utf-8", "gb2312", "gb2312"),
}
_DATES = {"minute": "%Y年%m月%d日 %H:%M", "second": "%Y年%m月%d日 %H:%M:%S", "day": "%Y-%m-%d", "dashed": "%Y-%m-%d %H:%M:%S"}


class Document(msgspec.Struct, frozen=True):
    """One page as sent."""

    url: str
    body: bytes
    content_type: str


def render_article(story: Story, layout: Layout, chrome: Chrome, urls: Sequence[str]) -> tuple[Document, ...]:
    """All pages of an article; ``urls`` has one for each. The same arguments give the same bytes."""
    story = printed_story(story, layout)
    parts = split_pages(story.passages, layout.pages)
    return tuple(_render(story, layout, chrome, parts, urls, number) for number in range(layout.pages))


def _render(
    story: Story, layout: Layout, chrome: Chrome, parts: Sequence[Sequence[Passage]], urls: Sequence[str], number: int
) -> Document:
    codec, header, meta = _CHARSETS[layout.charset]
    last = number == len(parts) - 1
    fields = {
        **page_fields(chrome, urls[number]),
        "story": story,
        "layout": layout,
        "meta_charset": meta,
        "number": number,
        "urls": [url.rsplit("/", 1)[-1] for url in urls],
        "last": last,
        "lead": lead_box(story.passages, layout) if number == 0 else None,
        "paragraphs": [paragraph_html(passage, layout) for passage in parts[number]],
        "date": story.moment.strftime(_DATES[layout.date]) if layout.date in _DATES else "",
        "og_time": story.moment.strftime("%Y-%m-%d %H:%M:%S") if layout.date != "none" else "",
        "source_link": _SOURCE_LINK,
        "editor": {"name": story.editor, "code": f"{story.editor} {_CODE}", "none": ""}[layout.editor],
        "fid": re.sub(r"\D", "", urls[0].rsplit("/", 1)[-1].split("_")[0]) or "0",
    }
    if layout.template == "modern":
        fields["all_data"] = all_data(story, layout, chrome, parts[number], urls[number])
    text = template(f"{layout.template}.html").render(fields)
    if layout.script == "Hant":
        text = convert(text, "s2t")
    return Document(urls[number], text.encode(codec), content_type(header))


def content_type(charset: str) -> str:
    """The header's value; without a charset for an empty name."""
    return f"text/html; charset={charset}" if charset else "text/html"


def page_fields(chrome: Chrome, key: str) -> dict[str, object]:
    """What every template needs for its chrome."""
    return {
        "chrome": chrome,
        "channels": CHANNELS,
        "regions": REGIONS,
        "footer": FOOTER,
        "host": HOST,
        "url": key,
        "rank": headlines(chrome.seed, (key.partition("://")[2], "rank"), 24),
        "today": headlines(chrome.seed, (key.partition("://")[2], "today"), 10),
        "teasers": teasers(chrome.seed, (key.partition("://")[2], "side"), 6),
    }


@cache
def template(name: str) -> jinja2.Template:
    """The page template called ``name``; compiled once."""
    loader = jinja2.FileSystemLoader(Path(__file__).parent / "templates")
    environment = jinja2.Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    return environment.get_template(name)
