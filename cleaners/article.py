"""What cleaning makes of a page: blocks with verdicts, and the article with its record."""

from typing import Annotated, Literal, TypeAlias

import msgspec

Role = Literal["interviewer", "guest", "audience", "narrator"]
"""What a speaker does in the interview."""

Script = Literal["Hans", "Hant"]
"""ISO 15924 code of the script that a page is written in."""

Id = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{16}$", examples=["3f0c1a9be27d4458"])]
Digest = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Published = Annotated[
    str,
    msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?\+08:00)?$", examples=["2018-11-13T10:12+08:00"]),
]
Fetched = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$", examples=["2026-11-23T04:05:06Z"])]
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Count = Annotated[int, msgspec.Meta(ge=0)]

Span = tuple[int, int]
"""[start, end) in code points."""


_HEADLINE_LINK_CHARS = 10
_HEADLINE_LINKS = 2


class CleaningError(Exception):
    """A page cannot be cleaned.

    ``reason`` is a stable id (``empty``, ``binary``, ``not-html``, ``mojibake``, ``too-large``, ``too-deep``, ``gone``,
    ``no-article`` …); ``remedy`` says what the reader can do.
    """

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(f"{reason}: {remedy}")
        self.reason = reason
        self.remedy = remedy


class Verdict(msgspec.Struct, frozen=True):
    """Why a block is not part of the article."""

    rule: str
    """Stable id, ``family/name``, e.g. ``chrome/share``. ``fangtan why`` explains it."""

    evidence: str
    """What matched, e.g. the phrase, the selector, or the block that it repeats."""


Picture: TypeAlias = Literal["none", "before", "own"]


class Block(msgspec.Struct, frozen=True):
    """A paragraph-level piece of a page, in reading order."""

    page: int
    """Number of the response that it stands in, from 0."""

    index: int
    """Number of the block on its page, from 0, without a gap."""

    tag: str
    """Name of the nearest block-level element, e.g. ``p``, ``td``, ``h1``."""

    text: str
    """The text as on the page, runs of white space made one space, control and zero-width characters gone."""

    chars: int
    """Characters of ``text`` that are no white space."""

    link_chars: int = 0
    """Those of them inside links."""

    links: int = 0
    """How many links these are in."""

    strong_chars: int = 0
    """Those of them inside ``strong``, ``b``, ``th`` or a heading."""

    strong_prefix: int = 0
    """Those at the beginning that are strong, up to the first that is not."""

    tint: str = ""
    """Colour, slant, type and size that all of it is set in, as the page writes them; empty where there are none, or several."""

    edges: tuple[int, ...] = ()
    """Where the first text nodes end, in such characters: a label may stand in an element of its own."""

    picture: Picture = "none"
    """Whether a picture stands between it and the block before it, and if so whether it is set as that picture's: in one
    paragraph with it, or centred."""

    marks: tuple[str, ...] = ()
    """What the page or the profile says of its elements: ``body``, ``caption``, ``field/date``, ``hidden:display:none``."""

    verdict: Verdict | None = None
    """None: kept, a paragraph of the article."""

    @property
    def is_headline_link(self) -> bool:
        """Whether all of it is one link's worth of headline: half of a portal page is, and none of it names itself."""
        return self.is_linked_line and "：" not in self.text and ":" not in self.text

    @property
    def is_linked_line(self) -> bool:
        """Whether all of it is a link and long enough for a headline; a row of buttons has more than two."""
        return self.link_chars == self.chars >= _HEADLINE_LINK_CHARS and self.links <= _HEADLINE_LINKS


class Turn(msgspec.Struct, frozen=True):
    """What one speaker says until the next one speaks."""

    speaker: str | None
    """A ``name`` in ``speakers``; null where nobody is named, e.g. an unlabelled question."""

    label: str
    """The label as printed, without colon and brackets, e.g. ``记者``."""

    role: Role | None
    """What the speaker does: ``interviewer``, ``guest``, ``audience``, ``narrator``, or null."""

    text: str
    """The words, label left out; ``"\\n".join(record.text[a:b] for a, b in spans)``."""

    spans: tuple[Span, ...]
    """[start, end) offsets in code points into the record's ``text``; label, subheads and narration left out."""


class Speaker(msgspec.Struct, frozen=True):
    """One person or voice of the interview."""

    name: str
    """The fullest name on the page, e.g. ``李勇霖``; the label where no name is given."""

    role: Role | None
    """``interviewer``, ``guest``, ``audience``, ``narrator``, or null."""

    office: str | None
    """Office in the page's own words, e.g. ``通化市公安局副局长，梅河口市副市长、公安局长``, or null."""

    office_span: Span | None = None
    """[start, end) offsets in code points into the record's ``text`` of these words; null where only ``title`` has them."""

    name_span: Span | None = None
    """The same of the name: in the speaker's first label, else where ``text`` first has it; null where it stands in neither."""


class Original(msgspec.Struct, frozen=True):
    """What the page says in Traditional script, before conversion."""

    title: str | None
    """The title as printed."""

    text: str
    """The paragraphs as printed, joined by a line feed, one for each of the record's ``text``."""


class Raw(msgspec.Struct, frozen=True):
    """One response that the article was read from."""

    url: str | None
    """URL as fetched; null for a bare file."""

    sha256: Digest
    """Hex digest of the payload as sent; the archive's CDXJ index says where it lies."""


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One article of the corpus: one line of ``articles.jsonl``."""

    id: Id
    """First 16 hex digits of SHA-256 over the canonical URL (without a URL, over the bytes)."""

    url: str | None
    """URL as fetched, e.g. ``https://jl.ifeng.com/a/20181113/7024738_0.shtml``; null for a bare file."""

    portal: str | None = None
    """Name of the portal's profile, e.g. ``jl_ifeng``; null without one."""

    series: str | None = None
    """Name of the series in the profile, e.g. ``anquan``; null outside a crawl."""

    fetched: Fetched | None = None
    """When the response came that first gave this version, UTC; null for a bare file."""

    title: str | None
    """The headline, without the portal's name."""

    subtitle: str | None = None
    """Second line of the headline, or kicker above it."""

    column: str | None = None
    """Column (栏目) that the page names, e.g. ``吉林访谈``."""

    episode: Annotated[int, msgspec.Meta(ge=1)] | None = None
    """Number of the episode that the page names: 「第一期」 is 1."""

    source: str | None = None
    """来源, e.g. ``中国吉林网``."""

    author: str | None = None
    """作者 as printed; an editor is never an author."""

    reporters: tuple[str, ...] = ()
    """记者 named in a byline, in printed order."""

    correspondents: tuple[str, ...] = ()
    """通讯员 named in a byline, in printed order."""

    editor: str | None = None
    """责任编辑, the staff code left out, e.g. ``赵佳俊``."""

    place: str | None = None
    """Place that the dateline names, e.g. ``长春`` of 「新华社长春11月13日电」."""

    published: Published | None = None
    """``YYYY-MM-DD``, ``YYYY-MM-DDThh:mm+08:00`` or with seconds: the precision that the page gives."""

    script: Script | None
    """Script of the page; ``Hant`` was converted to Simplified; null without Chinese text."""

    lead: str | None = None
    """The page's own summary box, a broken tail cut off."""

    text: str
    """The article's paragraphs joined by a line feed; no headline, byline or captions; subheads stay."""

    turns: tuple[Turn, ...] = ()
    """The dialogue; empty for an article without one."""

    speakers: tuple[Speaker, ...] = ()
    """Who speaks, in order of first turn."""

    original: Original | None = None
    """Title and text before conversion; null where nothing was converted."""

    confidence: Share | None = None
    """How far trafilatura keeps the same characters, 0 to 1, below .80 worth a look; null where the profile names the body."""

    version: Annotated[int, msgspec.Meta(ge=1)] = 1
    """Counts the distinct cleaned texts seen of this article."""

    gone: Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = None
    """Date on which the page was first seen gone (404, 410, soft 404), else null."""

    replacements: Count = 0
    """U+FFFD characters in the decoded page."""

    removed: Count
    """Number of blocks in ``removed.jsonl``."""

    blocks: tuple[tuple[int, int], ...]
    """[page, block] of each paragraph of ``text``; with those of ``removed.jsonl`` they number each page from 0."""

    raw: tuple[Raw, ...]
    """The payloads, in page order."""

    rules: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{12}$")]
    """Digest of profile, cleaning rules and library versions that made this record."""


class Removed(msgspec.Struct, frozen=True):
    """One block that is not article text: one line of ``removed.jsonl``."""

    id: Id
    """Id of the article."""

    page: Count
    """Number of the response, from 0."""

    block: Count
    """Number of the block on its page, from 0."""

    xpath: str
    """Where it stands on the page, e.g. ``/html/body/div[2]/p``; what was read from the page's data begins with the path there:
    ``script[3].content/html/body/p[2]``."""

    text: str
    """What was removed, as printed on the page."""

    rule: str
    """Stable rule id, e.g. ``chrome/share``."""

    evidence: str
    """What matched."""


class Article(msgspec.Struct, frozen=True):
    """A cleaned page: its record, and every block that the record leaves out."""

    record: Record
    """The line for ``articles.jsonl``."""

    removed: tuple[Removed, ...]
    """The lines for ``removed.jsonl``, in page and block order."""
