"""DOM to blocks: every visible text node of a document, as paragraphs in reading order."""

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

from lxml import etree, html

from cleaners.article import Block, CleaningError, Picture

Element = etree._Element

# Elements whose text nobody sees. Not head (its end tag is optional), not embed (it has no end tag).
INVISIBLE_TAGS = frozenset(
    "title script style template noscript textarea iframe noframes noembed audio video canvas applet svg math xml".split()
)

# A block ends where one of these begins or ends; everything unknown is inline, as in browsers.
BLOCK_TAGS = frozenset(
    """html head body address article aside blockquote br button caption center col colgroup dd details dialog dir div dl dt
    fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol
    optgroup option p pre section select summary table tbody td tfoot th thead tr ul""".split()
)
_STRONG_TAGS = frozenset("strong b th h1 h2 h3 h4 h5 h6".split())
_CAPTION_CLASS = re.compile(
    r"(?:^|[\s_-])(?:pic|img|image|photo)[_-]?(?:intro|info|desc|text|txt|note|title)(?:$|[\s_-])|caption", re.IGNORECASE
)
_CAPTION_PARAGRAPHS = 3
# Live interviews print the time of each turn behind or before it.
_CLOCK_TAGS = frozenset(("cite", "time"))
_CLOCK = re.compile(r"\s*[\[（(]?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?[\])）]?\s*")
_LOOK = re.compile(
    r"(?<![\w-])(color|font-style|font-family|font-size|background(?:-color)?|text-decoration)\s*:\s*([^;]{1,60})", re.IGNORECASE
)
_LOOKS = {"em": "italic", "i": "italic", "u": "underline", "font": ""}
# Pages repeat a few styles hundreds of times. The answer hangs on the style alone.
_KNOWN_STYLES = 1024
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_HIDDEN = re.compile(r"(display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)

# Zero-width space, joiner of words and byte-order mark; C0 and C1 controls that are no white space.
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")

# A line feed in the source between two Chinese characters or punctuation marks is no space (CSS Text 3, §4.1.2).
_WIDE = "\u2018-\u201d\u2026\u2014\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff5e"
_SOFT_BREAK = re.compile(rf"(?<=[{_WIDE}])[ \t\r]*\n[ \t\r]*(?=[{_WIDE}])")

# libxml2 drops all text below some 2,045 nested elements without a word (with huge_tree; 255 without).
_MAX_DEPTH = 2000

# A page of 8 MiB can hold two million <br>; the largest of 352 real pages has some 5,000 elements.
_MAX_ELEMENTS = 100_000


# lxml.html asks a Python function for the class of each element that it shows; trafilatura wants this one and no other.
_CLASSES = etree.ElementDefaultClassLookup(element=html.HtmlElement)


class TextNode(NamedTuple):
    """Where a text node hangs in lxml's tree."""

    element: Element
    is_tail: bool
    """Whether it is the element's ``tail``, which belongs to the element's parent, or its ``text``."""

    @property
    def holder(self) -> Element:
        """The element that the text stands in."""
        parent = self.element.getparent() if self.is_tail else None
        return self.element if parent is None else parent


# Lines of preformatted text from this many columns are filled ones: 66 to 80 in mail and on bulletin boards.
_FULL_WIDTH = 60


class Blocks(NamedTuple):
    """The blocks of a document, and beside each its first text node."""

    blocks: tuple[Block, ...]
    nodes: tuple[TextNode, ...]


def parse_html(text: str) -> Element | None:
    """The first top-level element of the document, or None where there is none; its siblings are the others."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(_CLASSES)
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None


def walk(root: Element, *, page: int, first: int = 0, marks: Mapping[Element, tuple[str, ...]] | None = None) -> Blocks:
    """All visible text of ``root`` and its sibling roots; the blocks' texts joined are that text, white space aside.

    ``first`` is the index of the first block. An element with ``marks`` begins and ends a block, so that a rule
    never takes part of one. O(nodes).

    :raises CleaningError: ``too-deep``, where the parser may have dropped text.
    """
    walker = _Walker(page, first, marks or {})
    for element in (root, *root.itersiblings()):
        walker.read(element)
    walker.end_block()
    return Blocks(tuple(walker.blocks), tuple(walker.nodes))


def collapse(text: str) -> str:
    """One line: runs of white space made one space, zero-width and control characters taken out.

    >>> collapse("  今天\\n是 \\u3000 第一期\\u200b。")
    '今天是 第一期。'
    """
    if "\n" in text:
        text = _SOFT_BREAK.sub("", text)
    return " ".join(_INVISIBLE.sub("", text).split())


# Before the words of a turn stand at most a time and a label.
_MAX_EDGES = 3


class _Walker:
    """State of one walk: what is open, and the text of the block that is being read."""

    def __init__(self, page: int, first: int, marks: Mapping[Element, tuple[str, ...]]) -> None:
        self.page, self.first, self.rule_marks = page, first, marks
        self.blocks: list[Block] = []
        self.nodes: list[TextNode] = []
        self.links = self.pres = self.depth = self.seen = 0
        self.strongs: list[Element] = []
        self.marks: tuple[str, ...] = ()
        self.marked: list[tuple[Element, tuple[str, ...]]] = []
        self.pieces: list[str] = []
        self.node: TextNode | None = None
        self.chars = self.link_chars = self.strong_chars = self.strong_prefix = 0
        self.anchors = self.anchor = self.own_anchors = 0
        self.edges: tuple[int, ...] = ()
        self.tint = self.own_tint = ""
        self.look: dict[str, str] = {}
        self.looks: list[tuple[Element, dict[str, str], str]] = []
        self.captions: dict[str, bool] = {}
        self.image: Element | None = None
        self.picture: Picture = "none"

    def read(self, root: Element) -> None:
        """One top-level element.

        :raises CleaningError: ``too-many-elements``.
        """
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            tag = element.tag
            if event == "start":
                self.seen += 1
                if tag in INVISIBLE_TAGS:
                    walk.skip_subtree()
                else:
                    self.open(element, tag)
            else:
                if tag not in INVISIBLE_TAGS:
                    self.close(element, tag)
                if tail := element.tail:
                    self.add(tail, element, tail=True)

    def open(self, element: Element, tag: str) -> None:
        self.depth += 1
        if self.seen > _MAX_ELEMENTS:
            raise CleaningError("too-many-elements", f"over {_MAX_ELEMENTS} elements, no article has so many; look at the page")
        if self.depth > _MAX_DEPTH:
            raise CleaningError(
                "too-deep", f"over {_MAX_DEPTH} nested elements, the parser may have dropped text; look at the page"
            )
        style = element.get("style")
        marks = self.own_marks(element, tag, style)
        if marks or tag in BLOCK_TAGS:
            self.end_block()
        if marks:
            self.marked.append((element, self.marks))
            self.marks += marks
        if tag == "a" and _is_link(element):
            self.links += 1
            self.anchors += 1
        is_bold, look = _style(style) if style else (False, ())
        if is_bold or tag in _STRONG_TAGS:
            self.strongs.append(element)
        if look or tag in _LOOKS:
            self.looks.append((element, self.look, self.tint))
            self.look = {**self.look, **_own_look(element, tag), **dict(look)}
            self.tint = ";".join(f"{name}:{value}" if value else name for name, value in sorted(self.look.items()))
        if tag == "img":
            self.image = element
        self.pres += tag == "pre"
        if text := element.text:
            self.add(text, element)

    def close(self, element: Element, tag: str) -> None:
        self.depth -= 1
        if tag in BLOCK_TAGS:
            self.end_block()
        if self.marked and self.marked[-1][0] is element:
            self.end_block()
            self.marks = self.marked.pop()[1]
        self.links -= tag == "a" and _is_link(element)
        if self.strongs and self.strongs[-1] is element:
            self.strongs.pop()
        if self.looks and self.looks[-1][0] is element:
            _, self.look, self.tint = self.looks.pop()
        self.pres -= tag == "pre"

    def own_marks(self, element: Element, tag: str, style: str | None) -> tuple[str, ...]:
        marks = self.rule_marks.get(element, ()) if self.rule_marks else ()
        names = element.get("class")
        if tag == "figcaption" or (names and self.is_caption(names) and not _holds_paragraphs(element)):
            marks = (*marks, "caption")
        if tag in _CLOCK_TAGS and element.text and _CLOCK.fullmatch(element.text):
            marks = (*marks, "clock")
        hidden = _HIDDEN.search(style) if style else None
        if hidden or element.get("hidden") is not None:
            return (*marks, "hidden:" + (hidden[0].lower().replace(" ", "") if hidden else "hidden"))
        return marks

    def is_caption(self, names: str) -> bool:
        """Lists repeat their names."""
        if (known := self.captions.get(names)) is None:
            known = self.captions[names] = _CAPTION_CLASS.search(names) is not None
        return known

    def add(self, text: str, element: Element, *, tail: bool = False) -> None:
        """One text node; in ``pre`` its lines are paragraphs."""
        first, *rest = _paragraphs(text) if self.pres and "\n" in text else (text,)
        self.add_piece(first, element, tail=tail)
        for line in rest:
            self.end_block()
            self.add_piece(line, element, tail=tail)

    def add_piece(self, text: str, element: Element, *, tail: bool) -> None:
        if not text:
            return
        self.pieces.append(text)
        chars = len("".join(text.split()))
        if not chars:
            return
        if self.node is None:
            self.node = TextNode(element, tail)
            self.picture, self.image = _picture(self.image, self.node.holder), None
        if self.links:
            self.link_chars += chars
            if self.anchor != self.anchors:
                self.anchor, self.own_anchors = self.anchors, self.own_anchors + 1
        if self.strongs:
            if self.strong_chars == self.chars:
                self.strong_prefix += chars
            self.strong_chars += chars
        self.own_tint = self.tint if not self.chars or self.own_tint == self.tint else ""
        self.chars += chars
        if len(self.edges) < _MAX_EDGES:
            self.edges += (self.chars,)

    def end_block(self) -> None:
        if not self.pieces:
            return
        if self.node is not None and (text := collapse("".join(self.pieces))):
            self.nodes.append(self.node)
            self.blocks.append(
                Block(
                    page=self.page,
                    index=self.first + len(self.blocks),
                    tag=_block_tag(self.node.holder),
                    text=text,
                    chars=self.chars,
                    link_chars=self.link_chars,
                    links=self.own_anchors,
                    strong_chars=self.strong_chars,
                    strong_prefix=self.strong_prefix,
                    tint=self.own_tint,
                    edges=self.edges,
                    picture=self.picture,
                    marks=self.marks,
                )
            )
        self.pieces, self.node, self.edges = [], None, ()
        self.anchor = self.own_anchors = 0
        self.chars = self.link_chars = self.strong_chars = self.strong_prefix = 0


def _paragraphs(text: str) -> list[str]:
    """The lines of preformatted text; one that fills its width goes on in the next, unless that is indented or empty.

    >>> _paragraphs("渡口\\n船老大把缆绳扔过来")
    ['渡口', '船老大把缆绳扔过来']
    """
    lines = text.split("\n")
    width = max(map(_width, lines))
    found = lines[:1]
    for before, line in pairwise(lines):
        if width >= _FULL_WIDTH and _width(before) >= width - 2 and line[:1].strip():
            found[-1] += line
        else:
            found.append(line)
    return found


def _width(line: str) -> int:
    """Columns: a Chinese character takes two."""
    return sum(1 + (char >= "\u1100") for char in line.rstrip())


def _picture(image: Element | None, holder: Element) -> Picture:
    if image is None:
        return "none"
    paragraph = block_element(holder)
    is_centred = "center" in f"{paragraph.get('align')} {paragraph.get('style')}".lower()
    return "own" if is_centred or paragraph is block_element(image) else "before"


@lru_cache(maxsize=_KNOWN_STYLES)
def _style(style: str) -> tuple[bool, tuple[tuple[str, str], ...]]:
    """Whether a style is bold, and the colour, slant, type, size, ground and line that it sets text in."""
    found = ((name.lower(), "".join(value.split()).lower()) for name, value in _LOOK.findall(style))
    return _BOLD.search(style) is not None, tuple(found)


def _own_look(element: Element, tag: str) -> dict[str, str]:
    """What an element sets text in by its name, and a ``font`` by its attributes."""
    if tag != "font":
        return {_LOOKS[tag]: ""} if tag in _LOOKS else {}
    names = ((name, element.get(name)) for name in ("color", "face", "size"))
    return {name: "".join(value.split()).lower() for name, value in names if value}


def _holds_paragraphs(element: Element) -> bool:
    """Whether it holds more than a caption does: ``page-caption-p`` of the offices of Taiwan is the article's element."""
    return next(islice(element.iter("p"), _CAPTION_PARAGRAPHS, None), None) is not None


def _is_link(element: Element) -> bool:
    """Scripts give many a link its address; without one an anchor has a name, and on old pages no end."""
    return element.get("href") is not None or (element.get("name") is None and element.get("id") is None)


def _block_tag(element: Element) -> str:
    """Name of the nearest block-level element, ``element`` itself included."""
    return str(block_element(element).tag)


def block_element(element: Element) -> Element:
    """The nearest block-level element, ``element`` itself included."""
    while element.tag not in BLOCK_TAGS:
        parent = element.getparent()
        if parent is None:
            break
        element = parent
    return element
