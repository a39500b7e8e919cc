"""Pages to clean: fixtures, the replica's, the bench's, and short ones written in a test."""

import json
import os
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from cleaners import clean
from cleaners.article import Article, Block
from cleaners.blocks import parse_html, walk
from cleaners.decode import decode
from cleaners.document import Document, read_document
from crawler.page import Page
from crawler.portal import Portal, load_portal, portal_names

FIXTURES = Path(__file__).parents[1] / "fixtures"
BENCH = Path(os.environ.get("FANGTAN_BENCH") or Path(__file__).parents[2] / ".." / "shared" / "bench" / "dev")

SENTENCES = (
    "今年以来，临澜市围绕老旧小区改造做了三件事，居民的满意度有了明显提高。",
    "第一件事是把供热管网换了一遍，冬天的室温平均提高了两度，投诉少了一半。",
    "第二件事是在小区之间修了步道，老人晚饭后散步不用再走机动车道了。",
    "第三件事是把停车位重新画线，夜里的消防通道从此没有再被堵过。",
)
"""Paragraphs of an invented article, each a plain sentence."""


def html_page(body: str, *, title: str = "临澜老旧小区改造", head: str = "") -> Page:
    """A page with this body, as UTF-8."""
    return Page(f'<html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{body}</body></html>'.encode())


def article_page(*extra: str, before: str = "", after: str = "", title: str = "临澜老旧小区改造") -> Page:
    """A plain page: headline, four sentences and then ``extra`` as paragraphs of one container."""
    paragraphs = "".join(f"<p>{text}</p>" for text in (*SENTENCES, *extra))
    return html_page(f'{before}<h1>{title}</h1><div class="content">{paragraphs}</div>{after}', title=title)


def document_of(html: str, *, portal: Portal | None = None, url: str | None = None) -> Document:
    """The document that this HTML is."""
    return read_document(Page(html.encode(), url=url, content_type="text/html; charset=utf-8"), 0, portal)


def blocks_of(html: str) -> tuple[Block, ...]:
    """The blocks of this HTML."""
    root = parse_html(html)
    return walk(root, page=0).blocks if root is not None else ()


def block(text: str, index: int = 0, **facts: Any) -> Block:
    """A block with this text and these facts."""
    return Block(**{"page": 0, "index": index, "tag": "p", "text": text, "chars": len("".join(text.split())), **facts})


def blocks(*texts: str) -> list[Block]:
    """One block a text."""
    return [block(text, index) for index, text in enumerate(texts)]


def rules_of(marked: Sequence[Block]) -> list[str | None]:
    """Beside each block its rule, None for a kept one."""
    return [found.verdict.rule if found.verdict else None for found in marked]


def text_of(page: Page) -> str:
    """A page's text, which is all of the cleaners that the law's test may use."""
    return decode(page.body, page.content_type).text


def published(article: Article) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Record and removed blocks as the JSON that is published."""
    return json.loads(msgspec.json.encode(article.record)), json.loads(msgspec.json.encode(article.removed))


class Case(msgspec.Struct, frozen=True):
    """One fixture folder."""

    name: str
    """``<portal>/<slug>``."""

    folder: Path
    pages: tuple[Page, ...]
    portal: Portal | None

    def clean(self) -> Article:
        """The article of its pages."""
        return clean(self.pages, self.portal)


@cache
def cases() -> tuple[Case, ...]:
    """Every fixture folder, found by its ``page.json``."""
    return tuple(_case(path.parent) for path in sorted(FIXTURES.glob("*/*/page.json")))


def _case(folder: Path) -> Case:
    facts = json.loads((folder / "page.json").read_text(encoding="utf-8"))
    files = [folder / "page.html"] if (folder / "page.html").exists() else sorted(folder.glob("page_*.html"))
    urls = [facts["url"]] if isinstance(facts["url"], str) else facts["url"]
    kind = facts.get("content_type", "text/html; charset=utf-8")
    pages = tuple(Page(file.read_bytes(), url, kind) for file, url in zip(files, urls, strict=True))
    portal = load_portal(facts["portal"]) if facts.get("portal") else None
    return Case(f"{folder.parent.name}/{folder.name}", folder, pages, portal)


def bench_pages(part: int, of: int) -> Iterator[tuple[str, Page]]:
    """Every ``of``-th real page of the bench from number ``part`` on; skips the test where there is no bench."""
    if not BENCH.is_dir():
        pytest.skip(f"no bench at {BENCH}: set FANGTAN_BENCH to a folder of <id>/page.html")
    for folder in sorted(BENCH.iterdir())[part::of]:
        yield folder.name, Page((folder / "page.html").read_bytes())


def portal_for(url: str) -> Portal | None:
    """The shipped profile that knows the host of ``url``."""
    portals = map(load_portal, portal_names())
    return next((portal for portal in portals if url.split("/")[2] in portal.hosts), None)
