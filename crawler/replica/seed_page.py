"""The one real page: the text in ``seed/`` put back into the page it came from, and into all the other ways to print it."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from crawler.replica.chrome import chrome_of
from crawler.replica.layouts import Layout, legacy, modern
from crawler.replica.pages import Document, render_article
from crawler.replica.texts import Passage, Story

FOLDER = Path(__file__).parent / "seed"
SEED_URL = "https://jl.ifeng.com/a/20181113/7024738_0.shtml"
SEED_LAYOUT = legacy(date="none")
"""As the text shows it: box with an exact copy, editor without a code, no date."""

_PAGE_SEED = 20181113
_NARROW = re.compile(r"(?<!\d)[,:;!?()]|[,:;!?()](?!\d)")
_WIDE = str.maketrans(",:;!?()", "，：；！？（）")
_LABEL = re.compile(r"(记者|李勇霖)：(.+)")

VARIANTS: dict[str, Layout] = {
    "as-published": SEED_LAYOUT,
    "lead-cut": legacy(lead="cut", entity="rdquo"),
    "lead-joined": legacy(lead="joined"),
    "lead-joined-entity": legacy(lead="joined", entity="ldquo"),
    "lead-none": legacy(lead="none"),
    "half-width": legacy(width="half"),
    "br": legacy(body="br"),
    "br-half-width": legacy(body="br", width="half", lead="none"),
    "indent": legacy(body="indent"),
    "gbk": legacy(charset="gbk-meta"),
    "gbk-header": legacy(charset="gbk-header"),
    "gbk-undeclared": legacy(charset="gbk-undeclared"),
    "utf-8-undeclared": legacy(charset="utf-8-undeclared"),
    "utf-8-as-gb2312": legacy(charset="utf-8-as-gb2312"),
    "bold": legacy(labels="bold"),
    "bold-name": legacy(labels="bold-name"),
    "no-logo": legacy(logo=False),
    "modern": modern(),
    "modern-bold": modern(labels="bold"),
    "two-pages": legacy(pages=2),
    "three-pages": legacy(pages=3, lead="cut", entity="rdquo"),
    "traditional": legacy(script="Hant"),
}
"""By name; the text is the same in all of them under fold, though a page break makes one paragraph two."""


def seed_story() -> Story:
    """The seed text as a story, its punctuation as wide as on the page."""
    title, lines = seed_lines()
    passages = tuple(_passage(line) for line in lines)
    return Story(
        title=title,
        passages=passages,
        moment=datetime(2018, 11, 13, 10, 12, 33),
        source="中国吉林网",
        editor="赵佳俊",
        author="",
        captions=("", ""),
        tags=("梅河口", "访谈"),
        episode=1,
        summary="系列访谈第一期……",
    )


def seed_lines() -> tuple[str, tuple[str, ...]]:
    """Title and paragraphs of the seed text, the introduction once."""
    text = _NARROW.sub(lambda found: found[0].translate(_WIDE), (FOLDER / "seed.txt").read_text(encoding="utf-8"))
    lines = [line for line in text.split("\n") if line]
    return lines[2], tuple(lines[5 : lines.index("吉林新闻")])


def seed_page() -> Document:
    """The page as published, without a date, on its own URL."""
    return render_article(seed_story(), SEED_LAYOUT, chrome_of(_PAGE_SEED), (SEED_URL,))[0]


def seed_variants() -> Iterator[tuple[str, tuple[tuple[str, bytes, str], ...]]]:
    """The seed text in each layout: name, and URL, body and ``Content-Type`` of each of its pages."""
    for name, layout in VARIANTS.items():
        urls = [SEED_URL.replace("_0.", f"_{page}.") for page in range(layout.pages)]
        if layout.template == "modern":
            urls = ["https://jl.ifeng.com/c/7024738seed"]
        pages = render_article(seed_story(), layout, chrome_of(_PAGE_SEED), urls)
        yield name, tuple((page.url, page.body, page.content_type) for page in pages)


def _passage(line: str) -> Passage:
    found = _LABEL.fullmatch(line)
    if not found:
        return Passage(line)
    return Passage(found[2], "speech", found[1], "interviewer" if found[1] == "记者" else "guest")
