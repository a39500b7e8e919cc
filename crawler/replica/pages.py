"""Articles to pages: the bytes that a server would send, and what a reader should get out of them."""

import html
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import jinja2
import msgspec
import opencc
from markupsafe import Markup, escape

from crawler.replica.chrome import CHANNELS, FOOTER, HOST, REGIONS, Chrome, headlines, teasers
from crawler.replica.layouts import Layout
from crawler.replica.texts import Passage, Story, halve

_SENTENCE_END = re.compile(r"[。！？!?]”?")
_ENTITIES = {"“": "&ldquo;", "”": "&rdquo;", "…": "&hellip;"}
_BOX_CHARS = 96
_LONG_SPEECH = 100
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
_PUBLISHED = {
    "minute": "%Y-%m-%dT%H:%M+08:00",
    "second": "%Y-%m-%dT%H:%M:%S+08:00",
    "dashed": "%Y-%m-%dT%H:%M:%S+08:00",
    "meta": "%Y-%m-%dT%H:%M:%S+08:00",
    "day": "%Y-%m-%d",
}


class Document(msgspec.Struct, frozen=True):
    """One page as sent."""

    url: str
    body: bytes
    content_type: str


class Spoken(msgspec.Struct, frozen=True):
    """One turn of the dialogue as it should come out."""

    speaker: str
    role: str
    """``interviewer`` or ``guest``."""

    text: str
    """The words without the label; paragraphs joined by a line feed."""


class Truth(msgspec.Struct, frozen=True, kw_only=True):
    """What a crawl should make of one article."""

    url: str
    """First page, as the lists name it first; compare without the scheme."""

    urls: tuple[str, ...]
    """All pages in reading order."""

    title: str
    source: str | None
    editor: str | None
    author: str | None
    published: str | None
    """``YYYY-MM-DD``, ``YYYY-MM-DDThh:mm+08:00`` or with seconds, as the page gives it."""

    lead: str | None
    """The summary box, a broken entity at its end cut off."""

    paragraphs: tuple[str, ...]
    """The article's paragraphs in Simplified script, the introduction once."""

    turns: tuple[Spoken, ...]
    episode: int | None
    cases: tuple[str, ...]
    """What is special about the page, e.g. ``lead-cut``; see :attr:`crawler.replica.layouts.Layout.cases`."""

    original_title: str | None = None
    """Title as printed, of a Traditional page only."""

    original_paragraphs: tuple[str, ...] | None = None
    """Paragraphs as printed, of a Traditional page only."""


def render_article(story: Story, layout: Layout, chrome: Chrome, urls: Sequence[str]) -> tuple[Document, ...]:
    """All pages of an article; ``urls`` has one for each. The same arguments give the same bytes."""
    story = _printed(story, layout)
    parts = split_pages(story.passages, layout.pages)
    return tuple(_render(story, layout, chrome, parts, urls, number) for number in range(layout.pages))


def truth_of(story: Story, layout: Layout, urls: Sequence[str]) -> Truth:
    """What should come out of the pages that :func:`render_article` makes of the same arguments."""
    story = _printed(story, layout)
    passages = [passage for part in split_pages(story.passages, layout.pages) for passage in part]
    printed = tuple(passage.printed for passage in passages)
    simple = _converter("t2s") if layout.script == "Hant" else str
    box = lead_box(story.passages, layout)
    return Truth(
        url=urls[0],
        urls=tuple(urls),
        title=simple(story.title),
        source=None if layout.source == "none" else story.source,
        editor=None if layout.editor == "none" else story.editor,
        author=story.author if layout.author else None,
        published=story.moment.strftime(_PUBLISHED[layout.date]) if layout.date != "none" else None,
        lead=simple(box[1]) if box else None,
        paragraphs=tuple(map(simple, printed)),
        turns=tuple(Spoken(simple(turn.speaker), turn.role, simple(turn.text)) for turn in _turns(passages)),
        episode=story.episode,
        cases=layout.cases,
        original_title=story.title if layout.script == "Hant" else None,
        original_paragraphs=printed if layout.script == "Hant" else None,
    )


def split_pages(passages: Sequence[Passage], pages: int) -> tuple[tuple[Passage, ...], ...]:
    """The passages of each page. Each break falls inside a long speech, whose rest is a paragraph of its own."""
    if pages == 1:
        return (tuple(passages),)
    wanted = len(passages) * (pages - 1) // pages
    long = [at for at, passage in enumerate(passages) if passage.kind == "speech" and len(passage.text) >= _LONG_SPEECH]
    at = min(long, key=lambda index: abs(index - wanted))
    head, rest = _break_speech(passages[at])
    return (*split_pages((*passages[:at], head), pages - 1), (rest, *passages[at + 1 :]))


def lead_box(passages: Sequence[Passage], layout: Layout) -> tuple[Markup, str] | None:
    """The summary box as HTML, and its text without a broken entity at its end; None for a page without one."""
    if layout.lead == "none":
        return None
    if layout.lead == "exact":
        return escape(passages[0].printed), passages[0].printed
    first = 0 if layout.lead == "cut" else next(at for at, passage in enumerate(passages) if passage.kind == "speech")
    whole = "".join(passage.printed for passage in passages[first:])
    cut = _cut_at(whole, layout.entity)
    broken = f"&{layout.entity}"[:-2] if layout.entity else ""
    return Markup(_with_entities(whole[:cut]) + broken), whole[:cut]  # noqa: S704 -- escaped where it is made


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
        "paragraphs": [_paragraph(passage, layout) for passage in parts[number]],
        "date": story.moment.strftime(_DATES[layout.date]) if layout.date in _DATES else "",
        "og_time": story.moment.strftime("%Y-%m-%d %H:%M:%S") if layout.date != "none" else "",
        "source_link": _SOURCE_LINK,
        "editor": {"name": story.editor, "code": f"{story.editor} {_CODE}", "none": ""}[layout.editor],
        "fid": re.sub(r"\D", "", urls[0].rsplit("/", 1)[-1].split("_")[0]) or "0",
    }
    if layout.template == "modern":
        fields["all_data"] = _all_data(story, layout, chrome, parts[number], urls[number])
    text = template(f"{layout.template}.html").render(fields)
    if layout.script == "Hant":
        text = _converter("s2t")(text)
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


def _printed(story: Story, layout: Layout) -> Story:
    """The story in the width and script of its page."""
    passages = story.passages
    if layout.width == "half":
        passages = tuple(msgspec.structs.replace(p, text=halve(p.text), colon=":") for p in passages)
    if layout.script == "Hans":
        return msgspec.structs.replace(story, passages=passages)
    convert = _converter("s2t")
    passages = tuple(
        msgspec.structs.replace(p, text=convert(p.text), speaker=convert(p.speaker) if p.speaker else None) for p in passages
    )
    return msgspec.structs.replace(story, title=convert(story.title), passages=passages)


def _break_speech(passage: Passage) -> tuple[Passage, Passage]:
    """A speech in two paragraphs, broken at the sentence end nearest to its middle."""
    ends = [found.end() for found in _SENTENCE_END.finditer(passage.text)]
    at = min(ends, key=lambda end: abs(end - len(passage.text) // 2))
    return msgspec.structs.replace(passage, text=passage.text[:at]), Passage(passage.text[at:], "more")


def _turns(passages: Sequence[Passage]) -> Iterator[Spoken]:
    open_turn: Spoken | None = None
    for passage in passages:
        if passage.kind == "more" and open_turn:
            open_turn = msgspec.structs.replace(open_turn, text=f"{open_turn.text}\n{passage.text}")
        elif passage.speaker and passage.role:
            if open_turn:
                yield open_turn
            open_turn = Spoken(passage.speaker, passage.role, passage.text)
    if open_turn:
        yield open_turn


def _cut_at(text: str, entity: str) -> int:
    """Where the box ends: about a hundred characters in, at the first such entity if one is wanted."""
    if not entity:
        return min(_BOX_CHARS, len(text))
    character = html.unescape(f"&{entity};")
    return text.index(character, 40)


def _with_entities(text: str) -> str:
    return "".join(_ENTITIES.get(character) or html.escape(character) for character in text)


def _paragraph(passage: Passage, layout: Layout) -> Markup:
    """One paragraph's inner HTML."""
    text = escape(passage.text)
    if passage.kind == "subhead":
        return Markup("<strong>{}</strong>").format(text)
    if not passage.speaker:
        return text
    styles = {"plain": "{}{}{}", "bold": "<strong>{}{}</strong>{}", "bold-name": "<b>{}</b>{}{}"}
    return Markup(styles[layout.labels]).format(passage.speaker, passage.colon, text)  # noqa: S704 -- three constants


def _all_data(story: Story, layout: Layout, chrome: Chrome, passages: Sequence[Passage], url: str) -> Markup:
    """The JSON literal that holds a modern page, its slashes escaped so that no string ends the script."""
    moment = story.moment.strftime("%Y-%m-%d %H:%M" if layout.date == "minute" else "%Y-%m-%d %H:%M:%S")
    name = url.rsplit("/", 1)[-1]
    image = f"https://x0.ifengimg.com/res/2019/{name}_w550_h366.jpg"
    doc = {
        "logo": {"logo": "http://p0.ifengimg.com/logo.png", "title": "吉林"},
        "domain": HOST,
        "breadCrumbdata": [{"url": f"//{HOST}/", "title": "吉林"}],
        "allowComment": True,
        "searchPath": "99-35300-,",
        "title": story.title,
        "newsTime": moment,
        "createTime": moment,
        "author": story.author if layout.author else "",
        "base62Id": name,
        "wemediaEAccountId": "",
        "source": "" if layout.source == "none" else story.source,
        "sourceUrl": "",
        "imagesInContent": [{"width": 550, "url": image, "height": 366}] if layout.pictures else [],
        "pcUrl": f"https://{HOST}/c/{name}",
        "url": f"//{HOST}/c/{name}",
        "commentUrl": f"ucms_{name}",
        "skey": f"{abs(int(story.moment.timestamp())):x}"[-6:],
        "voteId": f"ucms_{name}",
        "isOriginal": "0",
        **({"editorName": story.editor} if layout.editor != "none" else {}),
        "contentData": {"contentList": list(_contents(story, layout, passages, image)), "currentPage": 0, "pageSize": 1},
    }
    data = {**_data_chrome(story, chrome, url), "docData": doc, **_data_tail(story, chrome, url)}
    return Markup(json.dumps(data, ensure_ascii=False).replace("</", "<\\/"))  # noqa: S704 -- JSON in a script


def _contents(story: Story, layout: Layout, passages: Sequence[Passage], image: str) -> Iterator[Mapping[str, object]]:
    """Two text fragments with a video between them, as the portal's editor leaves them."""
    half = len(passages) // 2
    first, rest = ("".join(f"<p>{_paragraph(p, layout)}</p>" for p in part) for part in (passages[:half], passages[half:]))
    if layout.pictures:
        lazy = f'<p class="detailPic"><img src="data:image/gif;base64,R0lGODlhAQABAIAAAP" data-lazyload="{image}" /></p>'
        first = f'{lazy}<p class="picIntro"><span style="font-family: 楷体_GB2312">{escape(story.captions[0])}</span></p>{first}'
    if layout.promotion:
        rest += "<p>更多精彩内容，请扫描二维码下载凤凰新闻客户端</p>"
    yield {"data": first, "type": "text"}
    yield {"data": {"title": "访谈视频", "guid": "00000000-0000-0000-0000-000000000000", "duration": 180}, "type": "video"}
    yield {"data": rest, "type": "text"}


def _data_chrome(story: Story, chrome: Chrome, url: str) -> Mapping[str, object]:
    """What comes before the article in the literal; the video's title, time and source are not the article's."""
    return {
        "nav": [{"url": f"//{host}.ifeng.com/", "title": name} for name, host in CHANNELS.items()],
        "search": {"hint": [link.title for link in headlines(chrome.seed, (url, "hint"), 6)]},
        "footer": {"lines": FOOTER},
        "hostname": "jl",
        "adMap": {f"slot{number}": "function(){if(window.x){return 1};}" for number in range(12)},
        "video": {"title": "推荐视频", "newsTime": "2018-01-01 00:00:00", "source": "视频频道", "author": "视频编辑"},
        "hotNews": [{"title": link.title, "url": link.url} for link in headlines(chrome.seed, (url, "hot"), 30)],
    }


def _data_tail(story: Story, chrome: Chrome, url: str) -> Mapping[str, object]:
    stream = [
        {
            "id": f"{number:08x}",
            "title": link.title,
            "summary": link.text,
            "url": link.url,
            "newsTime": "2018-10-01 08:00:00",
            "source": "综合",
            "type": "article",
            "thumbnails": {"image": [{"url": f"https://x0.ifengimg.com/ucms/{number:08x}.jpg", "width": 170, "height": 96}]},
        }
        for number, link in enumerate(teasers(chrome.seed, (url, "stream"), 20))
    ]
    return {"keywords": ",".join(story.tags), "newsstream": stream, "isEnd": True}


@cache
def _converter(config: str) -> Callable[[str], str]:
    """OpenCC's conversion called ``config``; loading its dictionaries is what costs."""
    converter = opencc.OpenCC(config)
    return lambda text: str(converter.convert(text))
